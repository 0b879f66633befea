"""Branches that took a form up within its year, and what fell due before that cost them.

In: a log, plans, a day, branches. Out: scores of the year so far. Deliberately absent: adoptions that say
themselves from when on the form is owed; sentences (`projections.text.scores`).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from projections.engine.logs import Log
from projections.engine.periods import Period, year_of
from projections.engine.plan import Plan
from projections.engine.reading.tree import Organization, read_tree
from projections.engine.replays import replay
from projections.engine.results import BranchScore

MOST = 20
"""Of so many branches it is told one by one; of more each score tells its own."""


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
        if not late or len(late) > MOST:
            continue
        answer = replay(log, plan, year, on=on, upto=upto, branches=late)
        yield from ((plan, score) for score in answer.scores if score.before_adoption)


def _took_it_up_late(organization: Organization, plan: Plan, year: Period, day: int) -> bool:
    """Whether an adoption that stands on the day began within the year, and says nothing of its own."""
    adoption = organization.adoption(plan.rubric.id, year.end.toordinal(), day)
    if adoption is None or adoption.owed_from is not None or organization.dissolved <= day:
        return False
    return year.start.toordinal() < adoption.since and adoption.stands_on(day)
