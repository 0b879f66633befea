"""Segments as a log to be folded: the rows of branches, as a store gives them.

In: a folder that checks out, which buckets. Out: the rows of each branch in order of position, the branches
in order of code. Deliberately absent: what the rows mean; hashes, which nobody who folds looks at.

A file is compared with the manifest before a row of it is given. The lines are our own, to the byte, so that
a pattern reads what is wanted of them faster than a parser of JSON could.
"""

import heapq
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ledger.segments.errors import unreadable_part
from ledger.segments.manifest import Manifest, Part, check_presence, read_manifest
from ledger.segments.organisations import ABOUT_ORGANISATIONS, CONTROLS
from ledger.segments.parts import read_whole_lines
from ledger.segments.placement import read_places
from ledger.segments.places import Place, place_of
from ledger.store.branch_rows import BranchRow

_LINE = re.compile(
    r'^\{"position":(\d+),"id":"([^"]*)","branch":"([^"]*)","version":\d+,"type":"([^"]*)",'
    r'"schema_version":(\d+),"occurred_on":"([^"]*)","counts_for":(?:null|"([^"]*)"),'
    # What most payloads are is found without going back; no text holds what follows, for its quotes would be
    # escaped.
    r'"data":(\{[^{}\n]*\}(?=,"recorded_by":)|.*(?=,"recorded_by":)).*$',
    re.MULTILINE,
)

Stream = tuple[str, Sequence[BranchRow]]


class Segments:
    """A folder of segments, opened: its manifest, and where each branch lies."""

    def __init__(self, place: Place, manifest: Manifest, places: dict[str, int]) -> None:
        self.place = place
        self.manifest = manifest
        self.places = places

    @classmethod
    def open(cls, address: str) -> "Segments":
        """Open a folder. SegmentsError where its manifest is none, or a file is missing, short or long."""
        place = place_of(address)
        manifest = read_manifest(place)
        check_presence(place, manifest)
        return cls(place, manifest, read_places(place, manifest))

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[Stream]:
        """Yield branch by branch; of all buckets that hold any of the branches."""
        buckets = range(self.manifest.buckets)
        wanted = None if branches is None else frozenset(branches)
        if wanted is not None:
            buckets_of = {self.places[branch] for branch in wanted if branch in self.places}
            chosen = [self.bucket(number) for number in sorted(buckets_of)]
        else:
            chosen = [self.bucket(number) for number in buckets]
        streams = [bucket.streams(upto=upto, branches=wanted, types=types) for bucket in chosen]
        yield from streams[0] if len(streams) == 1 else heapq.merge(*streams, key=itemgetter(0))

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[Stream]:
        """Yield what concerns the tree, of all branches; of other types everything is looked through."""
        if not set(types) <= ABOUT_ORGANISATIONS | CONTROLS:
            yield from self.streams(upto=upto, types=types)
            return
        parts = self.manifest.holding("organisations")
        yield from read_streams(self.place, parts, upto=upto, branches=None, types=types)

    def bucket(self, number: int) -> "Bucket":
        """Return one bucket."""
        return Bucket(self.place, self.manifest.holding("events", number))


class Bucket:
    """One bucket as a log of its own: its branches are all that there is."""

    def __init__(self, place: Place, parts: Sequence[Part]) -> None:
        self._place = place
        self._parts = parts

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[Stream]:
        """Yield branch by branch; `branches` (all where left out) and `types` narrow what is read."""
        yield from read_streams(self._place, self._parts, upto=upto, branches=branches, types=types)

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[Stream]:
        """Yield the rows of some types of the bucket."""
        return self.streams(upto=upto, types=types)


def read_streams(
    place: Place,
    parts: Sequence[Part],
    *,
    upto: int,
    branches: Collection[str] | None,
    types: Collection[str] | None,
) -> Iterator[Stream]:
    """Yield the rows of some parts of one bucket by branch, those of a branch in the order of the parts."""
    wanted = None if branches is None else frozenset(branches)
    kinds = None if types is None else frozenset(types)
    streams = [_rows_of(place, part, upto, wanted, kinds) for part in parts]
    if len(streams) == 1:
        yield from streams[0]
        return
    for branch, found in groupby(heapq.merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        yield branch, [row for _, rows in found for row in rows]


def _rows_of(
    place: Place,
    part: Part,
    upto: int,
    branches: frozenset[str] | None,
    types: frozenset[str] | None,
) -> Iterator[Stream]:
    branch, is_wanted = "", False
    rows: list[BranchRow] = []
    for piece in read_whole_lines(place, part):
        found = _LINE.findall(piece.decode())
        if len(found) != piece.count(b"\n") + (not piece.endswith(b"\n")):
            raise unreadable_part(place.address, part.path)
        for position, id_, of, type_, version, day, month, data in found:
            if of != branch:
                if rows:
                    yield branch, rows
                branch, is_wanted, rows = of, branches is None or of in branches, []
            if is_wanted and (types is None or type_ in types) and int(position) <= upto:
                rows.append((int(position), id_, type_, int(version), day, month or None, data))
    if rows:
        yield branch, rows
