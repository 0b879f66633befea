"""What new events change: the difference of two folds, without and with them, and why it is none."""
