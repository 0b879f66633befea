"""Workbooks as tables: XLSX by openpyxl, older and other kinds (.xls, .xlsb, .ods) by calamine.

In: the bytes of a file. Out: a table a sheet, hidden ones marked, merged cells filled, formulas as the
results that the spreadsheet program stored. Deliberately absent: evaluating anything, and what the cells
mean.

openpyxl reads XLSX though calamine is ten times as quick: only it tells hidden rows, formulas without a
result and error values apart. The parser of its sheets is used by itself, so that a file which says that it
is vast is refused while it is counted.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from ledger.errors import Refused
from ledger.files.formats import CHOICES_SHEET, unescape
from ledger.files.tables.source.grid import (
    EMPTY,
    MOST_BYTES,
    MOST_CELLS,
    MOST_SHEETS,
    Cell,
    Counted,
    Filled,
    Grid,
    Row,
)
from ledger.problems import Problem
from ledger.words import Words

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_ARCHIVE = b"PK\x03\x04"
# A sheet of texts seldom packs better than 1:50; what is small when unpacked may pack as it likes.
MOST_UNPACKED = 200 << 20
_SMALL = 64 << 20
_MOST_RATIO = 200
_MOST_STRINGS = 1_000_000
_MOST_MERGES = 20_000
_STRING = re.compile(rb"<(?:\w+:)?si[ />]")
_BLOCK = 1 << 20


def read_workbook(data: bytes, name: str) -> list[Grid]:
    """Return the sheets of an XLSX workbook, the list of choices of a template left out.

    Raises `Refused` where the file is no workbook, is locked by a password, or would unpack to a flood.
    """
    if data.startswith(_COMPOUND_FILE):
        raise Refused([_locked()])
    _check_archive(data)
    with warnings.catch_warnings():
        # openpyxl warns of decorations that it does not know; they carry no data.
        warnings.simplefilter("ignore")
        try:
            return list(_sheets(data, name))
        except Refused:
            raise
        # A library that takes apart what somebody else put together may stumble over it in any way.
        except Exception:
            raise Refused([_not_a_workbook()]) from None


def read_other_workbook(data: bytes, name: str) -> list[Grid]:
    """Return the sheets of an old or foreign workbook (.xls, .xlsb, .ods). Raises `Refused` as above."""
    import python_calamine

    if data.startswith(_ARCHIVE):
        _check_archive(data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        grids = []
        for about in book.sheets_metadata[:MOST_SHEETS]:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
            grids.append(Grid(name, about.name, _rows_of_other(sheet), hidden))
    except Refused:
        raise
    # It says what is wrong by any of its own errors, or by a panic of the language it is written in.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Refused([_not_a_workbook()]) from None
    return grids


def wps_sheet() -> Problem:
    """Return the refusal of a sheet in WPS's own old format."""
    return Problem(
        Words(zh="是 WPS 的 .et 格式，无法读取", en="is a sheet in WPS's own format .et and cannot be read"),
        hint=Words(
            zh="请在 WPS 中“文件 → 另存为”，类型选“Microsoft Excel 文件 (*.xlsx)”",
            en='In WPS choose "Save as" and the type "Microsoft Excel (*.xlsx)"',
        ),
    )


def _rows_of_other(sheet: Any) -> list[Row]:
    counted = Counted()
    top, left = sheet.start or (0, 0)
    bottom, right = sheet.end or (0, 0)
    counted.row(bottom + 1, right + 1)
    rows = {}
    for at, values in enumerate(sheet.to_python(skip_empty_area=True)):
        number = top + at + 1
        counted.row(number, left + len(values))
        rows[number] = [EMPTY] * left + [Cell(_plain(value)) for value in values]
    merges = [(a + 1, b, c + 1, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
    return _filled({number: (cells, False) for number, cells in rows.items()}, merges, counted)


def _plain(value: object) -> object:
    """Return a whole number as one: calamine knows binary floats only."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def _sheets(data: bytes, name: str) -> Iterator[Grid]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        dates_from_1904 = getattr(book, "epoch", None) == datetime.datetime(1904, 1, 1)  # noqa: DTZ001
        for sheet in book.worksheets[:MOST_SHEETS]:
            if sheet.title != CHOICES_SHEET and hasattr(sheet, "_get_source"):
                hidden = sheet.sheet_state != "visible"
                yield Grid(name, sheet.title, _rows(book, sheet), hidden, True, dates_from_1904)
    finally:
        book.close()


def _rows(book: Any, sheet: Any) -> list[Row]:
    counted = Counted()
    rows: dict[int, tuple[list[Cell], bool]] = {}
    with sheet._get_source() as source:
        parser = _parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            counted.row(number, max((cell["column"] for cell in cells), default=0))
            hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in ("1", "true")
            rows[number] = (_row(cells), hidden)
        merged = parser.merged_cells.mergeCell if parser.merged_cells is not None else []
    merges = [(m.min_row, m.min_col - 1, m.max_row, m.max_col - 1) for m in merged[:_MOST_MERGES]]
    return _filled(rows, merges, counted)


def _parser(*args: Any, **kwargs: Any) -> Any:
    from openpyxl.worksheet import _reader

    class Parser(_reader.WorkSheetParser):
        """Tells a formula without a stored result from an empty cell."""

        def parse_cell(self, element: Any) -> Any:
            cell = super().parse_cell(element)
            unanswered = cell["data_type"] != "str" or element.find(_reader.VALUE_TAG) is None
            if cell["value"] is None and unanswered and element.find(_reader.FORMULA_TAG) is not None:
                cell["data_type"] = "f"
                cell["value"] = f"={element.findtext(_reader.FORMULA_TAG) or ''}"
            return cell

    return Parser(*args, **kwargs)


def _row(cells: Sequence[Any]) -> list[Cell]:
    row: list[Cell] = []
    for cell in cells:
        at = cell["column"] - 1
        row += [EMPTY] * (at + 1 - len(row))
        row[at] = _cell(cell["value"], cell["data_type"])
    return row


def _cell(value: object, data_type: str) -> Cell:
    if data_type == "f":
        return Cell(value, "formula")
    if data_type == "e":
        return Cell(value, "error")
    if isinstance(value, str):
        return Cell(unescape(value).replace("\r\n", "\n"))
    return Cell(value)


def _filled(
    rows: dict[int, tuple[list[Cell], bool]],
    merges: Sequence[tuple[int, int, int, int]],
    counted: Counted,
) -> list[Row]:
    """Give the value of each merged cell to every row, and every column, that it covers."""
    last = max(rows, default=0)
    for top, left, bottom, right in merges:
        anchor = rows.get(top)
        if anchor is None or left >= len(anchor[0]) or bottom < top or right < left:
            continue
        value = anchor[0][left]
        # A merge over the whole height of a sheet ends where the sheet does.
        end = min(bottom, last)
        counted.cells += (end - top + 1) * (right - left + 1)
        if counted.cells > MOST_CELLS:
            counted.row(1, 0)
        spans = end > top
        for number in range(top, end + 1):
            cells, _ = rows.setdefault(number, ([], False))
            cells.extend([EMPTY] * (right + 1 - len(cells)))
            for at in range(left, right + 1):
                filled: Filled = "across" if at > left else "down" if number > top else ""
                cells[at] = value._replace(filled=filled, spans=spans)
    return [Row(number, *rows[number]) for number in sorted(rows)]


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > max(1, len(data)) * _MOST_RATIO):
                raise Refused([_flood(unpacked)])
            for member in members:
                if member.filename.lower().endswith("sharedstrings.xml"):
                    _count_strings(archive, member)
    except Refused:
        raise
    except Exception:
        raise Refused([_not_a_workbook()]) from None


def _count_strings(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    count = 0
    rest = b""
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            text = rest + block
            count += len(_STRING.findall(text))
            # So short that no whole mark lies in it: none is counted twice.
            rest = text[-3:]
            if count > _MOST_STRINGS:
                raise Refused([_flood(member.file_size)])


def _not_a_workbook() -> Problem:
    return Problem(
        Words(zh="不是工作簿，或已损坏", en="is no workbook, or is damaged"),
        hint=Words(zh="请在表格软件中另存为 .xlsx", en="Save it as .xlsx from the spreadsheet program"),
    )


def _locked() -> Problem:
    return Problem(
        Words(
            zh="是加密的工作簿，或结尾写错的旧式 .xls，无法读取",
            en="is a workbook with a password, or an old .xls under another ending, and cannot be read",
        ),
        hint=Words(zh="请去掉密码并另存为 .xlsx", en="Save it as .xlsx without a password"),
    )


def _flood(unpacked: int) -> Problem:
    return Problem(
        Words(
            zh="解压后过大，文件可能有问题，未读取",
            en="unpacks to far more than a sheet of events holds and was not read",
        ),
        found=f"{unpacked / (1 << 20):,.0f} MiB",
        hint=Words(
            zh="请分成几个工作簿，或改用 JSON Lines",
            en="Split it into several workbooks, or use JSON Lines",
        ),
    )


def too_large(size: int) -> Problem:
    """Return the refusal of a file of more bytes than a table may have."""
    return Problem(
        Words(zh=f"文件过大，最多 {MOST_BYTES >> 20} MiB", en=f"is larger than {MOST_BYTES >> 20} MiB"),
        found=f"{size / (1 << 20):,.0f} MiB",
        hint=Words(zh="请分成几个文件", en="Split it into several files"),
    )
