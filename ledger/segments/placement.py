"""In which bucket each branch lies.

In: who stands below whom, as it is at an export. Out: a number a branch; and the file that keeps it, since a
branch stays where it is wherever it is moved to later. Deliberately absent: reading a ledger.

What stands below one root lies together, so that what a branch needs of others is most often in its own
bucket. A tree too great for that is divided by the level below its root, and so on down.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

import orjson

from ledger.segments.manifest import Manifest
from ledger.segments.parts import Run, read_lines
from ledger.segments.places import Place

ROWS_OF_A_BUCKET = 60_000
FEWEST, MOST = 4, 256
GREAT_TREE = 2_000


def bucket_of(root: str, buckets: int) -> int:
    """Return the bucket of everything below a root: the same for ever, on every machine."""
    return int.from_bytes(sha256(root.encode()).digest()[:8], "big") % buckets


def usual_buckets(rows: int) -> int:
    """Return how many buckets a log of so many events is divided into where nobody says."""
    return max(FEWEST, min(MOST, -(-rows // ROWS_OF_A_BUCKET)))


def places_below(parents: Mapping[str, str | None], buckets: int) -> dict[str, int]:
    """Return the bucket of each branch, by the root of its tree."""
    lines = {branch: _line_up(branch, parents) for branch in parents}
    sizes = Counter(above for line in lines.values() for above in line)
    buckets_of: dict[str, int] = {}
    for branch, line in lines.items():
        root = next((above for above in reversed(line) if sizes[above] <= GREAT_TREE), branch)
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
