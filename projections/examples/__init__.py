"""Examples of rubrics: their logs, what they come to, what they never move."""
