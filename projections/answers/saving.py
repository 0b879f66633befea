"""What would still save the points of a clause: its obligations that are open at a replay's end of day.

In: what was replayed, a branch, a clause. Out: obligations of the replayed period, by due day, that put
points at stake. Deliberately absent: obligations of other periods, and those that move no points.
"""

from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from projections.answers.document import Replayed
from projections.engine.duties import Obligation

if TYPE_CHECKING:
    from ledger.store import Store


def what_saves(store: "Store", replayed: Replayed, branch: str, clause: str) -> list[Obligation]:
    """List what can still be done for a clause, and what each by itself would save.

    A score stands at the end of its day: what was due on that day is lost, so we speak on the next morning.
    """
    from projections.answers.bridge import obligations_of

    morning = replayed.on + timedelta(days=1)
    found = obligations_of(store, replayed, branch, clause, morning)
    saving = [one for one in found if one.unmet and one.due_on >= morning and one.at_stake > 0]
    return sorted(saving, key=attrgetter("order"))
