"""What a replay reads: rows decoded to facts, who was there, which organisation stands above which."""
