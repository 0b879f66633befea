"""Rows of people's own tables held against what stands in the log, so that nothing is told twice."""
