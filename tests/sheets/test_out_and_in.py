"""What is exported in the reader's language can be imported again unchanged: two events of every type."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ledger.events import parse_event
from ledger.files.export import export_xlsx
from ledger.files.importing import Policy, take_in
from ledger.files.tables.page import with_columns
from ledger.files.tables.reading import Options, read_tables
from ledger.names import Directory
from ledger.people import Names
from ledger.store.event_store import Store
from ledger.words import Language
from tests.ledger.files.sheets import KNOWN, log_all, of_every_type
from tests.ledger.intake.said import NOW, TODAY
from tests.program import ROOT


def content(store: Store) -> list[tuple[object, ...]]:
    return sorted(
        (
            event.id,
            event.branch,
            event.type,
            event.occurred_on,
            event.counts_for,
            event.data,
            event.recorded_by,
        )
        for event in store.read()
    )  # type: ignore[type-var]


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_in_a_language_brings_the_same_events_into_a_fresh_ledger(
    language: Language, named: bool, sqlite_store: Store, sqlite_template: Path, tmp_path: Path
) -> None:
    log_all(sqlite_store, [parse_event(event) for event in of_every_type()])
    names = Names({("b2", "m01"): "王芳", ("", "m02"): "李强"})
    stream = BytesIO()
    export_xlsx(sqlite_store, stream, None, language, names.shown if named else None)
    titles = load_workbook(stream, read_only=True).sheetnames
    assert ("缴纳党费" in titles, "dues paid" in titles) == (language == "zh", language == "en")
    fresh = Store.open(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'fresh.db')}")
    with fresh:
        reading = read_tables(stream.getvalue(), Options(), Directory(fresh), today=TODAY, name="a.xlsx")
        answer = take_in(fresh, [reading], Policy(), now=NOW, today=TODAY, known=KNOWN)
        told = [one.message("en") for row in answer.rows for one in row.problems]
        assert (told, answer.present, answer.corrected) == ([], 0, 0)
        assert content(fresh) == content(sqlite_store)
        again = take_in(fresh, [reading], Policy(), now=NOW, today=TODAY, known=KNOWN)
        assert (again.appended, again.present) == (0, answer.appended)


def test_the_page_on_files_lists_every_synonym_of_the_catalogue() -> None:
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    assert page == with_columns(page), "run `python -m ledger.files.tables.page`"
