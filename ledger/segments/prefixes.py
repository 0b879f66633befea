"""How much of the log that a folder holds is to count.

In: a position or an instant. Out: a position, and the hash of the event that stands there. Deliberately
absent: how people write instants; the doors read them.

A folder lies by branch, so that an event of the middle of the log may be anywhere: for anything but the end
every file is looked through, which costs about what decompressing it costs.
"""

import re
from datetime import datetime

from ledger.segments.errors import SegmentsError
from ledger.segments.parts import read_blocks, read_lines
from ledger.segments.reading import Segments
from ledger.store.codec import GENESIS, Head, instant_text
from ledger.words import Words

_POSITION = len('{"position":')
_RECORDED = re.compile(rb'"recorded_at":"([^"]*)","prev_hash":"[^"]*","hash":"([^"]*)"}\Z')


class BeyondFolder(SegmentsError):
    """A prefix that the folder does not hold, or not for certain."""


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
                position = int(line[_POSITION : line.index(b",", _POSITION)])
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
