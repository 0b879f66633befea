"""Both scorers, the reference and the engine, for the figures worked out by hand."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from rubrics.model import Rubric
from tests.reference.engine import score_with_engine
from tests.reference.naive import scorer
from tests.reference.naive.periods import Day
from tests.reference.written import Row, ScoreAll, ScoreOne, parse_log, positioned


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fuzz: run on many more random cases by `make fuzz`")


def scorers() -> dict[str, Callable[..., list[Row]]]:
    """Callables `(events, rubric, period, on, as_of, branches) -> scores`, by name."""
    return {"reference": scorer.scores, "engine": score_with_engine}


@pytest.fixture(params=sorted(scorers(), reverse=True))
def score_all(request: pytest.FixtureRequest) -> ScoreAll:
    """Score a written log for all its branches, or some, by each of the scorers in turn."""
    score = scorers()[request.param]

    def score_written(
        log: str | Sequence[Row],
        rubric: Rubric,
        period: str = "2019",
        on: str = "2019-12-31",
        as_of: int | None = None,
        branches: Sequence[str] | None = None,
    ) -> list[Row]:
        events = positioned(parse_log(log) if isinstance(log, str) else log)
        return score(events, rubric, period, Day.fromisoformat(on), as_of, branches)

    return score_written


@pytest.fixture
def score(score_all: ScoreAll) -> ScoreOne:
    """Score a written log for branch b1."""

    def score_b1(log: str | Sequence[Row], rubric: Rubric, *args: Any, **more: Any) -> Row:
        [row] = score_all(log, rubric, *args, **more, branches=["b1"])
        return row

    return score_b1
