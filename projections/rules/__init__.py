"""The rule kinds, one module a family: a context in, raw entries out.

A new kind is a model in `rubrics.rules`, an evaluator here, a line in EVALUATORS, and its tests.
"""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from projections.context import Context
from projections.plan import PlannedRule
from projections.rules.checklist import evaluate_checklists
from projections.rules.deadline import evaluate_deadlines
from projections.rules.dues import evaluate_dues
from projections.rules.findings import evaluate_excesses, evaluate_none_of
from projections.rules.quota import evaluate_quotas
from projections.rules.rank import evaluate_ranks
from projections.rules.streak import evaluate_streaks
from projections.rules.submission import evaluate_submissions
from projections.rules.tally import evaluate_tallies
from projections.rules.threshold import evaluate_thresholds

Evaluator = Callable[[Context, Sequence[PlannedRule]], pl.LazyFrame]

EVALUATORS: Mapping[str, Evaluator] = {
    "quota": evaluate_quotas,
    "none_of": evaluate_none_of,
    "tally": evaluate_tallies,
    "deadline": evaluate_deadlines,
    "dues": evaluate_dues,
    "submission": evaluate_submissions,
    "threshold": evaluate_thresholds,
    "excess": evaluate_excesses,
    "rank": evaluate_ranks,
    "checklist": evaluate_checklists,
    "streak": evaluate_streaks,
}
"""What turns the rules of each kind into entries. Judgements (`assessed`, `graded`) stand over entries
instead of making them: see `projections.judgements`."""
