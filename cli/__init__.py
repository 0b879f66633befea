"""The command line: a door for people and programs; the only place that prints."""
