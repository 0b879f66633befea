"""The engine gives what the reference gives, on random logs, forms, periods, days and positions.

The same sixty cases in every run; with HYPOTHESIS_PROFILE=fuzz (`make fuzz`) 2,000 new ones, or as many as
ZHIBU_CASES says.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from projections.engine.rules import EVALUATORS
from tests.reference.comparison import differences
from tests.reference.drawn.random_rules import KINDS as DRAWN
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import score_with_engine
from tests.reference.naive.scorer import scores
from tests.reference.written import positioned
from tests.rubrics.kinds import KINDS

FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
CASES = int(os.environ.get("ZHIBU_CASES", "2000" if FUZZ else "60"))

many = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=not FUZZ,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def one_in(part: int, least: int) -> int:
    """Return how many cases a further property gets: all when fuzzing, a part of them in every run."""
    return CASES if FUZZ else max(least, CASES // part)


def test_every_kind_of_rule_but_judgements_is_evaluated_and_drawn() -> None:
    assert set(EVALUATORS) == set(KINDS) - {"assessed", "graded"}
    assert set(EVALUATORS) <= set(DRAWN)


@pytest.mark.fuzz
@many
@given(case=cases())
def test_engine_and_reference_agree(case: Case) -> None:
    events = positioned(case.events)
    arguments = (events, case.rubric, case.period, case.on, case.as_of)
    expected = scores(*arguments, case.branches)
    assert differences(expected, score_with_engine(*arguments, case.branches)) == []


@pytest.mark.fuzz
@settings(many, max_examples=one_in(10, 6))
@given(case=cases())
def test_one_branch_alone_scores_as_it_does_among_the_others(case: Case) -> None:
    events = positioned(case.events)
    arguments = (events, case.rubric, case.period, case.on, case.as_of)
    for row in score_with_engine(*arguments, None):
        [alone] = score_with_engine(*arguments, [row["branch"]])
        assert differences([{**row, "rank": 1}], [alone]) == []


@pytest.mark.fuzz
@settings(many, max_examples=one_in(3, 20))
@given(case=cases())
def test_sums_alone_are_those_of_the_entries_explained(case: Case) -> None:
    events = positioned(case.events)
    arguments = (events, case.rubric, case.period, case.on, case.as_of, case.branches)
    explained = score_with_engine(*arguments)
    for row in explained:
        for clause in (c for s in row["sections"] for i in s["items"] for c in i["clauses"]):
            del clause["entries"]
    assert score_with_engine(*arguments, explain=False) == explained
