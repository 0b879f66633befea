"""Ledgers with events of every type, and sheets as people save them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from ledger.events import Event, parse_event
from ledger.files.importing import Answer, Policy
from ledger.files.importing import take_in as take_in_readings
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.reading import Options, read_tables
from ledger.files.tables.source.opening import read_text_table
from ledger.intake.batch import ClauseFacts
from ledger.problems import Problem
from ledger.store.event_store import Store
from tests.ledger.events.examples import DIGEST, EXAMPLES
from tests.ledger.intake.said import MEETING, NOW, TODAY, log, registered, said

KNOWN = {"r-1": {"6.1": ClauseFacts(10_000, graded=True)}, "hospital-branch-2019": {}}
REMINDER = "dddddddd-0000-4000-8000-000000000004"
REFERRING = {"event_retracted", "event_corrected", "reminder_acknowledged"}


def of_every_type() -> list[dict[str, Any]]:
    """Two events of every type that a file can bring, registrations first, targets before what names them."""
    events = [registered(), registered("b2")]
    meeting = said("meeting_held", {"kind": "organizational_life", "topic": "=SUM(A1)"}, id=MEETING)
    events.append({**meeting, "counts_for": "2019-02", "recorded_by": "sec-1"})
    for word, examples in EXAMPLES.items():
        if word not in {*REFERRING, "branch_registered", "reminder_raised", "score_sealed"}:
            events += [_fitting(word, number, data) for number, data in enumerate(examples)]
    plain = {"target": MEETING, "reason": "@记错", "data": {"kind": "debriefing", "refs": ["a; b", "c"]}}
    events.append(said("event_corrected", plain))
    events.append(said("event_corrected", {**plain, "occurred_on": "2019-03-05", "counts_for": "2019-01"}))
    events.append(said("event_retracted", {"target": MEETING, "reason": "-重复"}))
    return events


DAYS = {"rubric_adopted": ("2019-03-11", "2019-03-13"), "rubric_dropped": ("2019-03-12", "2019-03-14")}


def _fitting(word: str, number: int, data: dict[str, Any]) -> dict[str, Any]:
    """An example as it can stand beside the others: of members of its own, and in an order of days."""
    if word.startswith("member_"):
        data = {**data, "member": f"{word}.{number}"}
    if word == "branch_moved":
        data = {"parent": "b1"}
    branch = "b1" if (word, number) == ("branch_dissolved", 1) else "b2"
    event = said(word, data, branch=branch)
    return event | {"occurred_on": DAYS[word][number]} if word in DAYS else event


def fill(store: Store) -> None:
    """Log two events of every type, the program's own included."""
    parsed = [parse_event(event) for event in of_every_type()]
    log_all(store, parsed)
    log(store, said("reminder_raised", EXAMPLES["reminder_raised"][1], id=REMINDER), own=True)
    log(store, said("reminder_acknowledged", {"target": REMINDER, "note": "周五办"}))
    log(store, said("score_sealed", EXAMPLES["score_sealed"][0] | {"head": DIGEST}), own=True)


def log_all(store: Store, events: Iterable[Event]) -> None:
    from ledger.intake.batch import record_each

    record_each(store, list(events), now=NOW, today=TODAY, known=KNOWN)


class AsTyped:
    """A directory that takes every text for a code, and every organisation for a branch."""

    def branch(self, text: str) -> str:
        return text.strip()

    def member(self, text: str, branch: str) -> str:
        return text.strip()

    def organization(self, branch: str) -> str:
        return "branch"

    def office(self, code: str, branch: str, day: str) -> None:
        return None


def take_in(store: Store, path: Path) -> Answer:
    """Import a sheet."""
    reading = read_tables(path, Options(), AsTyped(), today=TODAY)
    return take_in_readings(store, [reading], Policy(), now=NOW, today=TODAY, known=KNOWN)


def counts(answer: Answer) -> tuple[int, int]:
    """How many were appended, and how many were there; nothing hindered."""
    assert not answer.hinders, [one.message("en") for row in answer.rows for one in row.problems]
    return answer.appended, answer.present


def read(path: Path, type_word: str | None = None) -> list[tuple[int | None, Event | list[str]]]:
    """What the rows of a file say: the event, or the English sentences of what is wrong."""
    reading = read_tables(path, Options(type_word=type_word), AsTyped(), today=TODAY)
    return [
        (row.row, row.event if row.event is not None else [_sentence(one) for one in row.problems])
        for row in reading.rows
    ]


def _sentence(told: CellProblem) -> str:
    problem = told.problem
    assert problem.expected.zh
    return Problem(problem.expected, problem.field or told.header, problem.found, problem.hint).sentence("en")


def read_records(path: Path) -> list[tuple[int, list[str]]]:
    """The records of a text file, with the numbers of their rows."""
    grid = read_text_table(path.read_bytes(), path.name)
    return [(row.number, [str(cell.value) for cell in row.cells]) for row in grid.rows]


def events_of(path: Path, type_word: str | None = None) -> list[Event]:
    """The events of a file without problems."""
    rows = read(path, type_word)
    assert all(isinstance(what, Event) for _, what in rows), rows
    return [what for _, what in rows if isinstance(what, Event)]


def workbook(path: Path, *rows: Sequence[object], sheet: str = "meeting_held") -> Path:
    """Save a workbook of one sheet."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path
