"""Reminders: the ladder, the sweep that raises and addresses them, what recipients read, what comes of it."""
