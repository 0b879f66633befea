"""The engine gives what the reference gives, on random logs, forms, periods, days and positions.

The same hundred cases in every run; with HYPOTHESIS_PROFILE=fuzz (`make fuzz`) 2,000 new ones, or as many as
ZHIBU_CASES says.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from .comparison import differences
from .engine import score_with_engine
from .periods import Day
from .scorer import scores
from .strategies import Case, cases
from .written import parse_log, positioned, single

FUZZ = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"
CASES = int(os.environ.get("ZHIBU_CASES", "2000" if FUZZ else "100"))

many = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=not FUZZ,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.fixture(scope="module")
def _engine() -> None:
    """Skip while the engine cannot be reached from here."""
    try:
        score_with_engine(positioned(parse_log("")), single("{kind: assessed}"), "2019", Day(2019, 12, 31))
    except NotImplementedError as missing:
        pytest.skip(str(missing))


@pytest.mark.fuzz
@pytest.mark.usefixtures("_engine")
@many
@given(case=cases())
def test_engine_and_reference_agree(case: Case) -> None:
    events = positioned(case.events)
    arguments = (events, case.rubric, case.period, case.on, case.as_of)
    expected = scores(*arguments, case.branches)
    assert differences(expected, score_with_engine(*arguments, case.branches)) == []


@pytest.mark.fuzz
@pytest.mark.usefixtures("_engine")
@settings(many, max_examples=max(10, CASES // 10))
@given(case=cases())
def test_one_branch_alone_scores_as_it_does_among_the_others(case: Case) -> None:
    events = positioned(case.events)
    arguments = (events, case.rubric, case.period, case.on, case.as_of)
    for row in score_with_engine(*arguments, None):
        [alone] = score_with_engine(*arguments, [row["branch"]])
        assert differences([{**row, "rank": 1}], [alone]) == []
