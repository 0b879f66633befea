"""What an event that was just logged has met, and what the branch owes next, in plain Python.

In: one branch's stream, its rubrics. Out: `Duty` values. Deliberately absent: points, states, and quotas that
look at subordinates; `obligations` has them. Here it must be quick: Polars takes longer to import than an
event to log. Tests hold these duties against the obligations.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from ledger.words import Words
from projections.asks import types_looked_for
from projections.engine.due.lead_times import obliges
from projections.engine.due.titles import title_of, with_ref
from projections.engine.periods import Period, Window, parse_period, year_of
from projections.missing import Owed, cadence_of, owed_by
from projections.stream import Stream
from rubrics.model import Clause, Rubric
from rubrics.rules import Deadline, Rule, Submission

_ROSTER = frozenset(
    {
        "member_joined",
        "member_left",
        "member_transferred",
        "role_assigned",
        "member_exempted",
        "clause_waived",
    }
)


class Asked(NamedTuple):
    """A rule with its clause (None: the rubric's own) and its place in it, counted from 0."""

    rubric: Rubric
    clause: Clause | None
    number: int
    rule: Rule

    @property
    def clause_id(self) -> str:
        """The clause's id, `-` for the rubric itself."""
        return self.clause.id if self.clause else "-"


class Duty(NamedTuple):
    """An obligation in short; `missing`: units still missing, 0 where a waiver takes it."""

    asked: Asked
    owed: Owed
    missing: Fraction

    @property
    def due_on(self) -> date:
        """The due day."""
        return self.owed.due_on

    def urgency(self) -> tuple[date, bool]:
        """What comes first: the earlier due day, on one day what moves points."""
        return self.due_on, self.asked.rule.advisory

    @property
    def key(self) -> str:
        """The key of the obligation."""
        asked = self.asked
        return f"{asked.rubric.id}/{asked.clause_id}/{asked.number + 1}/{self.owed.place}"

    @property
    def window(self) -> str | None:
        """The window's label; None for a deadline and a requested document."""
        return None if isinstance(self.asked.rule, Deadline | Submission) else self.owed.place

    @property
    def what(self) -> Words:
        """What is asked, in a few words."""
        title = title_of(self.asked.rubric, self.asked.clause, self.asked.rule)
        return with_ref(title, self.owed.ref)


def types_of(rubric: Rubric) -> frozenset[str]:
    """Return the types of events that the duties of a rubric hang on."""
    return _ROSTER.union(*(types_looked_for(asked.rule) for asked in _rules(rubric)))


def duties_of(
    rubric: Rubric, stream: Stream, days: Collection[date], touched: str | None = None
) -> Iterator[Duty]:
    """Yield the duties of the rubric's years in which the days lie, and of every deadline and request.

    `touched`: only of rules that look for events of that type.
    """
    years = dict.fromkeys(year_of(day, rubric.year_start) for day in sorted(days))
    for asked in _rules(rubric):
        if touched is None or touched in types_looked_for(asked.rule):
            yield from _duties(asked, stream, [w for year in years for w in _windows(asked.rule, year)])


def met_by(rubric: Rubric, stream: Stream, event_id: str) -> list[Duty]:
    """List the duties that would still miss something without one event, and with it miss nothing."""
    fact = next((fact for facts in stream.facts.values() for fact in facts if fact.id == event_id), None)
    if fact is None:
        return []
    touched, days = fact.event.type, {fact.stands, fact.day}
    days |= {parse_period(str(name)).end for name in (fact.get("month"), fact.get("quarter")) if name}
    without = duties_of(rubric, stream.without(event_id), days, touched)
    before = {duty.key: duty.missing for duty in without}
    return [d for d in duties_of(rubric, stream, days, touched) if not d.missing and before.get(d.key)]


def next_due(rubric: Rubric, stream: Stream, on: date, since: date) -> Duty | None:
    """Return the unmet duty that is due next from a day on, and not before the adoption on `since`."""
    first = max(on, since)
    year = year_of(on, rubric.year_start)
    found: list[Duty] = []
    for asked in _rules(rubric):
        windows = [window for window in _windows(asked.rule, year) if window.end >= first]
        duties = _duties(asked, stream, windows)
        unmet = (duty for duty in duties if duty.missing and duty.due_on >= first)
        # Windows come in order of time; of deadlines and requests any may be the next.
        found += islice(unmet, 1) if windows else unmet
    return min(found, key=Duty.urgency, default=None)


def _rules(rubric: Rubric) -> Iterator[Asked]:
    """Yield the rules that make duties here."""
    for clause in (*rubric.clauses(), None):
        for number, rule in enumerate(clause.rules if clause else rubric.rules):
            if obliges(rule) and getattr(rule, "each", None) != "subordinate":
                yield Asked(rubric, clause, number, rule)


def _windows(rule: Rule, year: Period) -> Iterator[Window]:
    cadence = cadence_of(rule)
    if cadence is not None:
        yield from year.windows(cadence)


def _duties(asked: Asked, stream: Stream, windows: Iterable[Window]) -> Iterator[Duty]:
    for owed in owed_by(asked.rule, stream, windows):
        takes = owed.missing and asked.clause is not None
        waived = takes and stream.waived(asked.rubric.id, asked.clause_id, owed.since, owed.until)
        yield Duty(asked, owed, Fraction(0) if waived else owed.missing)
