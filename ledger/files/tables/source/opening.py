"""Which reader a table wants, by the ending of its name and the bytes at its beginning; and separated text
as a table: CSV, TSV, and what is pasted from a spreadsheet.

In: a path or bytes. Out: a `Grid`, or the Problem. Deliberately absent: workbooks (`workbooks`); what the
table means.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path, PurePath

from ledger.errors import Refused
from ledger.files.formats import disarm, separator_of
from ledger.files.tables.source.grid import MOST_BYTES, Cell, Counted, Grid, Row
from ledger.files.tables.source.workbooks import read_other_workbook, read_workbook, too_large, wps_sheet
from ledger.problems import Problem
from ledger.words import Words

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LONGEST_CELL = MOST_BYTES
_SAMPLE = 4096
_ZIPPED = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_OTHER_ENDINGS = frozenset({".xls", ".xlsb", ".ods"})
_ENDINGS = frozenset({".xlsx", ".xlsm", *_OTHER_ENDINGS})
_WPS_ENDINGS = frozenset({".et", ".ett"})


def grids_of(source: Path | bytes, name: str) -> list[Grid]:
    """Return the tables of a file; its name's ending says what it is. Raises `Refused`."""
    data = source if isinstance(source, bytes) else _bytes(source)
    if len(data) > MOST_BYTES:
        raise Refused([too_large(len(data))])
    ending = PurePath(name).suffix.lower()
    if ending in _WPS_ENDINGS:
        raise Refused([wps_sheet()])
    if ending in _TEXT_ENDINGS:
        return [read_text_table(data, name)]
    if ending not in _ENDINGS and not data.startswith((_ZIPPED, _COMPOUND)):
        raise Refused([_other_ending()])
    if ending in _OTHER_ENDINGS or data.startswith(_COMPOUND):
        try:
            return read_other_workbook(data, name)
        except Refused:
            if ending in _OTHER_ENDINGS:
                raise
    return read_workbook(data, name)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused([Problem(Words(zh="应为文件，实际为文件夹", en="must be a file, but is a folder"))])
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refused([Problem(Words(zh="文件不存在", en="is no file that exists"))]) from None
    except PermissionError:
        words = Words(zh="没有读取权限", en="may not be read: the rights are missing")
        raise Refused([Problem(words)]) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused([Problem(Words(zh=f"无法读取（{reason}）", en=f"cannot be read ({reason})"))]) from None
    return data


def _other_ending() -> Problem:
    return Problem(
        Words(
            zh="表格的文件名应以 .xlsx、.xls、.ods、.csv、.tsv 或 .txt 结尾",
            en="must end in .xlsx, .xls, .ods, .csv, .tsv or .txt to be read as a table",
        )
    )


def read_text_table(data: bytes, name: str) -> Grid:
    """Return the table of a text file. Raises `Refused` where it is none."""
    if data.startswith((_ZIPPED, _COMPOUND)):
        raise Refused([_workbook()])
    text = _decoded(data)
    csv.field_size_limit(_LONGEST_CELL)
    counted = Counted()
    rows = []
    for number, cells in _records(text):
        counted.row(number, len(cells))
        rows.append(Row(number, [Cell(disarm(cell)) for cell in cells]))
    return Grid(name, None, rows, typed=False)


def _decoded(data: bytes) -> str:
    """Return the text that bytes stand for. Raises `Refused` where they are of no known encoding."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decode(data, encoding)
    # Half of the bytes of a text of tabs, digits and line ends are zero in UTF-16, and none in any other.
    sample = data[:_SAMPLE]
    if len(data) % 2 == 0 and b"\0" in sample:
        return _decode(data, "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be")
    # UTF-8 first: a text in GB18030 is practically never valid UTF-8, while the reverse often holds.
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused([_encoding()])


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused([_encoding()]) from None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text[:_SAMPLE]), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise Refused([_unreadable(number + 1)]) from None


def _encoding() -> Problem:
    return Problem(
        Words(zh="应为 UTF-8 或 GB18030 编码的文本", en="must be a text in UTF-8 or GB18030"),
        hint=Words(
            zh="请在表格软件中另存为“CSV UTF-8”",
            en='Save it as "CSV UTF-8" from the spreadsheet program',
        ),
    )


def _workbook() -> Problem:
    return Problem(
        Words(zh="应为 CSV 文本，实际为工作簿", en="must be CSV text, but is a workbook"),
        hint=Words(zh="请将文件名结尾改为 .xlsx 或 .xls", en="Let its name end in .xlsx or .xls"),
    )


def _unreadable(row: int) -> Problem:
    return Problem(
        Words(zh="引号不成对，无法分列", en="cannot be split into cells: its quotes do not pair"),
        line=row,
        hint=Words(
            zh='含引号的单元格应整体加引号，其中的引号写两次（""）',
            en='Put a cell with quotes into quotes and write each quote inside twice ("")',
        ),
    )
