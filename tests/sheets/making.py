"""How the sheets of these tests are made, and what came of them, in a few words a row."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ledger.events import parse_event
from ledger.files.importing import Answer, Policy, take_in
from ledger.files.tables.reading import Options, Reading, read_tables
from ledger.intake.batch import record_each
from ledger.names import Directory
from ledger.people import set_names
from ledger.store.event_store import Store

NOW = datetime(2026, 3, 20, 4, tzinfo=UTC)
TODAY = date(2026, 3, 20)
PEOPLE = {"m01": "王芳", "m02": "李强", "m03": "古丽·阿依", "m04": "张伟", "m05": "张伟"}


def furnish(store: Store) -> Store:
    """A branch of five people, two of one name, and a committee above it."""
    said = [
        ("dw", "branch_registered", {"name": "中心党委", "organization": "committee"}),
        ("b1", "branch_registered", {"name": "第一党支部", "parent": "dw"}),
        *(("b1", "member_joined", {"member": code}) for code in ("m01", "m02", "m03", "m05")),
        ("b1", "member_joined", {"member": "m04", "role": "secretary"}),
    ]
    events = [
        parse_event({"branch": branch, "type": word, "occurred_on": "2020-01-01", "data": data})
        for branch, word, data in said
    ]
    record_each(store, events, now=NOW, today=TODAY, known={})
    set_names(store, "b1", PEOPLE)
    return store


def read(store: Store, source: bytes | Path, name: str = "表.csv", **options: Any) -> Reading:
    """Read a table as the program does."""
    return read_tables(source, Options(**options), Directory(store), today=TODAY, name=name)


def take(
    store: Store, source: bytes | Path, *, name: str = "表.csv", dry: bool = False, **said: Any
) -> Answer:
    """Import a table; `update`, `as_new`, `again`, `leave` are the policy's, all else the options'."""
    policy = Policy(**{key: said.pop(key) for key in Policy._fields if key in said})
    reading = read(store, source, name, **said)
    return take_in(store, [reading], policy, now=NOW, today=TODAY, known={}, dry=dry)


def told(reading: Reading) -> list[str]:
    """Each row in a line: its number, then the event in short, or what is wrong at which cell."""
    lines = []
    for row in reading.rows:
        place = row.cell or row.row
        if row.event is None:
            lines += [f"{one.cell or one.row} ✗ {one.problem.expected.zh}" for one in row.problems]
            continue
        event = row.event
        data = event.data.model_dump(mode="json", exclude_unset=True)
        said = " ".join(f"{key}={_short(value)}" for key, value in data.items())
        lines.append(f"{place} {event.branch} {event.type} {event.occurred_on} {said}")
    return lines


def _short(value: object) -> str:
    if isinstance(value, list):
        return "+".join(sorted(map(str, value))) or "[]"
    return str(value)


def states(answer: Answer) -> list[str]:
    """The rows of an answer: number and state."""
    return [f"{row.reading.cell or row.reading.row} {row.state}" for row in answer.rows]


def workbook(path: Path, sheets: dict[str, list[list[object]]], **how: Any) -> Path:
    """Save a workbook. `merged`, `hidden_rows`: by sheet; `hidden`: names of hidden sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
        for span in how.get("merged", {}).get(title, ()):
            page.merge_cells(span)
        for number in how.get("hidden_rows", {}).get(title, ()):
            page.row_dimensions[number].hidden = True
        if title in how.get("hidden", ()):
            page.sheet_state = "hidden"
    book.save(path)
    return path
