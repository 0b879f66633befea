"""The doors of the engine: a log, a rubric, a period and a day in, typed answers out.

`replay` is a pure function of its arguments: the same prefix, rubric, period and day give the same points,
alone or among a thousand branches. Deliberately absent: the clock; `on` and `upto` come from the doors.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from projections.engine.duties import Obligation
from projections.engine.impacts import Impact
from projections.engine.logs import Log, Row
from projections.engine.periods import Period
from projections.engine.plan import Plan
from projections.engine.results import Answer, BranchScore


def replay(
    log: Log,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    explain: bool = False,
    jobs: int = 1,
) -> Answer:
    """Score branches by a rubric, side by side; where none are named, all whose adoption stands on the
    period's last day, and where none does, all of the kind that the rubric applies to.

    `upto` is the last position of the prefix. `explain` evaluates advisory rules, too, and lists entries with
    the events behind them. Raises UnknownBranch, NothingToScore.
    """
    raise NotImplementedError


def score_each(
    log: Log,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    explain: bool = False,
    jobs: int = 1,
) -> Iterator[BranchScore]:
    """Yield the same scores one by one in order of branch, ranks left at 0: the memory of one branch."""
    raise NotImplementedError


def obligations(
    log: Log,
    plans: Sequence[Plan],
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    adopted_only: bool = True,
    since: date | None = None,
    until: date | None = None,
    unmet_only: bool = False,
    jobs: int = 1,
) -> Iterator[Obligation]:
    """Yield obligations, branch by branch, as they stand at the beginning of the day `on`; sort by `order`.

    Of each rubric: those whose window or span overlaps its year in which `on` lies; those due from `since` on
    (31 days before `on` where left out); those due up to `until` (31 days ahead of `on` where left out). Of
    each branch: those due while its adoption stands; with `adopted_only` False a named branch that never
    adopted it is asked, too, and where none are named and none has adopted it, all of its kind. Raises
    UnknownBranch for a named branch that is not registered, where `adopted_only` is False.
    """
    raise NotImplementedError


def impact(
    log: Log, plans: Sequence[Plan], branch: str, new: Sequence[Row], *, today: date, upto: int
) -> list[Impact]:
    """Return what new events of a branch change: the difference of two replays, without and with them.

    `upto` is the last position before them; `new` are their rows, appended or not. Of every rubric year that
    they touch, by every form adopted by that year's end; of the branch, and of a superior whose form asks of
    subordinates.
    """
    raise NotImplementedError
