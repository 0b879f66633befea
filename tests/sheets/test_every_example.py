"""What the examples of the shipped forms log, exported in Chinese, is the same in a fresh ledger.

All 27,603 events of the five files hold as well; here is every one that says something of its own.
"""

import shutil
import uuid
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest

from ledger.events import Event, parse_event
from ledger.files.export import export_csv, export_xlsx
from ledger.files.importing import Policy, take_in
from ledger.files.tables.reading import Options, read_tables
from ledger.intake.batch import KnownRubrics, record_each
from ledger.names import Directory
from ledger.store.event_store import Store
from projections.examples.logs import LogBuilder, known_clauses
from rubrics.examples.cases import load_cases
from rubrics.library import shipped

NOW, TODAY = datetime(2037, 1, 1, tzinfo=UTC), date(2037, 1, 1)


def named(example_id: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, example_id))


def events_of_all_examples(form: str) -> tuple[list[Event], KnownRubrics]:
    """The events of every example of a form, each example with branches of its own."""
    cases = load_cases(form)
    rows = telling_something_new(LogBuilder(cases).build(cases.cases).rows)
    events = []
    for row in rows:
        data: dict[str, Any] = orjson.loads(row["data"])
        if "target" in data:
            data["target"] = named(data["target"])
        for registration in (data, data.get("data", {})):
            # "7." is the superior of the branches of the seventh example that have none
            if str(registration.get("parent", "")).endswith("."):
                del registration["parent"]
        said = {key: row[key] for key in ("branch", "type", "occurred_on", "counts_for") if row[key]}
        events.append(parse_event({**said, "id": named(row["id"]), "data": data}))
    return events, known_clauses(cases.loaded.rubric)


def telling_something_new(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that say what no other does, and what those need: examples share most of their logs."""
    seen: set[tuple[str, ...]] = set()
    needed: set[str] = set()
    kept = []
    for row in reversed(rows):
        said = (row["type"], row["occurred_on"], row["counts_for"], row["data"])
        targets = {orjson.loads(row["data"]).get("target", "")} - {""}
        if said not in seen or row["id"] in needed or row["type"] == "branch_registered":
            kept.append(row)
            needed |= targets
        seen.add(said)
    branches = {row["branch"] for row in kept if row["type"] != "branch_registered"}
    return [row for row in reversed(kept) if row["branch"] in branches]


def content(store: Store) -> list[tuple[str, ...]]:
    return sorted(
        (one.id, one.branch, one.type, one.occurred_on, one.counts_for or "", one.data)
        for one in store.read()
    )


@pytest.mark.parametrize("form", shipped())
def test_what_is_exported_of_every_example_brings_the_same_events_into_a_fresh_ledger(
    form: str, sqlite_store: Store, sqlite_template: Path, tmp_path: Path
) -> None:
    events, known = events_of_all_examples(form)
    record_each(sqlite_store, events, now=NOW, today=TODAY, known=known)
    workbook, text = BytesIO(), BytesIO()
    exported = export_xlsx(sqlite_store, workbook, None, "zh")
    export_csv(sqlite_store, text)
    assert exported == (len(events), 0)
    for name, stream in (("全部.xlsx", workbook), ("全部.csv", text)):
        with Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / f'{name}.db')}") as fresh:
            reading = read_tables(stream.getvalue(), Options(), Directory(fresh), today=TODAY, name=name)
            answer = take_in(fresh, [reading], Policy(), now=NOW, today=TODAY, known=known)
            told = [one.message("zh") for row in answer.rows for one in row.problems]
            assert (told, answer.appended, answer.present) == ([], len(events), 0)
            assert content(fresh) == content(sqlite_store)
