"""Workbooks (XLSX) as rows of cells, and rows of texts as workbooks.

In: the path of a workbook, or a stream to write one to. Out: for every row of every sheet its number and
its cells with the letters that say what they hold. Formulas come out as formulas: nothing is evaluated.
Deliberately absent: what the cells mean (`values`, `sheets`). openpyxl is loaded only when a workbook is.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from ledger.errors import Refused
from ledger.problems import Problem
from ledger.words import Words

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

CHOICES_SHEET = "_choices"
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MUST_ESCAPE = re.compile("[\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
# A sheet of texts seldom packs better than 1:50; what is small when unpacked may pack as it likes.
_MAX_UNPACKED = 2 << 30
_SMALL = 64 << 20
_MAX_RATIO = 200


class Cell(NamedTuple):
    """A cell's value as stored, and the workbook's letter for what it is (`s` text, `f` formula …)."""

    value: object
    data_type: str


class Sheet(NamedTuple):
    """One sheet: its name, and its rows as (row number, cells), from the top, gaps as empty rows.

    `one_of_many`: the workbook has others, so that a row's number alone does not tell where it is.
    """

    name: str
    one_of_many: bool
    rows: Iterator[tuple[int, list[Cell]]]


@contextmanager
def open_sheets(path: Path) -> Iterator[Iterator[Sheet]]:
    """Open a workbook; its sheets come one after the other, the list of choices of a template left out.

    Raises `Refused` where the file is no workbook, is locked by a password, or would unpack to a flood.
    """
    _check_archive(path)
    with path.open("rb") as stream:
        workbook = _load(stream)
        try:
            yield _sheets(workbook)
        finally:
            workbook.close()


def escape(text: str) -> str:
    """Return a text as workbooks spell it: what XML cannot hold, and what looks like such a spelling."""
    return _MUST_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _sheets(workbook: "Workbook") -> Iterator[Sheet]:
    sheets = [sheet for sheet in workbook.worksheets if sheet.title != CHOICES_SHEET]
    for sheet in sheets:
        yield Sheet(sheet.title, len(sheets) > 1, _rows(sheet))


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    # The size that a sheet states may be a lie; without it every row is read to its end.
    sheet.reset_dimensions()
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            yield number, [_cell(cell.value, cell.data_type) for cell in row]
    # A library that takes apart what somebody else put together may stumble over it in any way.
    except Exception:
        raise Refused([_not_a_workbook()]) from None


def _cell(value: object, data_type: str) -> Cell:
    if isinstance(value, str) and data_type != "f":
        value = unescape(value).replace("\r\n", "\n")
    return Cell(value, data_type)


def _load(stream: BinaryIO) -> "Workbook":
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of decorations that it does not know; they carry no data.
        warnings.simplefilter("ignore")
        try:
            return load_workbook(stream, read_only=True, data_only=False, keep_links=False)
        except Exception:
            raise Refused([_not_a_workbook()]) from None


def _check_archive(path: Path) -> None:
    with path.open("rb") as stream:
        if stream.read(4) == _COMPOUND_FILE:
            raise Refused([_locked()])
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise Refused([_not_a_workbook()]) from None
    packed = max(1, path.stat().st_size)
    if unpacked > _MAX_UNPACKED or (unpacked > _SMALL and unpacked > packed * _MAX_RATIO):
        raise Refused([_flood(unpacked)])


def _not_a_workbook() -> Problem:
    return Problem(
        Words(zh="不是 XLSX 工作簿，或已损坏", en="is no XLSX workbook, or is damaged"),
        hint=Words(
            zh="请在表格软件中另存为 .xlsx",
            en="Save it as .xlsx from the spreadsheet program",
        ),
    )


def _locked() -> Problem:
    return Problem(
        Words(
            zh="是加密的工作簿或旧式 .xls，无法读取",
            en="is a workbook with a password, or an old .xls, and cannot be read",
        ),
        hint=Words(
            zh="请去掉密码并另存为 .xlsx",
            en="Save it as .xlsx without a password",
        ),
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
