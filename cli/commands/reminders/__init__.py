"""Commands about reminders: `remind`, `reminders`, `ack`, `notify`, `schedule`."""
