"""Rosters of people's own: read without what the log may not hold, compared, and taken in under new codes."""
