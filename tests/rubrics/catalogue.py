"""What a rubric is checked against in the tests: the catalogue's words, and the shipped forms."""

from cli.vocabulary import known_words
from rubrics.load import load, shipped

VOCABULARY = known_words()

OTHERS = tuple(load(name).rubric for name in shipped())
