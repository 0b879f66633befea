"""Two replays side by side, and what made the difference."""
