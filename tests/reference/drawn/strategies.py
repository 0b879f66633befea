"""Random replays: a form, a log that intake would accept, a period, a day, a position.

Out: the Hypothesis strategy `cases()`. Deliberately absent: what must come out.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from rubrics.model import Rubric
from tests.reference.drawn.dice import Dice
from tests.reference.drawn.random_logs import LogWriter, days_of_interest
from tests.reference.drawn.random_rubrics import rubric_of
from tests.reference.naive.periods import Day, period_named

PERIODS = [
    *["2019", "2019", "2019", "2019-H1", "2019-H2", "2019-Q1", "2019-Q4", "2019-03", "2019-06", "2019-12"],
    *["2018", "2019-02..2019-07", "2018-11..2019-04", "2019-01..2019-03"],
]
BRANCHES = ["c1", "b1", "b2", "b3"]


@dataclass(frozen=True)
class Case:
    """What one replay takes. `events` are in import shape; `as_of` a position or None."""

    events: list[dict[str, Any]]
    rubric: Rubric
    period: str
    on: Day
    as_of: int | None
    branches: list[str]

    def __repr__(self) -> str:
        """All that is needed to run the case again."""
        rubric = self.rubric.model_dump(mode="json", exclude_defaults=True)
        log = "\n".join(f"  {event}," for event in self.events)
        return (
            f"Case(period={self.period!r}, on={self.on}, as_of={self.as_of}, branches={self.branches},\n"
            f" rubric={rubric},\n events=[\n{log}\n])"
        )


def case_of(seeds: bytes, *, refusable: bool = False) -> Case:
    """The case that the seeds stand for: of its shape, of rules, of events, of control events.

    `refusable`: the log may hold what intake refuses.
    """
    numbers = [int.from_bytes(seeds[at : at + 2]) for at in range(0, len(seeds), 2)]
    shape, rules, events, controls = numbers[0], numbers[1:7], numbers[7:67], numbers[67:75]
    dice = Dice("case", shape)
    rubric = rubric_of(shape, rules[: dice.pick([1, 2, 4, 6])])
    period = dice.pick(PERIODS)
    span = period_named(period, rubric.year_start)
    inside = span.start + timedelta(days=dice.number(0, (span.end - span.start).days))
    on = dice.pick([span.start, span.end, span.end, span.end + timedelta(days=40), inside, inside])
    days = days_of_interest(span.first - dice.number(0, 8), span.last + 1, on)
    branches = BRANCHES[: dice.number(2, 4)]
    writer = LogWriter(rubric, days, branches, refusable=refusable)
    writer.begin(shape)
    writer.happen(events[: dice.pick([10, 30, 60, 60])])
    writer.control(controls[: dice.pick([0, 4, 8])])
    as_of = dice.number(len(branches), len(writer.events)) if dice.one_in(4) else None
    asked = dice.some(branches, 1) if dice.one_in(4) else branches
    return Case(writer.events, rubric, period, on, as_of, sorted(asked))


def cases() -> st.SearchStrategy[Case]:
    """Cases of one to six rules and up to sixty events."""
    return st.binary(min_size=150, max_size=150).map(case_of)


def refusable_cases() -> st.SearchStrategy[Case]:
    """Cases whose logs may hold second joinings, moves in circles and the like."""
    return st.binary(min_size=150, max_size=150).map(lambda seeds: case_of(seeds, refusable=True))
