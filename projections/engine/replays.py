"""The doors of the engine: a log, a rubric, a period and a day in, typed answers out.

`replay` is a pure function of its arguments: the same prefix, rubric, period and day give the same points,
alone or among a thousand branches. Deliberately absent: the clock; `on` and `upto` come from the doors.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from projections.engine.branch import Frame
from projections.engine.errors import BranchDissolved
from projections.engine.fold import Source, branches_of, choose, read_branches
from projections.engine.jobs import Work, in_processes, processes
from projections.engine.logs import Log, Row
from projections.engine.periods import Period
from projections.engine.plan import Plan
from projections.engine.reading.tree import Tree
from projections.engine.results import Answer, BranchScore
from projections.engine.scoring.branches import scorer_of
from rubrics.model import Rubric

if TYPE_CHECKING:
    from projections.engine.entries import Obligation
    from projections.engine.results import Impact


def replay(
    log: Log,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    explain: bool = False,
    jobs: int | None = 1,
    tree: Tree | None = None,
) -> Answer:
    """Score branches by a rubric, side by side; where none are named, all whose adoption stands on the
    period's last day, and where none does, all of the kind that the rubric applies to.

    `upto` is the last position of the prefix. `explain` evaluates advisory rules, too, and lists entries with
    the events behind them. Raises UnknownBranch, NothingToScore; BranchDissolved where all that are named
    were dissolved before the period begins, for which nobody is scored.

    `jobs`: in how many processes; None: as many as there are cores, from 500 branches on. `tree`: the
    organisations of the same prefix, where they are at hand.
    """
    scores = list(
        score_each(
            log, plan, period, on=on, upto=upto, branches=branches, explain=explain, jobs=jobs, tree=tree
        )
    )
    if branches and not scores:
        code = min(branches)
        ended = Source(log, upto, [plan], tree).tree[code].ends(on.toordinal())
        raise BranchDissolved(code, date.fromordinal(ended), period.name)
    return _answer(plan, period, on, upto, scores, explain=explain)


def _answer(
    plan: Plan, period: Period, on: date, upto: int, scores: Sequence[BranchScore], *, explain: bool
) -> Answer:
    placed = places(score.total for score in scores)
    ranked = tuple(replace(score, rank=placed[score.total]) for score in scores)
    return Answer(plan.rubric, period, on, upto, explain, ranked)


def standings(
    log: Log,
    plan: Plan,
    period: Period,
    *,
    on: date,
    today: date,
    upto: int,
    branches: Collection[str],
    tree: Tree | None = None,
) -> tuple[Answer, Mapping[str, int]]:
    """Score branches as `replay` does, and count beside it what each has overdue at the beginning of `today`
    by the same rubric, advisory rules left out: as many as `obligations` would list. One reading serves both.

    Raises UnknownBranch. Who was dissolved before the period begins is left out.
    """
    from projections.engine.due.obligations import asking_overdue

    source, frame = Source(log, upto, [plan], tree), Frame(plan, period, on, explain=False)
    codes = sorted(set(branches))
    scorer, asking = scorer_of(plan), asking_overdue(plan, today)
    scores, overdue = [], {}
    for branch, facts in read_branches(source, frame, codes):
        scores.append(scorer.score(branch))
        overdue[branch.code] = asking.overdue(source, codes, branch.organization, facts, branch)
    return _answer(plan, period, on, upto, scores, explain=False), overdue


def score_each(
    log: Log,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    explain: bool = False,
    jobs: int | None = 1,
    tree: Tree | None = None,
) -> Iterator[BranchScore]:
    """Yield the same scores one by one in order of branch, ranks left at 0: the memory of one branch."""
    source, frame = Source(log, upto, [plan], tree), Frame(plan, period, on, explain=explain)
    codes = choose(source, frame, branches)
    count = processes(log, len(codes), jobs)
    if count == 1:
        yield from _scores(source, frame, codes)
        return
    source.require(codes)
    yield from in_processes(log, Scoring(plan.rubric, period, on, upto, explain), codes, count)


def _scores(source: Source, frame: Frame, codes: Sequence[str]) -> Iterator[BranchScore]:
    scorer = scorer_of(frame.plan)
    return (scorer.score(branch) for branch in branches_of(source, frame, codes))


@dataclass(frozen=True, slots=True)
class Scoring:
    """A replay that travels to another process."""

    rubric: Rubric
    period: Period
    on: date
    upto: int
    explain: bool

    def __call__(self, log: Log) -> Work[BranchScore]:
        """Make ready to score branches of a log."""
        plan = Plan(self.rubric)
        frame = Frame(plan, self.period, self.on, explain=self.explain)
        source = Source(log, self.upto, [plan])
        return lambda codes: _scores(source, frame, codes)


def places(totals: Iterable[int]) -> dict[int, int]:
    """Return the place of every total, highest first; equal ones share the better place."""
    placed: dict[int, int] = {}
    for place, total in enumerate(sorted(totals, reverse=True), start=1):
        placed.setdefault(total, place)
    return placed


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
    ahead: int | None = None,
    jobs: int | None = 1,
    tree: Tree | None = None,
) -> "Iterator[Obligation]":
    """Yield obligations, branch by branch, as they stand at the beginning of the day `on`; sort by `order`.

    Of each rubric: those whose window or span overlaps its year in which `on` lies, what was due in the 31
    days before, and what is due up to `until` (31 days ahead where left out). `since` leaves out what was due
    before it, and adds what was due from it on in earlier years. Of each branch: those due while its adoption
    stands; with `adopted_only` False a named branch that never adopted the rubric is asked, too, and where
    none are named and none has adopted it, all of its kind.

    `unmet_only` leaves out what is met, late or waived; `ahead` what is due in more than so many days and not
    yet in its lead time. Raises UnknownBranch for a named branch that is not registered, where `adopted_only`
    is False.
    """
    # Whoever only scores need not wait for what gathers obligations, nor for what tells a difference.
    from projections.engine.due.obligations import Listing, codes_asked

    asked = Listing(
        tuple(plan.rubric for plan in plans),
        on,
        upto,
        since,
        until,
        ahead,
        adopted_only=adopted_only,
        named=branches is not None,
        unmet_only=unmet_only,
    )
    source = Source(log, upto, plans, tree)
    codes = codes_asked(source, asked, branches)
    count = processes(log, len(codes), jobs)
    if count == 1:
        yield from asked.listed(source, plans, codes)
        return
    if asked.named and not adopted_only:
        source.require(codes)
    yield from in_processes(log, asked, codes, count)


def recoverable(
    log: Log, plan: Plan, period: Period, branch: str, clause: str, *, on: date, upto: int
) -> "list[Obligation]":
    """Return what would still save points of a clause after the day `on`, by due day: its open obligations of
    the period that put points at stake.

    A score stands at the end of its day: what was due on that day is lost, so we speak on the next morning.
    Raises UnknownBranch; KeyError for a clause that the rubric has not.
    """
    from projections.engine.due.gather import gatherer_of

    frame = Frame(plan, period, on, explain=False, advisory=True)
    morning = on.toordinal() + 1
    found: list[Obligation] = []
    for one in branches_of(Source(log, upto, [plan]), frame, [branch]):
        found += gatherer_of(plan).gather(
            one,
            morning,
            lambda due, _lead, _window: due >= morning,
            unmet_only=True,
            clause=plan.numbers[clause],
        )
    return sorted((one for one in found if one.at_stake > 0), key=attrgetter("order"))


def impact(
    log: Log,
    plans: Sequence[Plan],
    branch: str,
    new: Sequence[Row],
    *,
    today: date,
    upto: int,
    tree: Tree | None = None,
) -> "list[Impact]":
    """Return what new events of a branch change: the difference of two replays, without and with them.

    `upto` is the last position before them; `new` are their rows, appended or not, controls too; those of
    events that are not in the log bear positions after all others. As of `today`, of every rubric year that
    they touch, by every form adopted by that year's end; of the branch, and of a superior whose form asks of
    subordinates. Listed are the clauses that move, and those whose rules match an event. Nothing new:
    nothing. `tree`: the organisations of the prefix, where they are at hand.
    """
    from projections.engine.impact import find_impact

    return list(find_impact(log, plans, branch, new, today=today, upto=upto, tree=tree)) if new else []
