"""The log out of the house and in again."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ledger.errors import Refused
from ledger.files.export import Exported, export_csv, export_jsonl, export_xlsx
from ledger.store.codec import COLUMNS
from ledger.store.event_store import Store
from tests.ledger.files.sheets import REMINDER, counts, fill, log_all, of_every_type, read_records, take_in
from tests.ledger.intake.said import contents, meeting, registered, said
from tests.ledger.intake.said import take_in as take_in_lines

WRITERS = {"csv": export_csv, "xlsx": export_xlsx}


def save(store: Store, path: Path) -> Exported:
    with path.open("wb") as stream:
        return WRITERS[path.suffix[1:]](store, stream)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_of_every_type_imported_again_is_all_there_already(
    store: Store, tmp_path: Path, form: str
) -> None:
    fill(store)
    head = store.head()
    exported = save(store, tmp_path / f"log.{form}")
    assert exported == Exported(head.position - 1, 1)
    again = take_in(store, tmp_path / f"log.{form}")
    assert counts(again) == (0, exported.events)
    assert [note.en for row in again.rows for note in row.notes] == ["is there already, but was retracted"]
    assert store.head() == head


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_fills_an_empty_ledger_with_the_same_contents(
    sqlite_store: Store, tmp_path: Path, postgres_url: str, form: str
) -> None:
    take_in_all_but_the_programs_own(sqlite_store)
    save(sqlite_store, tmp_path / f"log.{form}")
    with Store.open(postgres_url) as other:
        assert counts(take_in(other, tmp_path / f"log.{form}"))[1] == 0
        assert contents(other) == contents(sqlite_store)
        assert {one.id: one.recorded_by for one in other.read()} == {
            one.id: one.recorded_by for one in sqlite_store.read()
        }


def take_in_all_but_the_programs_own(store: Store) -> None:
    from ledger.events import parse_event

    log_all(store, [parse_event(event) for event in of_every_type()])


def test_a_json_lines_export_has_every_column_and_the_payload_to_the_byte(store: Store) -> None:
    fill(store)
    stream = BytesIO()
    assert export_jsonl(store, stream) == Exported(store.head().position, 0)
    rows = stream.getvalue().splitlines()
    for stored, line in zip(store.read(), rows, strict=True):
        decoded = json.loads(line)
        assert tuple(sorted(decoded)) == tuple(sorted(COLUMNS))
        assert stored.data.encode() in line
        assert {**decoded, "data": stored.data} == {name: getattr(stored, name) for name in COLUMNS}


def test_an_empty_log_is_an_empty_file(store: Store, tmp_path: Path) -> None:
    stream = BytesIO()
    assert export_jsonl(store, stream) == Exported(0, 0)
    assert stream.getvalue() == b""
    for form in WRITERS:
        assert save(store, tmp_path / f"log.{form}") == Exported(0, 0)
        assert counts(take_in(store, tmp_path / f"log.{form}")) == (0, 0)


def test_a_table_has_the_columns_of_the_types_in_it_and_none_of_the_stores(
    store: Store, tmp_path: Path
) -> None:
    take_in_lines(store, [registered(), said("dues_remitted", {"quarter": "2019-Q1", "amount": 9})])
    save(store, tmp_path / "log.csv")
    (_, header), *_ = read_records(tmp_path / "log.csv")
    assert header == [
        *("type", "id", "branch", "occurred_on", "counts_for", "recorded_by"),
        *("name", "organization", "parent", "quarter", "amount"),
    ]


def test_a_workbook_has_a_sheet_a_type_in_an_order_that_can_be_imported(store: Store, tmp_path: Path) -> None:
    fill(store)
    save(store, tmp_path / "log.xlsx")
    names = load_workbook(tmp_path / "log.xlsx").sheetnames
    assert names[0] == "branch_registered"
    assert names[-2:] == ["event_corrected", "event_retracted"]
    assert "score_sealed" not in names


def test_days_are_days_and_amounts_are_numbers_in_a_workbook(store: Store, tmp_path: Path) -> None:
    take_in_lines(store, [registered(), said("dues_remitted", {"quarter": "2019-Q1", "amount": "9.50"})])
    save(store, tmp_path / "log.xlsx")
    sheet = load_workbook(tmp_path / "log.xlsx")["dues_remitted"]
    cells = {header.value: cell for header, cell in zip(*sheet.iter_rows(), strict=True)}
    assert cells["occurred_on"].is_date
    assert cells["occurred_on"].number_format == "yyyy-mm-dd"
    assert (cells["amount"].value, cells["amount"].data_type) == (9.5, "n")
    assert sheet.freeze_panes == "A2"


def test_no_text_of_the_log_becomes_a_formula(store: Store, tmp_path: Path) -> None:
    hostile = ['=cmd|" /C calc"!A0', "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "\t=1", "'=1", "#N/A", "_x000D_"]
    given = [said("meeting_held", {"kind": "study", "topic": topic}) for topic in hostile]
    take_in_lines(store, [registered(), *given])
    for form in WRITERS:
        save(store, tmp_path / f"log.{form}")
        assert counts(take_in(store, tmp_path / f"log.{form}")) == (0, len(hostile) + 1)
    sheet = load_workbook(tmp_path / "log.xlsx")["meeting_held"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "d", "n"}
    text = (tmp_path / "log.csv").read_text("utf-8-sig")
    assert not [
        cell for cell in text.replace("\n", ",").split(",") if cell.strip('"')[:1] in "=+@＝\t" and cell
    ]


def test_what_no_cell_holds_is_told_and_not_cut(sqlite_store: Store, tmp_path: Path) -> None:
    refs = ["x" * 9_000] * 4
    take_in_lines(sqlite_store, [registered(), said("meeting_held", {"kind": "study", "refs": refs})])
    with pytest.raises(Refused) as caught:
        save(sqlite_store, tmp_path / "log.xlsx")
    (problem,) = caught.value.problems
    assert problem.sentence("en").startswith("data.refs: the event at position 2: a cell of a workbook")
    save(sqlite_store, tmp_path / "log.csv")
    assert counts(take_in(sqlite_store, tmp_path / "log.csv")) == (0, 2)


def test_progress_is_told_by_events(sqlite_store: Store) -> None:
    take_in_lines(sqlite_store, [registered(), *(meeting() for _ in range(5_000))])
    told: list[int] = []
    export_jsonl(sqlite_store, BytesIO(), told.append)
    assert told == [5_000]
    assert sqlite_store.find(REMINDER) is None
