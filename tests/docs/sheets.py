"""Sheets filled in as a person fills them in, from a table of a page.

In: a workbook that `zhibu template` made, and a Markdown table with some of its headers; or, where there is
no such file yet, the table as somebody made it. Out: the workbook with a row for each of the table.
Deliberately absent: any knowledge of types of events; what a cell takes is what its column is formatted for.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

_DAY = "yyyy-mm-dd"
_TEXT = "@"
_AMOUNT = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?")


def fill(path: Path, table: str) -> None:
    """Type the rows of a table under the headers of a workbook's first sheet, below what is there."""
    headers, _, *rows = [_cells(line) for line in table.splitlines()]
    if not path.exists():
        _make(path, [headers, *rows])
        return
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for number, row in enumerate(rows, start=sheet.max_row + 1):
        for header, text in zip(headers, row, strict=True):
            column = columns[header]
            made_for = sheet.column_dimensions[get_column_letter(column)].number_format
            cell = sheet.cell(row=number, column=column)
            cell.value = _typed(text, made_for)
            cell.number_format = made_for
    book.save(path)


def _make(path: Path, rows: list[list[str]]) -> None:
    """Make somebody's own sheet, numbers as numbers."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append([float(text) if _AMOUNT.fullmatch(text) else text or None for text in row])
    book.save(path)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _typed(text: str, made_for: str) -> str | float | datetime | None:
    if not text:
        return None
    if made_for == _DAY:
        return datetime.fromisoformat(text)
    return text if made_for == _TEXT else float(text)
