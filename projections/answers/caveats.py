"""What should be known beside a score: branches that took the form up within its year, and what fell due
before that cost them; judgements that overlap the period and are not counted in it, as they are for another
one.

In: a log, plans, a day, branches; what was replayed. Out: scores of the year so far; the name of the other
period of each judgement. Deliberately absent: adoptions that say themselves from when on the form is owed;
which judgement stands (the replay says); sentences (`projections.text.scores`).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from projections.answers.document import Replayed
from projections.answers.history import Fates
from projections.engine.logs import Log
from projections.engine.periods import Period, parse_period, year_of
from projections.engine.plan import Plan
from projections.engine.reading.tree import Organization, read_tree
from projections.engine.replays import replay
from projections.engine.results import BranchScore

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_MOST = 20
"""Of so many branches it is told one by one; of more each score tells its own."""
_WHOSE = {"clause_assessed": "assessor", "grades_tallied": "source"}


def late_adoptions(
    log: Log, plans: Sequence[Plan], *, on: date, upto: int, branches: Collection[str] | None = None
) -> Iterator[tuple[Plan, BranchScore]]:
    """Yield the scores, by each form, of the branches that windows due before their adoption cost points."""
    tree = read_tree(log, upto=upto)
    day = on.toordinal()
    for plan in plans:
        year = year_of(on, plan.rubric.year_start)
        asked = [one for one in tree.values() if branches is None or one.code in branches]
        late = [one.code for one in asked if _took_it_up_late(one, plan, year, day)]
        if not late or len(late) > _MOST:
            continue
        answer = replay(log, plan, year, on=on, upto=upto, branches=late)
        yield from ((plan, score) for score in answer.scores if score.before_adoption)


def _took_it_up_late(organization: Organization, plan: Plan, year: Period, day: int) -> bool:
    """Whether an adoption that stands on the day began within the year, and says nothing of its own."""
    adoption = organization.adoption(plan.rubric.id, year.end.toordinal(), day)
    if adoption is None or adoption.owed_from is not None or organization.dissolved <= day:
        return False
    return year.start.toordinal() < adoption.since and adoption.stands_on(day)


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
