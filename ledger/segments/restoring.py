"""Whether a folder of segments is whole, and of which ledger; and its lines as one log again, by position.

In: a folder; a ledger, where one is named. Out: the manifest, or `SegmentsError` with the name of the first
file that does not hold; the lines of a full export. Deliberately absent: mending (a folder is made anew from
its ledger), letting lines in (`files`).

Buckets lie by branch, a log by position: lines are first put down by stretches of positions, then each
stretch is sorted, so that a log of any length needs the memory of one stretch.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.segments.errors import newer_than_ledger, other_ledger, unreadable_manifest
from ledger.segments.manifest import Manifest, check_presence, read_manifest
from ledger.segments.parts import check_part, position_of, read_lines
from ledger.segments.places import Place, place_of
from ledger.store.event_store import Store

Progress = Callable[[int], None]
_STRETCH = 100_000
_FILES = 200
_BUFFERED = 2_000


def check(address: str, store: Store | None = None, on_progress: Progress | None = None) -> Manifest:
    """Hold manifest, files and, where one is given, a ledger against each other; return the manifest."""
    place = place_of(address)
    manifest = read_manifest(place)
    check_presence(place, manifest)
    if store is not None:
        check_ledger(place, manifest, store)
    for number, part in enumerate(manifest.parts, start=1):
        check_part(place, part)
        if on_progress is not None:
            on_progress(number)
    return manifest


def check_ledger(place: Place, manifest: Manifest, store: Store) -> None:
    """See that a ledger's log begins with what the folder holds."""
    head = store.head()
    if manifest.position > head.position:
        raise newer_than_ledger(place.address, manifest.position, head.position)
    if manifest.position == head.position:
        same = manifest.head == head.hash
    else:
        upto = manifest.position
        found = next(iter(store.read(after=upto - 1, upto=upto)), None) if upto else None
        same = not upto or (found is not None and found.hash == manifest.head)
    if not same:
        raise other_ledger(place.address)


def lines_in_order(address: str) -> Iterator[bytes]:
    """Yield the lines of a folder in the order of the log. SegmentsError where it does not check out."""
    place = place_of(address)
    manifest = read_manifest(place)
    check_presence(place, manifest)
    with tempfile.TemporaryDirectory(prefix="zhibu-") as name:
        folder = Path(name)
        stretch = max(_STRETCH, -(-manifest.position // _FILES))
        _put_down(place, manifest, folder, stretch)
        for number in range(-(-manifest.position // stretch)):
            path = _file(folder, number)
            lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
            lines.sort(key=position_of)
            yield from lines
            path.unlink(missing_ok=True)


def _put_down(place: Place, manifest: Manifest, folder: Path, stretch: int) -> None:
    waiting: dict[int, list[bytes]] = {}
    count = 0
    for part in manifest.holding("events"):
        rows = 0
        for line in read_lines(place, part):
            rows += 1
            try:
                number = (position_of(line) - 1) // stretch
            except ValueError:
                raise unreadable_manifest(
                    place.address,
                    f"{part.path} 中有不是记录的行",
                    f"{part.path} holds a line that is no event",
                ) from None
            waiting.setdefault(number, []).append(line)
            count += 1
            if count % (_BUFFERED * _FILES) == 0:
                _flush(folder, waiting)
        if rows != part.rows:
            raise unreadable_manifest(
                place.address,
                f"{part.path} 有 {rows} 行，应为 {part.rows} 行",
                f"{part.path} has {rows} lines, expected {part.rows}",
            )
    _flush(folder, waiting)


def _flush(folder: Path, waiting: dict[int, list[bytes]]) -> None:
    for number, lines in waiting.items():
        with _file(folder, number).open("ab") as stream:
            stream.write(b"\n".join(lines) + b"\n")
    waiting.clear()


def _file(folder: Path, number: int) -> Path:
    return folder / f"stretch-{number}"
