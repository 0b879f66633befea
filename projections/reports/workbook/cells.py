"""Cells of a printed form: fonts, lines, numbers as numbers, texts that stay texts.

In: a sheet of openpyxl, a place, a value. Out: the cell, set. Deliberately absent: which cells a form has.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from decimal import Decimal
from functools import cache
from math import ceil
from typing import Literal
from unicodedata import east_asian_width

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ledger.files.formats import MAX_TEXT, escape
from ledger.words import Language
from projections.text.amounts import clean
from rubrics.numbers import print_points

POINTS_FORMAT = "0.00"
LINE: dict[Language, float] = {"zh": 14.5, "en": 13.0}
PADDING = 5.0
"""Points of height that a line of the body takes, and what a row has beside its lines."""
# Latin letters are narrower than the digits in which the width of a column is measured.
_ROOM: dict[Language, float] = {"zh": 1.0, "en": 1.12}

_FACES: dict[Language, tuple[str, str]] = {"zh": ("宋体", "黑体"), "en": ("Calibri", "Calibri")}
_WORDS = re.compile(r"\s+|[\x21-\x2c\x2e-\x7e\xa0-\u10ff]*-|[\x21-\x7e\xa0-\u10ff]+|.", re.DOTALL)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADES = {"head": PatternFill("solid", fgColor="E7E6E6"), "sum": PatternFill("solid", fgColor="F5F5F5")}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks."""

    across: Literal["left", "center", "right"] = "left"
    down: Literal["top", "center"] = "center"
    bold: bool = False
    heading: bool = False
    size: float = 10
    color: str = "000000"
    shade: Literal["", "head", "sum"] = ""
    boxed: bool = True


PLAIN = Look()
CENTERED = Look(across="center")


@dataclass(slots=True)
class Canvas:
    """A sheet to write on, row by row."""

    sheet: Worksheet
    language: Language
    widths: Sequence[float]
    row: int = 1
    heights: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, width in enumerate(self.widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width

    def put(self, column: int, value: str | int | None, look: Look = PLAIN, upto: int | None = None) -> Cell:
        """Set a cell of the current row, over several columns where `upto` says so.

        A whole number is points in hundredths, shown with two decimals.
        """
        cell = self._place(self.row, column, look)
        if isinstance(value, str):
            set_text(cell, value)
        elif value is not None:
            cell.value = Decimal(value) / 100
        if upto is not None and upto > column:
            self.merge(column, upto, self.row, self.row)
        return cell

    def merge(self, first: int, last: int, top: int, bottom: int) -> None:
        """Make one cell of several, with the look and the lines of the first."""
        self.sheet.merge_cells(start_row=top, end_row=bottom, start_column=first, end_column=last)

    def end_row(self, *texts: tuple[str, int, int, Look], least: float = 0) -> float:
        """Set the height at which each text (text, first column, last column, look) is seen; go on below.

        Returns the height, in points.
        """
        height = max((self.height_of(*text) for text in texts), default=0.0)
        height = max(height, least)
        # A row of a workbook is at most 409 points high.
        self.heights[self.row] = self.sheet.row_dimensions[self.row].height = min(height, 409.0)
        self.row += 1
        return height

    def height_of(self, text: str, first: int, last: int, look: Look) -> float:
        """Return the height, in points, of a text in a cell from one column to another."""
        scale = look.size / 10
        room = sum(self.widths[first - 1 : last]) / scale * _ROOM[self.language]
        return lines_of(text, room) * LINE[self.language] * scale + PADDING

    def stretch(self, points: float) -> None:
        """Make the last row higher, by nothing where less than nothing is missing."""
        last = self.row - 1
        self.heights[last] = min(self.heights[last] + max(0.0, points), 409.0)
        self.sheet.row_dimensions[last].height = self.heights[last]

    def _place(self, row: int, column: int, look: Look) -> Cell:
        cell = self.sheet.cell(row=row, column=column)
        assert isinstance(cell, Cell)
        # By name: setting a font, a border, an alignment cell by cell takes many times as long.
        cell.style = self._style_of(look)
        return cell

    def _style_of(self, look: Look) -> str:
        name = _name_of(look)
        book = self.sheet.parent
        assert book is not None
        if name not in book.named_styles:
            face = _FACES[self.language][look.heading]
            style = NamedStyle(
                name,
                font=Font(name=face, size=look.size, bold=look.bold, color=look.color),
                alignment=Alignment(horizontal=look.across, vertical=look.down, wrap_text=True),
                number_format=POINTS_FORMAT,
            )
            if look.boxed:
                style.border = _BOX
            if look.shade:
                style.fill = _SHADES[look.shade]
            book.add_named_style(style)
        return name


@cache
def _name_of(look: Look) -> str:
    """Name a look as a workbook's list of styles shows it."""
    return "zhibu " + "-".join(str(value) for value in astuple(look) if value not in ("", False))


def set_text(cell: Cell, text: str) -> None:
    """Set a text, never a formula: what a program could take for one is marked as text."""
    shown = escape(clean(text))[:MAX_TEXT]
    cell.value = shown
    cell.data_type = "s"
    if shown.startswith(_FORMULA):
        cell.quotePrefix = True


def width_of(text: str) -> int:
    """Return how many columns of a half-width character a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def room_of(hundredths: int) -> float:
    """Return the width of a column in which points are seen as a number, and not as ###."""
    return len(print_points(hundredths)) + 2.0


def lines_of(text: str, columns: float) -> int:
    """Return how many lines a text takes in a cell of so many half-width characters."""
    room = max(columns - 1.0, 2.0)
    count = 0
    for paragraph in text.split("\n"):
        used, count = 0.0, count + 1
        for piece in _WORDS.findall(paragraph):
            wide = width_of(piece)
            if used + wide <= room:
                used += wide
            elif piece.isspace():
                continue
            elif wide <= room:
                count, used = count + 1, wide
            else:
                spilled = ceil((used + wide) / room) - 1
                count, used = count + spilled, used + wide - spilled * room
    return count
