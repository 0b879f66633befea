"""Commands about reminders: `remind`, `reminders`, `ack`, `schedule`."""
