"""What a rule sees: one branch's facts, sorted out by what each rule looks for, inside one period and day.

In: facts of a branch, an organisation, a frame. Out: `Branch`. Deliberately absent: the rules.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from projections.engine.periods import MONTHS, Period, Window, by_day
from projections.engine.plan import Plan
from projections.engine.reading.facts import Fact
from projections.engine.reading.roster import Roster
from projections.engine.reading.tree import Organization


class Slot(NamedTuple):
    """A window in which something is owed, with its due day. `limited`: a `by` day of the rule lies inside
    it; what happens after that day comes too late.
    """

    ordinal: int
    window: Window
    due: int
    limited: bool


class Frame:
    """One replay: its plan, its period, its day, and what the windows of the period are. `lean`: only sums
    are asked for. Days are ordinals.
    """

    def __init__(
        self, plan: Plan, period: Period, on: date, *, explain: bool, advisory: bool = False
    ) -> None:
        self.plan = plan
        self.period = period
        self.on = on.toordinal()
        self.explain = explain
        self.advisory = advisory or explain
        self.lean = not self.advisory
        self.start, self.end = period.start.toordinal(), period.end.toordinal()
        self.shift = period.year_start - 1
        self._slots: dict[tuple[str, tuple[str, ...]], tuple[Slot, ...]] = {}

    def slots(self, cadence: str, by: tuple[str, ...] = ()) -> tuple[Slot, ...]:
        """Return the windows of a cadence that belong to the period, in order of time."""
        found = self._slots.get((cadence, by))
        if found is None:
            found = self._slots[cadence, by] = _slots(self.period, cadence, by)
        return found

    def ordinal(self, month: int, cadence: str) -> int:
        """Number the window of a cadence in which a month lies."""
        return (month - self.shift) // MONTHS[cadence]

    def holds(self, day: int) -> bool:
        """Whether a day lies in the period."""
        return self.start <= day <= self.end


@lru_cache(maxsize=1024)
def _slots(period: Period, cadence: str, by: tuple[str, ...]) -> tuple[Slot, ...]:
    return tuple(
        Slot(w.ordinal, w, (day or w.end).toordinal(), day is not None)
        for w in period.windows(cadence)
        for day in [by_day(w, by)]
    )


class Branch:
    """One branch in one frame.

    `found`: the facts that meet each criterion, `kept`: those of types that rules look at whole; both in the
    order in which they stand, and none after the day of the replay. `happened`: the criteria that any fact
    meets. `owes_from`: the first day from which a
    window, a trigger, a request can be owed; `owes_until`: the day from which nothing that falls due is owed
    any more. `adopted_in`: the day of the adoption where that is inside the period, else 0. `sums_only`: only
    sums are asked for, and no window is waived, so that entries of one rule that are alike need not be told
    apart. `beside` is what other branches bring: see `Beside`.
    """

    def __init__(
        self, frame: Frame, organization: Organization, facts: Sequence[Fact], beside: "Beside"
    ) -> None:
        self.code = organization.code
        self.organization = organization
        self.founded = organization.founded
        self.owes_until = organization.ends(frame.on)
        self.found, self.kept = frame.plan.sort_out([fact for fact in facts if fact.day <= frame.on])
        self.happened = {number for number, found in enumerate(self.found) if found}
        self._set(frame, beside)

    def _set(self, frame: Frame, beside: "Beside") -> None:
        self.frame = frame
        self.beside = beside
        self.adoption = self.organization.adoption(frame.plan.rubric.id, frame.end, frame.on)
        self.owed_from = None if self.adoption is None else self.adoption.owed_from
        self.owes_from = max(self.founded, self.owed_from or 0)
        since = 0 if self.adoption is None else self.adoption.since
        self.adopted_in = since if frame.start < since else 0
        self.sums_only = frame.lean and not self.kept.get("clause_waived")
        self.parent = self.organization.parent_on(min(frame.end, frame.on))

    def inside(self, frame: Frame, beside: "Beside") -> "Branch":
        """Return the same branch in another period of the same plan and day."""
        other = copy(self)
        other._set(frame, beside)
        return other

    def of(self, type_: str) -> Sequence[Fact]:
        """Return the facts of a kept type."""
        return self.kept.get(type_, ())

    @cached_property
    def roster(self) -> Roster:
        """The members over time."""
        return Roster(self.kept)


class Subordinate(NamedTuple):
    """A branch that stands, or stood, below another, and what it did for the rules that ask: by criterion."""

    organization: Organization
    found: Mapping[int, Sequence[Fact]]


class Beside(NamedTuple):
    """What a branch's score needs of others, read first and small.

    `races`: by rank rule (clause, place), then by parent and round, the values that were reported, rising.
    `subordinates`: by code of the superior, the branches that ever stood below it.
    """

    races: Mapping[tuple[int, int], Mapping[tuple[str | None, str | None], Sequence[int]]]
    subordinates: Mapping[str, Sequence[Subordinate]]


NOBODY = Beside({}, {})
"""Where no rule looks at other branches."""
