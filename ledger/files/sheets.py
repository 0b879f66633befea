"""Sheets of events, CSV and XLSX alike: a header row, then one event a row.

In: the path of a file and its name as the user gave it. Out: a `Line` for every row that is not blank: the
event, or why there is none, with the row's number. Deliberately absent: the stream, and appending.

The type of a row stands in its `type` cell; where that is blank or not there, the sheet's name says it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ledger.errors import Refused
from ledger.events import CATALOGUE, Event, parse_cells
from ledger.events.kinds import nearest
from ledger.events.shown import safe, shown
from ledger.files.csv import read_records
from ledger.files.headers import Column, Headers, type_named
from ledger.files.values import cell_text
from ledger.files.xlsx import Cell, open_sheets
from ledger.intake.admission import Line
from ledger.problems import Problem
from ledger.words import Words

Row = tuple[int, Sequence[Cell]]


def read_csv(path: Path, name: str, type_word: str | None = None) -> Iterator[Line]:
    """Yield the rows of a CSV file.

    A row that does not say its type is of `type_word`, or else of the type that the file is named after. Its
    number is the line of the file at which it begins.
    """
    records = ((number, [Cell(text, "s") for text in texts]) for number, texts in read_records(path))
    try:
        yield from _lines(records, name, type_word or type_named(path.stem))
    except Refused as refused:
        yield from _unreadable(name, refused)


def read_xlsx(path: Path, name: str, type_word: str | None = None) -> Iterator[Line]:
    """Yield the rows of all sheets of a workbook.

    A row that does not say its type is of the type that its sheet is named after, or else of `type_word`.
    Where there are several sheets, the sheet's name follows the file's.
    """
    try:
        with open_sheets(path) as sheets:
            for sheet in sheets:
                place = f"{name}[{sheet.name}]" if sheet.one_of_many else name
                yield from _lines(sheet.rows, place, type_named(sheet.name) or type_word)
    except Refused as refused:
        yield from _unreadable(name, refused)


def _lines(rows: Iterable[Row], name: str, type_word: str | None) -> Iterator[Line]:
    headers: Headers | None = None
    for number, cells in rows:
        if all(_is_blank(cell) for cell in cells):
            continue
        if headers is None:
            try:
                headers = Headers([_header(cell) for cell in cells], type_word)
            except Refused as refused:
                # Without its headers no row can be read: their problems are all there is to tell.
                yield Line(name, number, refused)
                return
        else:
            yield Line(name, number, _event(cells, headers, type_word))


def _event(cells: Sequence[Cell], headers: Headers, type_word: str | None) -> Event | Refused:
    word = _type_of(cells, headers, type_word)
    if isinstance(word, Problem):
        return Refused([word])
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    columns = headers.columns(word)
    for at, cell in enumerate(cells):
        if at == headers.type_at or _is_blank(cell):
            continue
        column = columns.get(at)
        if column is None:
            problems.append(_out_of_place(at, cell, headers, word))
            continue
        text = cell_text(cell.value, cell.data_type, column.info.kind)
        if isinstance(text, Problem):
            problems.append(replace(text, field=column.path))
        elif column.key in texts:
            problems.append(Problem(Words(zh="不得填写两次", en="must not be given twice"), column.path))
        else:
            texts[column.key] = _stored_word(text, column)
    if problems:
        return Refused(problems)
    try:
        return parse_cells(word, texts)
    except Refused as refused:
        return refused


def _type_of(cells: Sequence[Cell], headers: Headers, type_word: str | None) -> str | Problem:
    at = headers.type_at
    if at is None or at >= len(cells) or _is_blank(cells[at]):
        return type_word or Problem(Words(zh="必填", en="is required"), "type")
    text = cell_text(cells[at].value, cells[at].data_type, "choice")
    if isinstance(text, Problem):
        return replace(text, field="type")
    return type_named(text) or Problem(
        Words(zh="应为记录类型，见目录", en="must be an event type of the catalogue"),
        "type",
        shown(text),
        nearest(text, list(CATALOGUE)),
    )


def _stored_word(text: str, column: Column) -> str:
    """Return the word whose label a template offered for a code; every other kind knows its labels itself."""
    if column.info.kind == "code":
        for word, described in column.info.choices.items():
            if text.strip() in described.label:
                return word
    return text


def _header(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def _out_of_place(at: int, cell: Cell, headers: Headers, word: str) -> Problem:
    header = headers.texts.get(at)
    if header is None:
        expected = Words(
            zh=f"第 {at + 1} 列没有列名，却有内容", en=f"column {at + 1} has no header, but holds something"
        )
    else:
        expected = Words(zh=f"{word} 没有这个字段", en=f"is not a field of {word}")
    return Problem(
        expected,
        None if header is None else safe(header.strip()),
        shown(str(cell.value)),
        Words(zh="请清空该单元格", en="Clear the cell"),
    )


def _unreadable(name: str, refused: Refused) -> Iterator[Line]:
    """Tell why reading ended, each reason where it showed."""
    for problem in refused.problems:
        yield Line(name, problem.line, Refused([problem]))


def _is_blank(cell: Cell) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
