"""What is wrong with a table, told where it stands: the sheet, the cell, the header that people see.

In: a Problem of the catalogue or of a cell. Out: the same with its place, as a sentence in either language.
Deliberately absent: judging.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.events.values.shown import safe, shown
from ledger.files.tables.source.grid import Cell, cell_name
from ledger.files.tables.values import plain_text
from ledger.problems import Problem
from ledger.words import Language, Words

# From so many rows on a column that is wrong throughout is told once more by itself.
_THROUGHOUT = 3


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem of one cell; `column` counts from 0, None where a whole row is meant.

    `header` is the column's own header, as the sheet has it; `label` what a field is called that no column
    says.
    """

    problem: Problem
    row: int | None = None
    column: int | None = None
    header: str | None = None
    label: Words | None = None

    @property
    def cell(self) -> str | None:
        """The cell as spreadsheet programs name it, `C7`."""
        return None if self.row is None or self.column is None else cell_name(self.row, self.column)

    def message(self, language: Language) -> str:
        """Say it in one line: `第 7 行“实缴金额”：应为…，实际为 "二十"。…`."""
        told = Problem(self.problem.expected, None, self.problem.found, self.problem.hint).sentence(language)
        zh = language == "zh"
        place = ""
        if self.row is not None:
            place = f"第 {self.row} 行" if zh else f"row {self.row}"
        if self.header is not None:
            header = shown_header(self.header)
            place += f"“{header}”" if zh else f'{", " if place else ""}"{header}"'
        elif self.label is not None or self.problem.field is not None:
            called = self.label.pick(language) if self.label is not None else self.problem.field
            place += f" {called}" if place else f"{called}"
        if not place:
            return told
        return f"{place}：{told}" if zh else f"{place}: {told}"


def out_of_place(header: str | None, row: int, at: int, cell: Cell) -> CellProblem:
    """Say that a cell holds something where the row's type has no field, or the column no header."""
    if header is None:
        expected = Words(
            zh=f"第 {at + 1} 列没有列名，却有内容",
            en=f"column {at + 1} has no header, but holds something",
        )
        hint = Words(zh="请补上列名，或清空该单元格", en="Name the column, or clear the cell")
    else:
        expected = Words(zh="这种记录没有这个字段", en="is not a field of this type")
        own = shown_header(header)
        hint = Words(
            zh=f"整列都不要的，可加 --map '{own}=' 不读这一列；只这一行不要的，请清空该单元格",
            en=f"Leave the whole column out by --map '{own}=', or clear this cell alone",
        )
    return CellProblem(Problem(expected, None, shown(plain_text(cell)), hint), row, at, header)


def shown_header(text: str) -> str:
    """Return a header on one line: a break inside a Chinese word is no space."""
    joined = "".join(text.split())
    return safe(" ".join(text.split()) if joined.isascii() else joined)


def throughout(
    problems: Iterable[CellProblem], rows: int, headers: Mapping[int, str], header_row: int
) -> list[CellProblem]:
    """Return, for every column that is wrong in all of its rows in one way, that fact once."""
    wrong: dict[int, dict[int, Words]] = {}
    for one in problems:
        if one.column is not None and one.row is not None:
            wrong.setdefault(one.column, {}).setdefault(one.row, one.problem.expected)
    told = []
    for column, by_row in wrong.items():
        if len(by_row) == rows >= _THROUGHOUT:
            ((expected, _),) = Counter(by_row.values()).most_common(1)
            words = Words(
                zh=f"这一列 {rows} 行都不对：{expected.zh}", en=f"all {rows} rows are wrong: {expected.en}"
            )
            told.append(CellProblem(Problem(words), header_row, column, headers.get(column)))
    return told
