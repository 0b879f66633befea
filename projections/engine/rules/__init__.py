"""The rule kinds, one module a family: a branch and a rule in, entries out.

A new kind is a model in `rubrics.rules`, a function here, a line in EVALUATORS, and its tests.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from projections.engine.branch import Branch
from projections.engine.entries import Entry
from projections.engine.plan import PlannedRule
from projections.engine.rules.deadline import deadlines
from projections.engine.rules.dues import dues
from projections.engine.rules.events import excesses, none_of, tallies
from projections.engine.rules.lists import checklists
from projections.engine.rules.quota import quotas
from projections.engine.rules.rank import ranks
from projections.engine.rules.streak import streaks
from projections.engine.rules.submission import submissions
from projections.engine.rules.thresholds import thresholds


class Evaluator(Protocol):
    """What makes the entries of one rule of its kind."""

    def __call__(self, branch: Branch, planned: PlannedRule, rule: Any, /) -> Iterator[Entry]:
        """Yield the entries, in no particular order."""
        ...


EVALUATORS: dict[str, Evaluator] = {
    "quota": quotas,
    "none_of": none_of,
    "tally": tallies,
    "deadline": deadlines,
    "dues": dues,
    "submission": submissions,
    "threshold": thresholds,
    "excess": excesses,
    "rank": ranks,
    "checklist": checklists,
    "streak": streaks,
}
"""What turns the rules of each kind into entries. Judgements (`assessed`, `graded`) stand over entries
instead of making them: see `scoring.judgements`."""
