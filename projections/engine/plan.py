"""A rubric made ready for replay: compiled once, used for any number of branches.

In: a `Rubric`. Out: a `Plan`. Deliberately absent: events, periods, branches.
"""

from rubrics.model import Clause, Rubric


class Plan:
    """A rubric, compiled."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.clauses: tuple[Clause, ...] = tuple(rubric.clauses())
