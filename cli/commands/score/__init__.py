"""Commands that replay: `score`, `explain`, `compare`, `seal`, `check-seal`, `draw`."""
