"""What concerns the tree as a whole: the lines that lie in the organisations' file as well, and who stands
below whom at an export.

In: events in the order of the log. Out: those that others must know of; a parent, or none, of each
organisation. Deliberately absent: buckets (`manifest`), and what else follows from a tree.
"""

from collections.abc import Callable, Collection, Iterable

import orjson

from ledger.effective import Control, resolve
from ledger.store.codec import Recorded

ABOUT_ORGANISATIONS = frozenset(
    {
        "branch_registered",
        "branch_renamed",
        "branch_moved",
        "branch_dissolved",
        "rubric_adopted",
        "rubric_dropped",
        "metric_reported",
    }
)
CONTROLS = frozenset({"event_retracted", "event_corrected"})

Find = Callable[[str], Recorded | None]


class Concerned:
    """Tells, event by event, which are of some types, or correct or retract one of them, or retract such a
    correction.

    `find` looks an event up that was not shown here, where not all of the log is.
    """

    def __init__(self, types: Collection[str] = ABOUT_ORGANISATIONS, find: Find | None = None) -> None:
        self._types = types
        self._find = find
        self._ids: set[str] = set()

    def concerns(self, event_id: str, type_word: str, data: str) -> bool:
        """Whether an event does, by its id, its type and its payload."""
        if type_word in self._types or (type_word in CONTROLS and self._is_about(target_of(data))):
            self._ids.add(event_id)
            return True
        return False

    def _is_about(self, target: str) -> bool:
        if target in self._ids:
            return True
        found = self._find(target) if self._find else None
        if found is None:
            return False
        return found.type in self._types or (found.type in CONTROLS and self._is_about(target_of(found.data)))


def target_of(data: str) -> str:
    """Return what a correction or a retraction names."""
    return str(orjson.loads(data).get("target"))


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
