"""From the command line to a replay: which prefix, period, day and branches.

In: the options as typed. Out: the replay's JSON document. Deliberately absent: tables (`score_tables`) and
scoring (`projections`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cli.context import Door, WrongUsage, parse_day
from cli.ui.language import both
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store import Store
    from projections.engine.periods import Period
    from projections.replay import Replay
    from rubrics.load import Loaded

Document = dict[str, Any]

PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help=both(
            "（必填）考核期间：2019、2019-H1、2019-Q3、2019-09、2019-03..2019-08",
            "(required) the period: 2019, 2019-H1, 2019-Q3, 2019-09, 2019-03..2019-08",
        ),
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        help=both("按哪一天的情况计分", "the day at whose end the score stands"),
        show_default=both("今天", "today"),
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="POSITION|INSTANT",
        help=both(
            "只按台账到哪一条为止的记录计分：写序号，或记录时间"
            "（2019-12-31 即到该日终了，2019-12-31 18:00 即到该分钟终了）",
            "how much of the log counts: up to a position, or to an instant of recording "
            "(2019-12-31 is that day's end, 2019-12-31 18:00 that minute's)",
        ),
        show_default=both("全部", "everything"),
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be replayed, as typed."""

    period: str | None
    on: str | None = None
    as_of: str | None = None
    branches: Sequence[str] | None = None


def run_replay(door: Door, store: "Store", loaded: "Loaded", asked: Asked, *, explain: bool) -> Document:
    """Replay and return the document. Raises WrongUsage for an unknown period, branch, day or position."""
    return run_whole_replay(door, store, loaded, asked, explain=explain)[1]


def run_whole_replay(
    door: Door, store: "Store", loaded: "Loaded", asked: Asked, *, explain: bool
) -> "tuple[Replay, Document]":
    """Replay and return what was found, and the document made of it; raises as `run_replay`."""
    from projections.answer import build_answer
    from projections.errors import UnknownBranch
    from projections.plan import Plan
    from projections.replay import replay

    period = parse_period_option(asked.period, loaded.rubric.year_start)
    on = parse_day(asked.on, "--on") or door.today(store)
    upto = position_of(asked.as_of, door, store)
    branches = list(dict.fromkeys(asked.branches)) if asked.branches else None
    try:
        replayed = replay(
            store, Plan(loaded.rubric), period, on=on, upto=upto, branches=branches, explain=explain
        )
    except UnknownBranch as error:
        raise WrongUsage(error.words) from None
    return replayed, build_answer(replayed, loaded.digest, upto, head_at(store, upto))


def parse_period_option(text: str | None, year_start: int) -> "Period":
    """Read `--period`. Raises WrongUsage."""
    from projections.engine.periods import parse_period

    if text is None:
        raise WrongUsage(
            Words(
                "缺少选项 --period，例如 --period 2019。", "missing option --period, such as --period 2019."
            )
        )
    try:
        return parse_period(text, year_start)
    except ValueError:
        raise WrongUsage(
            Words(
                f"“{text}”不是期间：请写作 2019、2019-H1、2019-Q3、2019-09 或 2019-03..2019-08。",
                f'"{text}" is no period: write 2019, 2019-H1, 2019-Q3, 2019-09 or 2019-03..2019-08.',
            )
        ) from None


def position_of(text: str | None, door: Door, store: "Store") -> int:
    """Read `--as-of`: the position up to which the log counts, its head where nothing is given."""
    last = store.head().position
    if text is None:
        return last
    if text.isdecimal() and text.isascii():
        return min(int(text), last)
    return store.position_at(_instant(text, door.zone(store)))


def _instant(text: str, zone: ZoneInfo) -> datetime:
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
        raise WrongUsage(
            Words(
                f"--as-of 应为序号或时间，例如 481、2019-12-31、2019-12-31T18:00，实际为 {text}。",
                f"--as-of must be a position or an instant, such as 481, 2019-12-31 or 2019-12-31T18:00, "
                f"got {text}.",
            )
        ) from None


def head_at(store: "Store", position: int) -> str:
    """Return the hash of the event at a position; the genesis hash where there is none."""
    from ledger.codec import GENESIS

    found = next(iter(store.read(after=position - 1, upto=position)), None) if position > 0 else None
    return GENESIS if found is None else found.hash
