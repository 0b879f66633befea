"""One question about scores, answered: which form, period, day, prefix and branches, as people name them.

In: an open ledger, a loaded rubric, a question; today and the time zone come from the door. Out: the replay
and what was replayed. Deliberately absent: how a score is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from projections.answers.document import Replayed
from projections.answers.prefixes import head_at, position_of
from projections.engine.errors import NoPeriod
from projections.engine.periods import Period, parse_period
from projections.engine.plan import Plan
from projections.engine.replays import replay
from projections.engine.results import Answer

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from rubrics.reader.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be replayed. `as_of`: a position or an instant, the whole log where left out; `branches`:
    all that the form concerns where left out; `explain`: with the entries and the events behind them."""

    period: str
    on: date
    as_of: str | None = None
    branches: Sequence[str] | None = None
    explain: bool = False
    jobs: int | None = 1


def answer(store: "Store", loaded: "Loaded", asked: Question, zone: ZoneInfo) -> tuple[Replayed, Answer]:
    """Replay. Raises WrongQuestion for an unknown period, prefix or branch."""
    period = named_period(asked.period, loaded.rubric.year_start)
    upto = position_of(store, asked.as_of, zone)
    branches = list(dict.fromkeys(asked.branches)) if asked.branches else None
    return replay_of(
        store,
        loaded,
        period,
        on=asked.on,
        upto=upto,
        branches=branches,
        explain=asked.explain,
        jobs=asked.jobs,
    )


def replay_of(
    store: "Store",
    loaded: "Loaded",
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Sequence[str] | None,
    explain: bool,
    jobs: int | None = 1,
) -> tuple[Replayed, Answer]:
    """Replay a prefix by a form whose text is at hand."""
    found = replay(
        store, Plan(loaded.rubric), period, on=on, upto=upto, branches=branches, explain=explain, jobs=jobs
    )
    replayed = Replayed(loaded.rubric, loaded.digest, period, on, upto, head_at(store, upto))
    return replayed, found


def named_period(text: str, year_start: int) -> Period:
    """Read a period's name. Raises NoPeriod."""
    try:
        return parse_period(text, year_start)
    except ValueError:
        raise NoPeriod(text) from None
