"""What a rubric is checked against in the tests: the catalogue's words, and the shipped forms."""

from rubrics.library import load, shipped

OTHERS = tuple(load(name).rubric for name in shipped())
