"""JSON Lines: one event a line, UTF-8.

In: a stream of bytes. Out: a `Line` for every line that is not blank, with its number; or, from the log, one
line an event with everything that the store set, too. Deliberately absent: parsing (`intake` does it).
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import orjson

from ledger.events.lines import LONGEST_LINE
from ledger.intake.admission import Line
from ledger.store.codec import Recorded

_BOM = b"\xef\xbb\xbf"


def read_jsonl(stream: BinaryIO, name: str) -> Iterator[Line]:
    """Yield the lines of a stream; blank ones are passed over, and a byte order mark at its beginning."""
    for number, line in enumerate(_lines(stream), start=1):
        text = line.removeprefix(_BOM) if number == 1 else line
        if not text.isspace() and text:
            yield Line(name, number, text)


def write_jsonl(stream: BinaryIO, events: Iterable[Recorded]) -> int:
    """Write events as full lines, every column of the log by its name; return how many."""
    count = 0
    for event in events:
        stream.write(full_line(event))
        count += 1
    return count


def full_line(event: Recorded) -> bytes:
    """Return one event of the log as a line of a full export."""
    return orjson.dumps(
        {
            "position": event.position,
            "id": event.id,
            "branch": event.branch,
            "version": event.version,
            "type": event.type,
            "schema_version": event.schema_version,
            "occurred_on": event.occurred_on,
            "counts_for": event.counts_for,
            # As it stands in the log, to the byte: the hash is over this text.
            "data": orjson.Fragment(event.data),
            "recorded_by": event.recorded_by,
            "recorded_at": event.recorded_at,
            "prev_hash": event.prev_hash,
            "hash": event.hash,
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    # One byte more than a line may have is enough to refuse it; a file without line ends fills no memory.
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE + 1)):
            pass
