"""How files spell events and texts: JSON Lines, separated text (CSV), workbooks (XLSX).

In: a stream of bytes, or events from the log; records of texts; a text. Out: a `Line` for every line that is
not blank, with its number, or one line an event with everything that the store set, too; UTF-8 that
spreadsheet programs open, and the separator of a text; a text as XML can hold it, and back. Deliberately
absent: parsing (`intake` does it), reading tables (`tables.source`), writing workbooks (`workbook`,
`templates`).

A cell that a spreadsheet program would take for a formula is written with an apostrophe before it, and the
apostrophe is taken off again on reading.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ledger.events.lines import LONGEST_FULL_LINE, LONGEST_LINE
from ledger.intake.admission import Line
from ledger.store.codec import Recorded, full_line

_BOM = b"\xef\xbb\xbf"
_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
# Full-width signs too: East Asian spreadsheet programs read them as their half-width twins. Some programs
# pass over blanks, line ends, marks and what has no width before them.
_UNSEEN = r"[\s\ufeff\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f]"
_FORMULA = re.compile(rf"'*(?:{_UNSEEN}*[=+\-@＝＋－＠]|\t)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
CHOICES_SHEET = "_choices"
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MUST_ESCAPE = re.compile("[\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


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


def write_records(stream: BinaryIO, records: Iterable[Iterable[str]]) -> None:
    """Write records as UTF-8 with a byte order mark, which spreadsheet programs want to see."""
    stream.write(_BOM)
    line = _Encoded(stream)
    writer = csv.writer(line)
    for record in records:
        writer.writerow([arm(cell) for cell in record])


def arm(text: str) -> str:
    """Return a cell that no spreadsheet program evaluates; `disarm` undoes it exactly."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def disarm(cell: str) -> str:
    """Undo `arm`, and the line ends of other systems."""
    if cell.startswith("'") and _FORMULA.match(cell):
        cell = cell[1:]
    return cell.replace("\r\n", "\n") if "\r" in cell else cell


class _Encoded:
    """What csv.writer writes to: it hands over one text a record."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode())


def separator_of(text: str) -> str:
    """Return what stands between the cells of a text: what most lines have, then what it has most of."""
    bare = _QUOTED.sub("", text)
    lines = bare.split("\n")
    return max(_SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), bare.count(sign)))


def escape(text: str) -> str:
    """Return a text as workbooks spell it: what XML cannot hold, and what looks like such a spelling."""
    return _MUST_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
