"""Separated text (CSV): how records are written, and what was done to a cell undone.

In: records of texts. Out: UTF-8 that spreadsheet programs open; the separator of a text. Deliberately absent:
reading (`tables.source`).

A cell that a spreadsheet program would take for a formula is written with an apostrophe before it, and
the apostrophe is taken off again on reading.
"""

import csv
import re
from collections.abc import Iterable
from typing import BinaryIO

_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
# Full-width signs too: East Asian spreadsheet programs read them as their half-width twins. Some programs
# pass over blanks, line ends, marks and what has no width before them.
_UNSEEN = r"[\s\ufeff\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f]"
_FORMULA = re.compile(rf"'*(?:{_UNSEEN}*[=+\-@＝＋－＠]|\t)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def write_records(stream: BinaryIO, records: Iterable[Iterable[str]]) -> None:
    """Write records as UTF-8 with a byte order mark, which spreadsheet programs want to see."""
    stream.write(b"\xef\xbb\xbf")
    line = _Lines(stream)
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


class _Lines:
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
