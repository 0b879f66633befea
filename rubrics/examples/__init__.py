"""The examples beside a rubric: their model, their notation, the cases that they come to."""
