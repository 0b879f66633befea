"""A sheet mended on the page: what was typed into its cells, headers chosen or cleared, a year for its days.

In: the fields of the page's form, the tables as their file has them, what was read of them. Out: the tables
with what was typed. Deliberately absent: reading (`ledger.files`); the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ledger.events import ENVELOPE
from ledger.files.headers import columns_of, header_of
from ledger.files.tables.days import in_year
from ledger.files.tables.header.meanings import columns_meant
from ledger.files.tables.reading import Reading
from ledger.files.tables.source.grid import Cell, Grid, Row
from ledger.files.tables.values import plain_text
from ledger.words import Language

_YEARS = range(1921, 2101)

Edits = dict[tuple[int, int, int], str]
"""What was typed into cells: by sheet from 0, row as numbered in the file, column from 0."""


def edits_in(form: Mapping[str, str]) -> Edits:
    """Return what was typed into cells, by their place."""
    edits: Edits = {}
    for name, value in form.items():
        parts = name.split(".")
        if parts[0] == "cell" and len(parts) == 4 and all(part.isdecimal() for part in parts[1:]):
            sheet, number, column = (int(part[:9]) for part in parts[1:])
            edits[sheet, number, column] = value
    return edits


def cleared(grids: Sequence[Grid], edits: Edits, reading: Reading) -> dict[tuple[int, int, int], str]:
    """Return the headers that were cleared, by their place: their columns are to be left out."""
    found = {}
    for place, value in edits.items():
        sheet, number, column = place
        if value.strip() or sheet >= len(grids):
            continue
        header_rows = {one.header_row for one in reading.sheets if one.sheet == grids[sheet].sheet}
        row = next((one for one in grids[sheet].rows if one.number == number), None)
        was = None if row is None else row.at(column).value
        if number in header_rows and was is not None and str(was).strip():
            found[place] = str(was)
    return found


def mended(grids: list[Grid], edits: Edits) -> list[Grid]:
    """Put what was typed into the cells that it mends."""
    if not edits:
        return grids
    by_row: dict[tuple[int, int], dict[int, str]] = {}
    for (at, number, column), value in edits.items():
        by_row.setdefault((at, number), {})[column] = value
    made = []
    for at, grid in enumerate(grids):
        rows = []
        for row in grid.rows:
            cells = list(row.cells)
            for column, value in by_row.get((at, row.number), {}).items():
                if column < 1_000:
                    cells += [Cell(None)] * (column + 1 - len(cells))
                    cells[column] = Cell(value)
            rows.append(replace(row, cells=cells))
        made.append(replace(grid, rows=rows))
    return made


def year_of(typed: str) -> int | None:
    """Return the year that was typed for days without one; None where it is none."""
    text = typed.strip().removesuffix("年")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if year in _YEARS else None


def yearless(grids: Sequence[Grid], reading: Reading, year: int) -> Edits:
    """Return the cells that were refused as days without their year, by their place, as days of a year."""
    found: Edits = {}
    rows = {(at, row.number): row for at, grid in enumerate(grids) for row in grid.rows}
    for one in reading.rows:
        at = next((at for at, grid in enumerate(grids) if grid.sheet == one.sheet), 0)
        for problem in one.problems:
            row = rows.get((at, problem.row or 0))
            if row is None or problem.column is None or "YYYY-MM-DD" not in problem.problem.expected.en:
                continue
            day = in_year(plain_text(row.at(problem.column)), year)
            if day is not None:
                found[at, row.number, problem.column] = day
    return found


def names_for(
    header: Row | None, type_word: str | None, types: Iterable[str], language: Language
) -> list[str]:
    """Return what a column may be called, in the reader's language: the fields that no column holds yet.

    Where the sheet is of no one type, the fields of all `types`.
    """
    if type_word is None:
        several = [column for word in types for column in columns_of(word)]
        labels = [ENVELOPE["type"].label, *(column.info.label for column in several)]
        return list(dict.fromkeys(label.pick(language) for label in labels))
    texts = [] if header is None else [plain_text(cell) for cell in header.cells]
    held = {column.key for text in texts for column in columns_meant(text, type_word)[:1]}
    columns = columns_of(type_word)
    return [header_of(column, columns, language) for column in columns if column.key not in held]
