"""Separated text (CSV) as records, and records as separated text.

In: the path of a file that a spreadsheet program saved (UTF-8 with or without a byte order mark, UTF-16
with one, GB18030; comma, semicolon or tab between cells). Out: for every record the line at which it
begins and its cells as texts. Deliberately absent: what the cells mean.

A cell that a spreadsheet program would take for a formula is written with an apostrophe before it, and
the apostrophe is taken off again on reading.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ledger.errors import Refused
from ledger.problems import Problem
from ledger.words import Words

_BLOCK = 1 << 20
_LONGEST_CELL = 64 << 20
_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
# Full-width signs too: East Asian spreadsheet programs read them as their half-width twins.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of every record, blank ones included; line breaks inside cells become `\\n`.

    Raises `Refused` where the file is no separated text, at the line where that shows.
    """
    with path.open(encoding=_encoding(path), newline="") as stream:
        first = stream.readline()
        stream.seek(0)
        # The module's own limit would speak before the field's, which knows better what to say.
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(stream, delimiter=_separator(first), strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, [disarm(cell) for cell in cells]
                line = reader.line_num + 1
        except csv.Error as error:
            raise Refused([_unreadable(str(error), line)]) from None


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


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == b"PK\x03\x04":
        raise Refused(
            [
                Problem(
                    Words(zh="应为 CSV 文本，实际为工作簿", en="must be CSV text, but is a workbook"),
                    hint=Words(zh="请将文件名结尾改为 .xlsx", en="Let its name end in .xlsx"),
                )
            ]
        )
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return encoding if _decodes(path, encoding) else _refuse_encoding()
    # UTF-8 first: a text in GB18030 is practically never valid UTF-8, while the reverse often holds.
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    return _refuse_encoding()


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while stream.read(_BLOCK):
                pass
    except UnicodeError:
        return False
    return True


def _refuse_encoding() -> str:
    raise Refused(
        [
            Problem(
                Words(
                    zh="应为 UTF-8 或 GB18030 编码的文本",
                    en="must be a text in UTF-8 or GB18030",
                ),
                hint=Words(
                    zh="请在表格软件中另存为“CSV UTF-8”",
                    en='Save it as "CSV UTF-8" from the spreadsheet program',
                ),
            )
        ]
    )


def _separator(first_line: str) -> str:
    bare = _QUOTED.sub("", first_line)
    return max(_SEPARATORS, key=bare.count)


def _unreadable(reason: str, line: int) -> Problem:
    if "field limit" in reason:
        return Problem(Words(zh="单元格过长", en="holds a cell that is too long"), line=line)
    expected = Words(zh="引号不成对，无法分列", en="cannot be split into cells: its quotes do not pair")
    hint = Words(
        zh='含引号的单元格应整体加引号，其中的引号写两次（""）',
        en='Put a cell with quotes into quotes and write each quote inside twice ("")',
    )
    return Problem(expected, line=line, hint=hint)
