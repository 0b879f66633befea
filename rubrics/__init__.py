"""Rubrics: the scoring forms as data, their model, their checks."""
