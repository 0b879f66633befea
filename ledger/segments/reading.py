"""Segments as a log to be folded: the rows of branches, as a store gives them, and how much of them is to
count.

In: a folder that checks out, which buckets; a position or an instant. Out: the rows of each branch in order
of position, the branches in order of code; a position with the hash of the event that stands there.
Deliberately absent: what the rows mean; hashes, which nobody who folds looks at; how people write instants.

A file is compared with the manifest before a row of it is given. The lines are our own, to the byte, so that
a pattern reads what is wanted of them faster than a parser of JSON could. A folder lies by branch, so that
an event of the middle of the log may be anywhere: for any prefix but the whole every file is looked through,
which costs about what decompressing it costs.
"""

import heapq
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from ledger.segments.errors import SegmentsError, unreadable_part
from ledger.segments.manifest import Manifest, Part, check_presence, read_manifest
from ledger.segments.parts import position_of, read_blocks, read_lines, read_whole_lines
from ledger.segments.placement import CONCERNING, read_places
from ledger.segments.places import Place, place_of
from ledger.store.codec import GENESIS, Head, instant_text
from ledger.store.read import BranchRow
from ledger.words import Words

_LINE = re.compile(
    r'^\{"position":(\d+),"id":"([^"]*)","branch":"([^"]*)","version":\d+,"type":"([^"]*)",'
    r'"schema_version":(\d+),"occurred_on":"([^"]*)","counts_for":(?:null|"([^"]*)"),'
    # What most payloads are is found without going back; no text holds what follows, for its quotes would be
    # escaped.
    r'"data":(\{[^{}\n]*\}(?=,"recorded_by":)|.*(?=,"recorded_by":)).*$',
    re.MULTILINE,
)

Stream = tuple[str, Sequence[BranchRow]]
_RECORDED = re.compile(rb'"recorded_at":"([^"]*)","prev_hash":"[^"]*","hash":"([^"]*)"}\Z')


class BeyondFolder(SegmentsError):
    """A prefix that the folder does not hold, or not for certain."""


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
        if not set(types) <= CONCERNING:
            yield from self.streams(upto=upto, types=types)
            return
        parts = self.manifest.holding("organisations")
        yield from _read_streams(self.place, parts, upto=upto, branches=None, types=types)

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
        yield from _read_streams(self._place, self._parts, upto=upto, branches=branches, types=types)

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[Stream]:
        """Yield the rows of some types of the bucket."""
        return self.streams(upto=upto, types=types)


def _read_streams(
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


def head_at(segments: Segments, position: int) -> Head:
    """Return the position with its event's hash. Raises BeyondFolder."""
    manifest = segments.manifest
    if position > manifest.position:
        raise _beyond(segments, f"第 {position} 条", f"position {position}")
    if position == manifest.position:
        return manifest.log_head
    if not position:
        return Head(0, GENESIS)
    begins = b'{"position":%d,' % position
    for part in manifest.holding("events"):
        rest = b""
        for block in read_blocks(segments.place, part):
            text = rest + block
            at = text.find(begins)
            end = text.find(b"\n", at)
            if at >= 0 and end >= 0:
                found = _RECORDED.search(text[at:end])
                if found is not None:
                    return Head(position, found[2].decode())
            rest = text[at if at >= 0 else text.rfind(b"\n") + 1 :]
    raise _beyond(segments, f"第 {position} 条", f"position {position}")


def head_by(segments: Segments, instant: datetime) -> Head:
    """Return the last event recorded at or before an instant.

    Raises BeyondFolder for an instant after the folder's last event: the ledger may have gained more by then.
    """
    manifest = segments.manifest
    wanted = instant_text(instant)
    if wanted > manifest.recorded_at:
        raise _beyond(segments, f"{wanted} 时", f"{wanted}")
    if wanted == manifest.recorded_at:
        return manifest.log_head
    asked = wanted.encode()
    last = Head(0, GENESIS)
    for part in manifest.holding("events"):
        for line in read_lines(segments.place, part):
            found = _RECORDED.search(line)
            if found is not None and found[1] <= asked:
                position = position_of(line)
                if position > last.position:
                    last = Head(position, found[2].decode())
    return last


def _beyond(segments: Segments, zh: str, en: str) -> BeyondFolder:
    manifest = segments.manifest
    return BeyondFolder(
        Words(
            f"{segments.place.address} 只到第 {manifest.position} 条（记于 {manifest.recorded_at}），"
            f"没有到 {zh}：请先用 zhibu export --segments 补上。",
            f"{segments.place.address} goes up to position {manifest.position}, recorded at "
            f"{manifest.recorded_at}, not to {en}: add to it with `zhibu export --segments` first.",
        )
    )
