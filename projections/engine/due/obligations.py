"""Obligations: what branches still have to do, by when, and what is at stake.

In: a log, a day, plans, branches. Out: `Obligation`s, branch by branch. Deliberately absent: the clock;
reminders and calendars, which are made of these.

We speak at the beginning of the day `on`: what is due on that day can still be done, and what is in the log
of that day (a meeting held this morning) counts. Each obligation is priced in the rubric's year of its due
day, as the score is.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from projections.engine.branch import Beside, Branch, Frame
from projections.engine.due.gather import Gatherer
from projections.engine.duties import Obligation
from projections.engine.fold import Source
from projections.engine.periods import LAST_YEAR, Period, year_of
from projections.engine.plan import Plan
from projections.engine.reading.facts import Fact
from projections.engine.reading.tree import Adoption, Organization

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
        self.gatherer = Gatherer(plan)
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


def list_obligations(
    source: Source,
    plans: Sequence[Plan],
    *,
    on: date,
    branches: Collection[str] | None,
    adopted_only: bool,
    since: date | None,
    until: date | None,
    unmet_only: bool,
    ahead: int | None,
) -> Iterator[Obligation]:
    """Yield obligations branch by branch; see `replays.obligations`."""
    askings = []
    for plan in plans:
        first = since or min(year_of(on, plan.rubric.year_start).start, on - BACK)
        askings.append(Asking(plan, on, first, until or on + AHEAD, unmet_only=unmet_only, ahead=ahead))
    codes, of_kind = _codes(source, plans, branches, adopted_only=adopted_only)
    for organization, facts in _read(source, codes, named=branches is not None and not adopted_only):
        for asking in askings:
            adoptions = asking.adoptions(organization)
            if not adoptions and adopted_only:
                continue
            if (
                not adoptions
                and branches is None
                and organization.code not in of_kind.get(asking.plan.rubric.id, ())
            ):
                continue
            for one in asking.of(source, codes, organization, facts):
                if _stands(adoptions, one.due_on.toordinal()):
                    yield one


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


def _codes(
    source: Source, plans: Sequence[Plan], branches: Collection[str] | None, *, adopted_only: bool
) -> tuple[list[str], dict[str, set[str]]]:
    """Choose whose streams are read; and by rubric that nobody adopted, where such are asked for, all of its
    kind.
    """
    if branches is not None:
        return sorted(set(branches)), {}
    asked = {plan.rubric.id for plan in plans}
    tree = source.tree.values()
    codes = {one.code for one in tree if any(a.rubric in asked for a in one.adoptions)}
    of_kind: dict[str, set[str]] = {}
    if not adopted_only:
        for plan in plans:
            if not any(a.rubric == plan.rubric.id for one in tree for a in one.adoptions):
                of_kind[plan.rubric.id] = {one.code for one in tree if one.kind == plan.rubric.applies_to}
    return sorted(codes.union(*of_kind.values())), of_kind


def _stands(adoptions: Sequence[Adoption], due: int) -> bool:
    """Whether a due day lies in the time for which the branch goes by the rubric; always, where it never
    adopted it.
    """
    return not adoptions or any(adoption.stands_on(due) for adoption in adoptions)
