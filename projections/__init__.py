"""Projections: the log replayed into entries, scores, explanations and obligations."""
