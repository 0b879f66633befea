"""Any table of people's own, read whole: what each sheet was taken for, and what each of its rows says.

In: the bytes or the path of a file, what was said beside it, a directory of names, today. Out: a Reading with
every sheet, every event and every problem. Deliberately absent: the log. Whether an event is new, present or
differs is asked by `ledger.files.comparing`, and nothing is written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ledger.errors import Refused
from ledger.events.values.shown import safe
from ledger.files.tables.header.columns import Layout, left_out_names
from ledger.files.tables.header.find import find_header
from ledger.files.tables.header.sheet_types import layout_of, type_of
from ledger.files.tables.options import Directory, Options
from ledger.files.tables.problems import CellProblem, throughout
from ledger.files.tables.rows.reader import RowReader
from ledger.files.tables.rows.row_reading import DueDays, RowReading
from ledger.files.tables.source.grid import Grid
from ledger.files.tables.source.opening import grids_of
from ledger.problems import Problem
from ledger.words import Words

__all__ = ["Options", "Reading", "RowReading", "SheetReading", "read_tables"]

_MOST_NAMED = 3
_EMPTY = Words(zh="是空的", en="is empty")


@dataclass(slots=True)
class SheetReading:
    """What one sheet was taken for.

    `why` says why nothing was read of it, None where it was read. `left_out_numbers` names, by reason, the
    rows that are no events (`blank`, `header`, `sum`, `remark`, `unpaid`) as the sheet numbers its rows;
    `hidden_rows` counts those that are read though hidden.
    """

    file: str
    sheet: str | None
    type_word: str | None = None
    header_row: int | None = None
    left_out_columns: tuple[str, ...] = ()
    left_out_numbers: dict[str, list[int]] = field(default_factory=dict)
    hidden_rows: int = 0
    why: Words | None = None

    @property
    def left_out_rows(self) -> dict[str, int]:
        """How many rows are no events, by reason."""
        return {reason: len(numbers) for reason, numbers in self.left_out_numbers.items()}


@dataclass(slots=True)
class Reading:
    """Everything that a file says."""

    sheets: list[SheetReading] = field(default_factory=list)
    rows: list[RowReading] = field(default_factory=list)

    @property
    def has_problems(self) -> bool:
        """Whether anything in it is wrong."""
        return any(row.problems for row in self.rows)


def no_due_days(_branch: str) -> Sequence[tuple[Words, int]]:
    """Know no form that asks for dues by a day."""
    return ()


def read_tables(
    source: Path | bytes,
    options: Options,
    directory: Directory,
    *,
    today: date,
    name: str | None = None,
    due_days: DueDays = no_due_days,
) -> Reading:
    """Read every table of a file.

    `name` is the file's as people know it; its ending says what it is where its bytes do not. A file that
    cannot be read is a Reading with that one problem.
    """
    shown_name = name if name is not None else str(source) if isinstance(source, Path) else "-"
    try:
        grids = grids_of(source, shown_name)
        return read_grids(grids, options, directory, today, due_days)
    except Refused as refused:
        rows = [
            RowReading(shown_name, None, problem.line, problems=[CellProblem(problem, problem.line)])
            for problem in refused.problems
        ]
        return Reading([SheetReading(shown_name, None, why=refused.problems[0].expected)], rows)


def read_grids(
    grids: Sequence[Grid], options: Options, directory: Directory, today: date, due_days: DueDays
) -> Reading:
    """Read tables that are at hand, as `read_tables` does those of a file. Raises `Refused`."""
    reading = Reading()
    _check_names(grids, options, reading)
    for grid in grids:
        _read_sheet(grid, options, directory, today, due_days, reading)
    if all(sheet.why not in (None, _EMPTY) for sheet in reading.sheets) and not reading.has_problems:
        reading.rows.append(_problem_of(grids[0] if grids else None, reading, _no_table()))
    return reading


def _without_header(grid: Grid) -> Words:
    if all(cell.is_blank for row in grid.rows for cell in row.cells):
        return _EMPTY
    return Words(zh="没有找到表头", en="has no header row that is known")


def _check_names(grids: Sequence[Grid], options: Options, reading: Reading) -> None:
    names = [grid.sheet for grid in grids if grid.sheet is not None]
    for wanted in options.sheets:
        if wanted not in names:
            close = get_close_matches(wanted, names, _MOST_NAMED, 0) or names[:_MOST_NAMED]
            problem = Problem(
                Words(zh=f"没有工作表“{safe(wanted)}”", en=f'has no sheet "{safe(wanted)}"'),
                hint=Words(zh=f"有：{'、'.join(close)}", en=f"It has {', '.join(close)}") if close else None,
            )
            reading.rows.append(_problem_of(grids[0] if grids else None, reading, problem, whole=True))


def _read_sheet(
    grid: Grid,
    options: Options,
    directory: Directory,
    today: date,
    due_days: DueDays,
    reading: Reading,
) -> None:
    sheet = SheetReading(grid.file, grid.sheet)
    reading.sheets.append(sheet)
    if options.sheets and grid.sheet is not None and grid.sheet not in options.sheets:
        sheet.why = Words(zh="没有被 --sheet 选中", en="is not among the sheets that --sheet names")
        return
    if grid.hidden and not options.sheets:
        sheet.why = Words(zh="是隐藏的工作表，可用 --sheet 指明要读", en="is hidden; --sheet can pick it")
        return
    word = type_of(grid, options)
    header = find_header(grid, word, options)
    if header is None:
        sheet.why = _without_header(grid)
        return
    layout, word = layout_of(grid, header, word, options)
    sheet.type_word = layout.type_word
    sheet.header_row = header.row
    sheet.left_out_columns = left_out_names(layout)
    if layout.problems:
        for problem in layout.problems:
            reading.rows.append(RowReading(grid.file, grid.sheet, header.row, problems=[problem]))
        return
    _settle_recorded_by(grid, layout)
    sheet.left_out_columns = left_out_names(layout)
    reader = RowReader(grid, layout, options, directory, today, due_days)
    rows = list(reader.read())
    if rows:
        rows[0].notes += reader.remarks()
    if not reader.lectures:
        layout.left_out |= layout.of_lectures
        sheet.left_out_columns = left_out_names(layout)
    sheet.left_out_numbers = reader.left_out
    sheet.hidden_rows = sum(row.hidden for row in grid.rows[header.first :])
    problems = [problem for row in rows for problem in row.problems]
    for problem in throughout(problems, len({row.row for row in rows}), header.texts, header.row):
        reading.rows.append(RowReading(grid.file, grid.sheet, header.row, problems=[problem]))
    reading.rows += rows


def _settle_recorded_by(grid: Grid, layout: Layout) -> None:
    """Leave out a column of names under 记录人: the log takes the code of who recorded, and nobody's name."""
    import re

    from ledger.events.values.member_codes import MEMBER_CODE
    from ledger.files.tables.values import plain_text

    for at, column in list(layout.fields.items()):
        if column.key != "recorded_by":
            continue
        cells = [row.at(at) for row in grid.rows[layout.header.first :]]
        texts = [plain_text(cell) for cell in cells if not cell.is_blank]
        if any(not re.fullmatch(MEMBER_CODE, text) for text in texts):
            del layout.fields[at]
            layout.left_out[at] = layout.header.texts[at]


def _problem_of(grid: Grid | None, reading: Reading, problem: Problem, *, whole: bool = False) -> RowReading:
    file = grid.file if grid is not None else "-"
    sheet = None if whole or grid is None or len(reading.sheets) > 1 else grid.sheet
    return RowReading(file, sheet, None, problems=[CellProblem(problem)])


def _no_table() -> Problem:
    return Problem(
        Words(zh="没有找到能读的表", en="holds no table that can be read"),
        hint=Words(
            zh="前 20 行里应有一行列名，至少两列认得；记录类型可用 --type 指明",
            en="One of the first 20 rows should name the columns, at least two of them known; "
            "--type says the type",
        ),
    )
