"""A ledger into a folder of segments; and what it has since gained, added to the folder.

In: a ledger, a folder, up to which position. Out: files, and a manifest that tells of them all at once.
Deliberately absent: changing anything that a manifest has told of.

1. The folder is locked, its manifest read and held against the ledger.
2. What is new is read in the order of the log and put down by bucket; what does not fit into memory, beside
   the segments, or in the machine's temporary folder where they lie elsewhere: the lines of a branch
   together.
3. Each bucket that gained something gets a further part; of more than eight parts one is made.
4. The new manifest takes the place of the old one, in one step: until then the folder is what it was, and
   what was written for nothing lies there unnamed until the next export removes it.
"""

import errno
import heapq
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, starmap
from operator import itemgetter
from types import TracebackType
from typing import NamedTuple, Self

from ledger.segments.errors import behind, full_disk, other_buckets
from ledger.segments.manifest import NAME, Manifest, Part, check_presence, found_manifest
from ledger.segments.parts import Run, Slot, part_number, read_runs, write_part
from ledger.segments.placement import (
    ASKED,
    CONCERNING,
    Concerned,
    parents_in,
    places_below,
    read_places,
    render_places,
    usual_buckets,
)
from ledger.segments.places import UNFINISHED, Folder, Place, check_apart, place_of
from ledger.segments.restoring import Progress, check_ledger
from ledger.store.codec import GENESIS, Head, line_of
from ledger.store.event_store import Store
from ledger.whole_files import ledger_files

_IN_MEMORY = 96 << 20
_MOST_PARTS = 8
_OURS = re.compile(r"(bucket-\d+|organisations|branches)(\.\d+)?\.jsonl\.zst")
# So few rows and lines at a time stay in the processor's cache.
_TOGETHER = 500
_branch_of = itemgetter(2)


class _Sorter:
    """Takes lines, each of a branch; gives the lines of each branch back. To be used in a `with`."""

    def __init__(self, place: Place, in_memory: int = _IN_MEMORY) -> None:
        beside = place.path if isinstance(place, Folder) else None
        self._spool = tempfile.TemporaryFile(prefix=UNFINISHED, dir=beside)  # noqa: SIM115 - closed on exit
        # One buffer a branch: a line by itself takes much more room than its bytes.
        self._lines: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._put_down: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._size = 0
        self._end = 0
        self._most = in_memory

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def put_all(self, lines: Iterable[tuple[str, bytes]]) -> None:
        """Add lines, each with its branch."""
        kept, size = self._lines, self._size
        for branch, line in lines:
            kept[branch] += line
            size += len(line)
        self._size = size
        if self._size > self._most:
            self._flush()

    def branches(self) -> list[str]:
        """Return the branches of which there are lines, in order of code."""
        return sorted(self._lines.keys() | self._put_down.keys())

    def run(self, branch: str) -> Run:
        """Return the lines of a branch, in the order in which they came; they are forgotten then."""
        pieces: list[bytes | bytearray] = []
        for start, length in self._put_down.pop(branch, ()):
            self._spool.seek(start)
            pieces.append(self._spool.read(length))
        lines = b"".join([*pieces, self._lines.pop(branch, b"")])
        return Run(branch, lines.count(b"\n"), lines)

    def _flush(self) -> None:
        self._spool.seek(self._end)
        for branch, lines in self._lines.items():
            length = self._spool.write(lines)
            self._put_down[branch].append((self._end, length))
            self._end += length
        self._lines.clear()
        self._size = 0


class Exported(NamedTuple):
    """What an export did: the head of what the folder now holds, and how many events it added."""

    head: Head
    added: int


def export_segments(
    store: Store,
    address: str,
    *,
    upto: int | None = None,
    buckets: int | None = None,
    on_progress: Progress | None = None,
) -> Exported:
    """Write the log up to a position (all of it by default), or add to the folder what is new in it.

    SegmentsError where the folder is another ledger's, goes further than `upto`, or is divided otherwise.
    """
    place = place_of(address)
    check_apart(place, ledger_files(store.url))
    place.make()
    try:
        with place.locked():
            return _export(store, place, upto, buckets, on_progress)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise full_disk(address, error.strerror or str(error)) from None


def _export(
    store: Store, place: Place, upto: int | None, buckets: int | None, on_progress: Progress | None
) -> Exported:
    head = store.head()
    end = head.position if upto is None else min(upto, head.position)
    old = found_manifest(place)
    if old is not None:
        check_ledger(place, old, store)
        check_presence(place, old)
        if buckets is not None and buckets != old.buckets:
            raise other_buckets(place.address, old.buckets, buckets)
        if end < old.position:
            raise behind(place.address, old.position, end)
    _clear(place, old)
    manifest = old or Manifest(0, GENESIS, "", buckets or usual_buckets(end), ())
    if old is not None and end == old.position:
        return Exported(old.log_head, 0)
    new = _add(store, place, manifest, end, on_progress)
    with place.writing(NAME) as stream:
        stream.write(new.render())
    _clear(place, new)
    return Exported(new.log_head, new.position - manifest.position)


def _add(store: Store, place: Place, old: Manifest, end: int, on_progress: Progress | None) -> Manifest:
    """Write parts for what lies between the old manifest and a position; return the new manifest."""
    places = _placed(store, place, old, end)
    parts = {part.path: part for part in old.parts}
    with _Sorter(place) as events, _Sorter(place) as organisations:
        last, instant = _read(store, old, end, events, organisations, on_progress)
        by_bucket: defaultdict[int, list[str]] = defaultdict(list)
        for branch in events.branches():
            by_bucket[places[branch]].append(branch)
        for bucket, branches in sorted(by_bucket.items()):
            former = old.holding("events", bucket)
            slot = Slot("events", bucket, _next_number(former), end)
            _replace(parts, *_write(place, slot, former, map(events.run, branches)))
        former = old.holding("organisations")
        slot = Slot("organisations", None, _next_number(former), end)
        runs = map(organisations.run, organisations.branches())
        _replace(parts, *_write(place, slot, former, runs))
    former = old.holding("branches")
    if not former or len(places) > sum(part.rows for part in former):
        slot = Slot("branches", None, _next_number(former), end)
        _replace(parts, former, write_part(place, slot, render_places(places)))
    ordered = sorted(parts.values(), key=lambda part: (part.holds, part.bucket or 0, part_number(part.path)))
    return Manifest(end, last, instant, old.buckets, tuple(ordered))


def _read(
    store: Store,
    old: Manifest,
    end: int,
    events: _Sorter,
    organisations: _Sorter,
    on_progress: Progress | None,
) -> tuple[str, str]:
    """Put down what is new; return the hash and the instant of the last event."""
    concerns = Concerned(find=store.find if old.position else None).concerns
    last, instant = old.head, old.recorded_at
    following = store.rows(after=old.position, upto=end)
    while rows := list(islice(following, _TOGETHER)):
        lines = list(starmap(line_of, rows))
        events.put_all(zip(map(_branch_of, rows), lines, strict=True))
        organisations.put_all(
            (_branch_of(row), line)
            for row, line in zip(rows, lines, strict=True)
            if row[4] in CONCERNING and concerns(row[1], row[4], row[8])
        )
        if on_progress is not None:
            on_progress(rows[-1][0] - old.position)
        last, instant = rows[-1][12], rows[-1][10]
    return last, instant


def _placed(store: Store, place: Place, old: Manifest, end: int) -> dict[str, int]:
    """Return the bucket of each branch: those that have one keep it."""
    places = read_places(place, old)
    registered = store.read(after=old.position, upto=end, types={"branch_registered"})
    if any(event.branch not in places for event in registered):
        return places_below(parents_in(store.read(upto=end, types=ASKED)), old.buckets) | places
    return places


def _write(
    place: Place, slot: Slot, former: list[Part], runs: Iterable[Run]
) -> tuple[list[Part], Part | None]:
    """Write a bucket's next part, merged with the former ones where they are too many.

    Return the parts whose place it takes, and the part.
    """
    if len(former) < _MOST_PARTS:
        return [], write_part(place, slot, runs)
    return former, write_part(place, slot, _merged([*(read_runs(place, part) for part in former), runs]))


def _merged(streams: Sequence[Iterable[Run]]) -> Iterator[Run]:
    """Merge streams of runs: by branch, and of one branch in the order of the streams."""
    numbered = [_numbered(number, stream) for number, stream in enumerate(streams)]
    for branch, found in groupby(heapq.merge(*numbered, key=itemgetter(0, 1)), key=itemgetter(0)):
        runs = [run for _, _, run in found]
        yield Run(branch, sum(run.rows for run in runs), b"".join(run.lines for run in runs))


def _numbered(number: int, stream: Iterable[Run]) -> Iterator[tuple[str, int, Run]]:
    for run in stream:
        yield run.branch, number, run


def _replace(parts: dict[str, Part], gone: list[Part], part: Part | None) -> None:
    for former in gone:
        del parts[former.path]
    if part is not None:
        parts[part.path] = part


def _next_number(former: list[Part]) -> int:
    return max((part_number(part.path) for part in former), default=0) + 1


def _clear(place: Place, manifest: Manifest | None) -> None:
    """Remove what exports that did not end left behind, and what a manifest no longer names."""
    named = {part.path for part in manifest.parts} if manifest else set()
    for name in place.names():
        if name not in named and _OURS.fullmatch(name):
            place.remove(name)
