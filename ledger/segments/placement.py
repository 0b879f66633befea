"""Which lines concern the tree as a whole, who stands below whom at an export, and in which bucket each
branch lies.

In: events in the order of the log; who stands below whom. Out: the lines that lie in the organisations' file
as well, for others must know of them; a parent, or none, of each organisation; a number a branch, and the
file that keeps it, since a branch stays where it is wherever it is moved to later. Deliberately absent:
reading a ledger.

What stands below one root lies together, so that what a branch needs of others is most often in its own
bucket. A tree too great for that is divided by the level below its root, and so on down.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256

import orjson

from ledger.effective import Control, resolve
from ledger.segments.manifest import Manifest
from ledger.segments.parts import Run, read_lines
from ledger.segments.places import Place
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
CONCERNING = ABOUT_ORGANISATIONS | CONTROLS
"""The types of which the organisations' file may hold events."""
_Find = Callable[[str], Recorded | None]
_SAYING_SO = frozenset({"branch_registered", "branch_moved"})
ASKED = _SAYING_SO | CONTROLS
_ROWS_OF_A_BUCKET = 60_000
_FEWEST, _MOST = 4, 256
_GREAT_TREE = 2_000


class Concerned:
    """Tells, event by event, which are of some types, or correct or retract one of them, or retract such a
    correction.

    `find` looks an event up that was not shown here, where not all of the log is.
    """

    def __init__(self, types: Collection[str] = ABOUT_ORGANISATIONS, find: _Find | None = None) -> None:
        self._types = types
        self._find = find
        self._ids: set[str] = set()

    def concerns(self, event_id: str, type_word: str, data: str) -> bool:
        """Whether an event does, by its id, its type and its payload."""
        if type_word in self._types or (type_word in CONTROLS and self._is_about(_target_of(data))):
            self._ids.add(event_id)
            return True
        return False

    def _is_about(self, target: str) -> bool:
        if target in self._ids:
            return True
        found = self._find(target) if self._find else None
        if found is None:
            return False
        return found.type in self._types or (
            found.type in CONTROLS and self._is_about(_target_of(found.data))
        )


def _target_of(data: str) -> str:
    """Return what a correction or a retraction names."""
    return str(orjson.loads(data).get("target"))


def parents_in(events: Iterable[Recorded]) -> dict[str, str | None]:
    """Return the parent of each registered organisation; the events come in the order of the log."""
    concerned = Concerned(_SAYING_SO)
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


def bucket_of(root: str, buckets: int) -> int:
    """Return the bucket of everything below a root: the same for ever, on every machine."""
    return int.from_bytes(sha256(root.encode()).digest()[:8], "big") % buckets


def usual_buckets(rows: int) -> int:
    """Return how many buckets a log of so many events is divided into where nobody says."""
    return max(_FEWEST, min(_MOST, -(-rows // _ROWS_OF_A_BUCKET)))


def places_below(parents: Mapping[str, str | None], buckets: int) -> dict[str, int]:
    """Return the bucket of each branch, by the root of its tree."""
    lines = {branch: _line_up(branch, parents) for branch in parents}
    sizes = Counter(above for line in lines.values() for above in line)
    buckets_of: dict[str, int] = {}
    for branch, line in lines.items():
        root = next((above for above in reversed(line) if sizes[above] <= _GREAT_TREE), branch)
        buckets_of[branch] = bucket_of(root, buckets)
    return buckets_of


def _line_up(branch: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return a branch and everybody above it, the root last; a ring, which no ledger should hold, ends it."""
    line = [branch]
    above = parents.get(branch)
    while above is not None and above in parents and above not in line:
        line.append(above)
        above = parents.get(above)
    return line


def render_places(places: Mapping[str, int]) -> Iterator[Run]:
    """Yield the lines of the file that keeps the buckets."""
    for branch in sorted(places):
        yield Run(branch, 1, b'{"branch":"%b","bucket":%d}\n' % (branch.encode(), places[branch]))


def read_places(place: Place, manifest: Manifest) -> dict[str, int]:
    """Read the bucket of each branch. SegmentsError where the file is not the one that was written."""
    places: dict[str, int] = {}
    for part in manifest.holding("branches"):
        for line in read_lines(place, part):
            said = orjson.loads(line)
            places[said["branch"]] = said["bucket"]
    return places
