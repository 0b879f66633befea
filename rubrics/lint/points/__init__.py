"""Checks of what a rubric's figures come to: sums, prices, bands, and clauses that nothing can move."""
