"""Who stands below whom, as it stands at an export.

In: the events of a log that say so. Out: a parent, or none, of each organisation. Deliberately absent:
buckets (`placement`), and what else follows from a tree.
"""

from collections.abc import Iterable

import orjson

from ledger.effective import Control, resolve
from ledger.segments.organisations import CONTROLS, Concerned
from ledger.store.codec import Recorded

SAYING_SO = frozenset({"branch_registered", "branch_moved"})
ASKED = SAYING_SO | CONTROLS


def parents_in(events: Iterable[Recorded]) -> dict[str, str | None]:
    """Return the parent of each registered organisation; the events come in the order of the log."""
    concerned = Concerned(SAYING_SO)
    told: list[Recorded] = []
    controls: list[Control] = []
    for event in events:
        if concerned.concerns(event.id, event.type, event.data):
            if event.type in CONTROLS:
                controls.append(Control(event.id, event.type, event.data))
            else:
                told.append(event)
    standing = resolve(controls)
    corrected = standing.corrected()
    effective: list[tuple[str, int, str, str | None]] = []
    for event in told:
        if event.id not in standing.retracted:
            change = corrected.get(event.id)
            day = (change.occurred_on if change else None) or event.occurred_on
            payload = orjson.loads(change.data if change else event.data)
            effective.append((day, event.position, event.branch, payload.get("parent")))
    parents: dict[str, str | None] = {event.branch: None for event in told}
    parents.update({branch: parent for _, _, branch, parent in sorted(effective)})
    return parents
