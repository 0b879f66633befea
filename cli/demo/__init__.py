"""The demonstration: a year of two branches, logged, scored, and held beside the published result."""
