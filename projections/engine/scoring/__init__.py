"""From entries to scores: prices, judgements, clipped sums, means."""
