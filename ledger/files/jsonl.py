"""JSON Lines: one event a line, UTF-8.

In: a stream of bytes. Out: a `Line` for every line that is not blank, with its number; or, from the log, one
line an event with everything that the store set, too. Deliberately absent: parsing (`intake` does it).
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ledger.events.lines import LONGEST_FULL_LINE, LONGEST_LINE
from ledger.intake.admission import Line
from ledger.store.codec import Recorded, full_line

_BOM = b"\xef\xbb\xbf"


def read_jsonl(stream: BinaryIO, name: str, *, full: bool = False) -> Iterator[Line]:
    """Yield the lines of a stream; blank ones are passed over, and a byte order mark at its beginning.

    `full`: they are lines of a full export, which may be longer than those that bring an event.
    """
    longest = LONGEST_FULL_LINE if full else LONGEST_LINE
    for number, line in enumerate(_lines(stream, longest), start=1):
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


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    # One byte more than a line may have is enough to refuse it; a file without line ends fills no memory.
    while line := stream.readline(longest + 1):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(longest + 1)):
            pass
