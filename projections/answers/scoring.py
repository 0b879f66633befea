"""One question about scores, answered: which form, period, day, prefix and branches, as people name them.

In: an open ledger, a loaded rubric, a question, how much of the log counts (`--as-of`, a position or an
instant); today and the time zone come from the door. Out: the replay and what was replayed, a position that
the log has with its hash. Deliberately absent: how a score is shown; the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ledger.store.codec import GENESIS
from projections.answers.document import Replayed
from projections.engine.errors import NoPeriod, NoPrefix
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


def position_of(store: "Store", as_of: str | None, zone: ZoneInfo) -> int:
    """Return the position up to which the log counts: its head where nothing is said.

    Raises NoPrefix for a text that is neither, and for a position beyond the head.
    """
    last = store.head().position
    if as_of is None:
        return last
    if as_of.isdecimal() and as_of.isascii():
        if len(as_of) > 18 or int(as_of) > last:
            raise NoPrefix(as_of, last)
        return int(as_of)
    return store.position_at(parse_prefix_instant(as_of, zone))


def head_at(store: "Store", position: int) -> str:
    """Return the hash of the event at a position; the genesis hash where there is none."""
    found = next(iter(store.read(after=position - 1, upto=position)), None) if position > 0 else None
    return GENESIS if found is None else found.hash


def parse_prefix_instant(text: str, zone: ZoneInfo) -> datetime:
    """Read an instant; without an offset it is of the ledger's zone, a day or a minute stands for its end."""
    try:
        if len(text) == len("2019-12-31"):
            after = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone)
            return after.astimezone(UTC) - timedelta(microseconds=1)
        instant = datetime.fromisoformat(text)
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
        if len(text) == len("2019-12-31T18:00"):
            return instant + timedelta(minutes=1, microseconds=-1)
        return instant
    except (ValueError, OverflowError):
        raise NoPrefix(text) from None
