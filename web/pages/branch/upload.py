"""A sheet of people's own: read, every row with its problems at the cell, mended in place, saved at once.

In: a file, what mends it. Out: all of its events, or nothing. Deliberately absent: how sheets are read
(`ledger.files`); keeping the file, which travels with the form until it is saved.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ledger.access.actors import RightsInTree
from ledger.errors import Refused
from ledger.events import CATALOGUE
from ledger.files.importing import Answer as Taken
from ledger.files.importing import Policy, RowAnswer, take_in
from ledger.files.tables.options import Options
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.reading import Reading, SheetReading, no_due_days, read_grids
from ledger.files.tables.rows.leftovers import LEFT_OUT_ROWS
from ledger.files.tables.rows.row_reading import RowReading
from ledger.files.tables.source.grid import Grid
from ledger.files.tables.source.opening import grids_of
from ledger.names import Directory
from ledger.words import Words
from web.pages.branch.log import may_log
from web.pages.branch.mending import cleared, edits_in, mended, names_for, year_of, yearless
from web.pages.pressing import at_page, remark
from web.pages.saying import event_said, impact_lines
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, Upload, address
from web.words import WORDS

_MOST_ROWS = 5_000
_MOST_SHOWN = 300
_MOST_NAMED = 12
_POLICIES = ("update", "as_new", "again", "leave")


class EditCell(NamedTuple):
    """A cell that can be mended: its place, header, what it holds, what is wrong;
    `names` are what it may be called where it is a header.
    """

    name: str
    cell: str
    header: str
    value: str
    problems: Sequence[str]
    names: Sequence[str] = ()


@dataclass(slots=True)
class Row:
    """A row as the page shows it."""

    place: str
    state: str
    said: str
    notes: Sequence[str]
    problems: Sequence[str]
    cells: Sequence[EditCell] = ()


def upload(ask: Ask) -> Answer:
    """Ask for a sheet; show what would come of it; save it."""
    if not ask.posted:
        return Page("upload.html", {"rows": None, "saved": ask.query.text("saved"), "problem": ""})
    sent = _sent(ask)
    if sent is None:
        values = {"rows": None, "saved": "", "problem": ask.pick(WORDS["no_file"])}
        return Page("upload.html", values, 422)
    try:
        whole = grids_of(sent.content, sent.name)
    except Refused as refused:
        told = [at_page(CellProblem(one, one.line)).message(ask.language) for one in refused.problems]
        values = {"rows": None, "saved": "", "problem": f"{sent.name}：{chr(10).join(told)}"}
        return Page("upload.html", values, 422)
    grids, reading = _read(ask, sent, whole)
    if len(reading.rows) > _MOST_ROWS:
        raise Problematic(413, WORDS["too_many_rows"])
    _refuse_types(ask, reading)
    policy = Policy(**{name: name in ask.form.all("policy") for name in _POLICIES})
    taken = take_in(
        ask.desk.store,
        [reading],
        policy,
        now=ask.now,
        today=ask.today,
        known=ask.desk.known,
        rights=None if ask.actor.holder else RightsInTree(ask.actor, ask.tree),
        recorded_by=ask.actor.code,
        dry=not ask.saves,
    )
    if ask.saves and not taken.hinders:
        count = str(taken.appended + taken.corrected)
        return SeeOther(address("b", ask.branch, "upload", saved=count))
    return _page(ask, sent, grids, taken)


def _sent(ask: Ask) -> Upload | None:
    """Return the file: just sent, or travelling with the form."""
    fresh = ask.form.uploads.get("file")
    if fresh is not None:
        return fresh
    if not ask.form.text("content"):
        return None
    try:
        content = base64.b64decode(ask.form["content"], validate=True)
    except (binascii.Error, ValueError):
        return None
    return Upload(ask.form.text("name")[:200] or "sheet.xlsx", content)


def _read(ask: Ask, sent: Upload, whole: list[Grid]) -> tuple[list[Grid], Reading]:
    word = ask.form.text("type")
    if word and word not in CATALOGUE:
        raise Problematic(422, WORDS["hidden_page"])
    options = Options(branch=ask.branch, year=ask.today.year, type_word=word or None)
    directory = Directory(ask.desk.store, lambda code: code in ask.desk.readable)
    edits = edits_in(ask.form)
    try:
        grids = mended(whole, edits)
        reading = read_grids(grids, options, directory, ask.today, no_due_days)
        dropped = cleared(whole, edits, reading)
        if dropped:
            edits = {place: row for place, row in edits.items() if place not in dropped}
            options = replace(options, map=dict.fromkeys(dropped.values(), ""))
            grids = mended(whole, edits)
            reading = read_grids(grids, options, directory, ask.today, no_due_days)
        year = year_of(ask.form.text("year"))
        days = {} if year is None else yearless(grids, reading, year)
        if days:
            grids = mended(whole, edits | days)
            reading = read_grids(grids, options, directory, ask.today, no_due_days)
        return grids, reading
    except Refused as refused:
        rows = [
            RowReading(sent.name, None, problem.line, problems=[CellProblem(problem, problem.line)])
            for problem in refused.problems
        ]
        return [], Reading([SheetReading(sent.name, None, why=refused.problems[0].expected)], rows)


def _refuse_types(ask: Ask, reading: Reading) -> None:
    """Raise where a row is of a type that may not be written here, or of another organisation."""
    for row in reading.rows:
        event = row.event
        if event is None or event.branch not in ask.desk.readable:
            continue
        payload = event.data.model_dump(mode="json")
        if not ask.actor.may_write(event.branch, ask.tree, event.type, payload):
            raise Problematic(403, WORDS["no_right"])


def _page(ask: Ask, sent: Upload, grids: Sequence[Grid], taken: Taken) -> Page:
    order = {"problem": 0, "differs": 0, "duplicate": 0, "retracted": 0, "new": 1, "present": 2}
    rows = sorted(taken.rows, key=lambda row: 0 if row.problems else order.get(row.state, 1))
    states = {state: sum(row.state == state for row in taken.rows) for state in order}
    impacts = [] if taken.hinders else _impact(ask, taken)
    headers = {one.sheet: one for one in taken.sheets}
    values: dict[str, Any] = {
        "rows": [_row(ask, row, grids, headers) for row in rows[:_MOST_SHOWN]],
        "year": ask.form.text("year"),
        "yearless": len(yearless(grids, Reading(rows=[row.reading for row in taken.rows]), ask.today.year)),
        "more": max(0, len(rows) - _MOST_SHOWN),
        "states": states,
        "hinders": sum(1 for row in taken.rows if row.hinders),
        "sheets": [_sheet(ask, sheet) for sheet in taken.sheets],
        "differs": states["differs"] or states["retracted"] or states["duplicate"],
        "policy": ask.form.all("policy"),
        "content": base64.b64encode(sent.content).decode(),
        "name": sent.name,
        "type": ask.form.text("type"),
        "types": _types(ask, taken),
        "lines": impacts,
        "kept": _kept(ask),
        "appended": taken.appended,
        "corrected": taken.corrected,
        "saved": "",
        "problem": "",
    }
    return Page("upload.html", values, 422 if taken.hinders else 200)


def _types(ask: Ask, taken: Taken) -> list[tuple[str, str]]:
    """Return the types to choose from, where a sheet does not tell of which its rows are, or was told so."""
    if not ask.form.text("type") and all(sheet.type_word for sheet in taken.sheets):
        return []
    return [(word, model.label.pick(ask.language)) for word, model in CATALOGUE.items() if may_log(ask, word)]


def _impact(ask: Ask, taken: Taken) -> Sequence[Any]:
    events = [event for event in taken.events if event.branch == ask.branch]
    if not events:
        return []
    return impact_lines(ask, ask.desk.write(events, trial=True).impacts)


def _kept(ask: Ask) -> list[tuple[str, str]]:
    return [(name, value) for name, value in ask.form.items() if name.startswith("cell.")]


def _sheet(ask: Ask, sheet: SheetReading) -> dict[str, Any]:
    label = "" if sheet.type_word is None else CATALOGUE[sheet.type_word].label.pick(ask.language)
    return {
        "name": sheet.sheet or sheet.file,
        "label": label,
        "row": sheet.header_row,
        "left": "、".join(sheet.left_out_columns),
        "rows": ask.pick(_rows_left(sheet)),
        "why": "" if sheet.why is None else ask.pick(remark(sheet.why)),
    }


def _rows_left(sheet: SheetReading) -> Words:
    """Name the rows that are no events, by reason: `第 7、8 行（合计）`; empty where all are."""
    zh, en = [], []
    for reason, numbers in sheet.left_out_numbers.items():
        why = LEFT_OUT_ROWS[reason]
        some, more = [str(number) for number in numbers[:_MOST_NAMED]], len(numbers) > _MOST_NAMED
        zh.append(f"第 {'、'.join(some)} {f'等 {len(numbers)} 行' if more else '行'}（{why.zh}）")
        en.append(f"{', '.join(some)}{f' and {len(numbers) - len(some)} more' if more else ''} ({why.en})")
    return Words("、".join(zh), "; ".join(en))


def _row(ask: Ask, row: RowAnswer, grids: Sequence[Grid], headers: Mapping[str | None, SheetReading]) -> Row:
    reading = row.reading
    event = reading.event
    said = ""
    if event is not None:
        payload = event.data.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        said = f"{event.occurred_on} {event_said(ask, event.branch, event.type, payload)}"
    at = next((n for n, grid in enumerate(grids) if grid.sheet == reading.sheet), 0)
    return Row(
        place=f"{reading.sheet or ''} {reading.row or ''}".strip(),
        state=row.state,
        said=said,
        notes=[ask.pick(remark(note)) for note in row.notes],
        problems=[at_page(one).message(ask.language) for one in row.problems if one.column is None],
        cells=_cells(ask, row, grids, at, headers.get(reading.sheet)),
    )


def _cells(
    ask: Ask, row: RowAnswer, grids: Sequence[Grid], at: int, sheet: SheetReading | None
) -> list[EditCell]:
    """Return the cells that something is wrong with."""
    found: dict[int, list[CellProblem]] = {}
    for one in row.problems:
        if one.column is not None and one.row is not None:
            found.setdefault(one.column, []).append(one)
    cells = []
    for column, problems in found.items():
        number = problems[0].row or 0
        grid_row = next((r for r in grids[at].rows if r.number == number), None) if grids else None
        value = "" if grid_row is None else grid_row.at(column).value
        told = [at_page(one).message(ask.language) for one in problems]
        shown = "" if value is None else str(value)
        name = f"cell.{at}.{number}.{column}"
        names: Sequence[str] = ()
        if sheet is not None and sheet.header_row == number:
            may = [word for word in CATALOGUE if may_log(ask, word)]
            names = names_for(grid_row, sheet.type_word, may, ask.language)
        cells.append(EditCell(name, problems[0].cell or "", problems[0].header or "", shown, told, names))
    return cells
