"""A table as it stands in a file, before anybody knows what it means.

In: nothing; the readers of workbooks and texts fill it. Out: the types Cell, Row and Grid, the bounds of a
table, and a cell's name. Deliberately absent: what a cell means.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ledger.errors import Refused
from ledger.problems import Problem
from ledger.words import Words

# Counted while reading, before anything is unfolded: a small file can say that it is vast.
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000
MOST_SHEETS = 200
MOST_BYTES = 50 << 20

Filled = Literal["", "down", "across"]
State = Literal["value", "formula", "error"]


class Cell(NamedTuple):
    """One cell: what it holds, and whether that is a value at all.

    `state` is `formula` where a formula has no stored result, `error` where it is an error value. `filled`
    says that the value was given by a merged cell above (`down`) or to the left (`across`); `spans` that
    the cell belongs to one that was merged over several rows.
    """

    value: object
    state: State = "value"
    filled: Filled = ""
    spans: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it; space is nothing."""
        if self.value is None or self.filled == "across":
            return True
        return isinstance(self.value, str) and not self.value.strip()


EMPTY = Cell(None)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the number that a spreadsheet program shows beside it."""

    number: int
    cells: Sequence[Cell]
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """Return the cell of a column, counted from 0; an empty one where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else EMPTY


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: of a sheet, or of a file of separated text (then `sheet` is None).

    `typed`: its cells have types, as those of workbooks do; a text file has nothing but texts. Rows that hold
    nothing need not be there.
    """

    file: str
    sheet: str | None
    rows: Sequence[Row]
    hidden: bool = False
    typed: bool = True
    date_1904: bool = False


@dataclass(slots=True)
class Counted:
    """Counts what is read, and refuses more than a table may hold."""

    cells: int = 0
    rows: int = field(default=0)

    def row(self, number: int, columns: int) -> None:
        """Count a row; raises `Refused` where it lies too far down or out, or is one too many."""
        self.rows += 1
        self.cells += columns
        if number > MOST_ROWS or self.rows > MOST_ROWS:
            raise Refused([_beyond("行", "rows", MOST_ROWS)])
        if columns > MOST_COLUMNS:
            raise Refused([_beyond("列", "columns", MOST_COLUMNS)])
        if self.cells > MOST_CELLS:
            raise Refused([_beyond("个单元格", "cells", MOST_CELLS)])


def cell_name(row: int, column: int) -> str:
    """Return a cell's name as spreadsheet programs show it, `C7`; the column is counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _beyond(zh: str, en: str, most: int) -> Problem:
    return Problem(
        Words(zh=f"一张表最多 {most} {zh}，未读取", en=f"holds more than {most:,} {en} and was not read"),
        hint=Words(
            zh="请删去表格以外的内容，或分成几个文件",
            en="Remove what lies outside the table, or split the file",
        ),
    )
