"""Judgements that overlap a replayed period and are not counted in it, as they are for another one.

In: an open ledger, what was replayed, branches. Out: the name of the other period of each. Deliberately
absent: which judgement stands; the replay says.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from projections.answers.document import Replayed
from projections.answers.history import Fates
from projections.engine.periods import Period, parse_period, year_of

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_WHOSE = {"clause_assessed": "assessor", "grades_tallied": "source"}


def other_periods(store: "Store", replayed: Replayed, branches: Sequence[str]) -> list[str]:
    """Name the periods, the same person's of the same clause and period once, sorted."""
    found = {
        (branch, clause, who, period)
        for branch in branches
        for clause, who, period in _judgements(store, replayed, branch)
        if period.start <= replayed.period.end and replayed.period.start <= period.end
    }
    own = (replayed.period.start, replayed.period.end)
    return sorted(period.name for *_, period in found if (period.start, period.end) != own)


def _judgements(store: "Store", replayed: Replayed, branch: str) -> Iterator[tuple[str, str, Period]]:
    upto, start = replayed.position, replayed.rubric.year_start
    events = list(store.read(branch=branch, types=frozenset(_WHOSE), upto=upto))
    if not events:
        return
    fates = Fates(store, branch, upto=upto)
    for event in events:
        fate = fates.of(event)
        payload, day = fate.payload, date.fromisoformat(fate.occurred_on)
        if fate.state == "retracted" or payload["rubric"] != replayed.rubric.id or day > replayed.on:
            continue
        named = payload.get("period")
        period = parse_period(str(named), start) if named else year_of(day, start)
        yield str(payload["clause"]), str(payload[_WHOSE[event.type]]), period
