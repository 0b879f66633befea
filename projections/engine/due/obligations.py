"""Obligations: what branches still have to do, by when, and what is at stake.

In: a log, a day, plans, branches. Out: `Obligation`s, branch by branch. Deliberately absent: the clock;
reminders and calendars, which are made of these.

We speak at the beginning of the day `on`: what is due on that day can still be done, and what is in the log
of that day (a meeting held this morning) counts. Each obligation is priced in the rubric's year of its due
day, as the score is.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projections.engine.branch import Beside, Branch, Frame
from projections.engine.due.gather import gatherer_of
from projections.engine.entries import Obligation
from projections.engine.fold import Source
from projections.engine.logs import Log
from projections.engine.periods import LAST_YEAR, Period, year_of
from projections.engine.plan import Plan
from projections.engine.reading.facts import Fact
from projections.engine.reading.tree import Adoption, Organization
from rubrics.model import Rubric

BACK = timedelta(days=31)
"""How long after its due day an obligation is still listed, whatever the year."""
AHEAD = timedelta(days=31)
"""How far ahead obligations are listed where nothing else is asked for."""


class Asking:
    """What is asked of one plan on one day: the years to look at, and which obligations are wanted of
    each.
    """

    def __init__(
        self,
        plan: Plan,
        on: date,
        since: date,
        until: date,
        *,
        unmet_only: bool,
        ahead: int | None,
    ) -> None:
        self.plan = plan
        self.gatherer = gatherer_of(plan)
        self.on = on.toordinal()
        self._day = on
        self._since, self._until = since.toordinal(), until.toordinal()
        self._unmet_only = unmet_only
        self._ahead = None if ahead is None else self.on + ahead
        start = plan.rubric.year_start
        self.year = year_of(on, start)
        self._frames: dict[str, Frame] = {}
        self._besides: dict[str, Beside] = {}
        self.first, self.last = year_of(since, start), year_of(until, start)
        beyond = self.year.end + timedelta(days=1)
        self._far = self._frame(Period("", beyond, date(LAST_YEAR, 12, 31), start))

    def _frame(self, period: Period) -> Frame:
        frame = self._frames.get(period.name)
        if frame is None:
            frame = self._frames[period.name] = Frame(
                self.plan, period, self._day, explain=False, advisory=True
            )
        return frame

    def adoptions(self, organization: Organization) -> list[Adoption]:
        """Return the branch's adoptions of this rubric that had happened by the day."""
        rubric = self.plan.rubric.id
        return [a for a in organization.adoptions_by(self.on) if a.rubric == rubric]

    def of(
        self, source: Source, codes: Collection[str], organization: Organization, facts: Sequence[Fact]
    ) -> Iterator[Obligation]:
        """Yield the obligations of one branch."""
        branch = Branch(self._frame(self.year), organization, facts, self._beside(source, self.year, codes))
        for period in self._years(branch):
            other = branch
            if period != self.year:
                other = branch.inside(self._frame(period), self._beside(source, period, codes))
            yield from self.gatherer.gather(other, self.on, self._wanted, unmet_only=self._unmet_only)

    def overdue(
        self,
        source: Source,
        codes: Collection[str],
        organization: Organization,
        facts: Sequence[Fact],
        scored: Branch,
    ) -> int:
        """Count what the branch has overdue, advisory rules left out, while an adoption of the rubric stands.

        `scored`: the same branch in another frame of the same plan; of the same day its facts need not be
        sorted out again.
        """
        adoptions = self.adoptions(organization)
        if not adoptions:
            return 0
        count, period = 0, min(self.first, self.year, key=_start)
        while period.start <= self.year.start:
            frame, beside = self._frame(period), self._beside(source, period, codes)
            if scored.frame.on == self.on:
                branch = scored.inside(frame, beside)
            else:
                branch = Branch(frame, organization, facts, beside)
            due_days = self.gatherer.overdue(branch, self.on, self._wanted)
            count += sum(_stands(adoptions, due) for due in due_days)
            period = year_of(period.end + timedelta(days=1), self.plan.rubric.year_start)
        return count

    def _beside(self, source: Source, period: Period, codes: Collection[str]) -> Beside:
        beside = self._besides.get(period.name)
        if beside is None:
            beside = self._besides[period.name] = source.beside(self._frame(period), codes)
        return beside

    def _years(self, branch: Branch) -> list[Period]:
        """Return the years to look at: that of the day, those that the bounds reach, those in which a span
        ends.
        """
        start = self.plan.rubric.year_start
        found = {}
        period = min(self.first, self.year, key=_start)
        while period.start <= max(self.last, self.year, key=_start).start:
            found[period.start] = period
            period = year_of(period.end + timedelta(days=1), start)
        for span in self.gatherer.spans(branch.inside(self._far, branch.beside)):
            period = year_of(span.due_on, start)
            found[period.start] = period
        return [found[day] for day in sorted(found)]

    def _wanted(self, due: int, lead: int, has_window: bool) -> bool:
        """Whether an obligation is listed: one of this year, or near enough; a span that reaches beyond the
        year.
        """
        if self._ahead is not None and due > self._ahead and lead > self.on:
            return False
        if due < self._since:
            return False
        of_year = self.year.start.toordinal() <= due <= self.year.end.toordinal()
        return of_year or due <= self._until or (not has_window and due > self.year.end.toordinal())


def _start(period: Period) -> date:
    return period.start


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of branches on one day; it travels to other processes. See `replays.obligations`.

    `named`: whether the branches were named, instead of chosen by what they adopted.
    """

    rubrics: tuple[Rubric, ...]
    on: date
    upto: int
    since: date | None
    until: date | None
    ahead: int | None
    adopted_only: bool
    named: bool
    unmet_only: bool

    def __call__(self, log: Log) -> Callable[[Sequence[str]], Iterator[Obligation]]:
        """Make ready to list what branches of a log owe."""
        plans = [Plan(rubric) for rubric in self.rubrics]
        source = Source(log, self.upto, plans)
        return lambda codes: self.listed(source, plans, codes)

    def listed(self, source: Source, plans: Sequence[Plan], codes: Sequence[str]) -> Iterator[Obligation]:
        """Yield the obligations of some branches, branch by branch."""
        askings = [self._asking(plan) for plan in plans]
        nobodys = set() if self.adopted_only or self.named else _adopted_by_nobody(source, plans)
        must_be_known = self.named and not self.adopted_only
        for organization, facts in _read(source, codes, named=must_be_known):
            for asking in askings:
                adoptions = asking.adoptions(organization)
                rubric = asking.plan.rubric
                of_kind = rubric.id in nobodys and organization.kind == rubric.applies_to
                if not (adoptions or must_be_known or of_kind):
                    continue
                for one in asking.of(source, codes, organization, facts):
                    if _stands(adoptions, one.due_on.toordinal()):
                        yield one

    def _asking(self, plan: Plan) -> Asking:
        first = self.since or _earliest(plan, self.on)
        last = self.until or self.on + AHEAD
        return Asking(plan, self.on, first, last, unmet_only=self.unmet_only, ahead=self.ahead)


def asking_overdue(plan: Plan, on: date) -> Asking:
    """Return what counts that which is overdue on a day, as far back as obligations are listed."""
    return Asking(plan, on, _earliest(plan, on), on, unmet_only=True, ahead=None)


def _earliest(plan: Plan, on: date) -> date:
    return min(year_of(on, plan.rubric.year_start).start, on - BACK)


def _read(
    source: Source, codes: Sequence[str], *, named: bool
) -> Iterator[tuple[Organization, Sequence[Fact]]]:
    """Read the branches; of those that were named each must be registered."""
    if named:
        yield from source.registered(codes)
        return
    for _, organization, facts in source.facts(codes):
        if organization is not None:
            yield organization, facts


def codes_asked(source: Source, asked: Listing, branches: Collection[str] | None) -> list[str]:
    """Choose whose streams are read: those named, else who adopted one of the rubrics; and of rubrics that
    nobody adopted, where such are asked for, all of their kind.
    """
    if branches is not None:
        return sorted(set(branches))
    ids = {rubric.id for rubric in asked.rubrics}
    tree = source.tree.values()
    codes = {one.code for one in tree if any(a.rubric in ids for a in one.adoptions)}
    if not asked.adopted_only:
        taken = {a.rubric for one in tree for a in one.adoptions}
        kinds = {rubric.applies_to for rubric in asked.rubrics if rubric.id not in taken}
        codes |= {one.code for one in tree if one.kind in kinds}
    return sorted(codes)


def _adopted_by_nobody(source: Source, plans: Sequence[Plan]) -> set[str]:
    taken = {adoption.rubric for one in source.tree.values() for adoption in one.adoptions}
    return {plan.rubric.id for plan in plans} - taken


def _stands(adoptions: Sequence[Adoption], due: int) -> bool:
    """Whether a due day lies in the time for which the branch goes by the rubric; always, where it never
    adopted it.
    """
    return not adoptions or any(adoption.stands_on(due) for adoption in adoptions)
