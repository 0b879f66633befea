"""Workbooks as people fill them in."""

import random
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import DataBarRule
from openpyxl.worksheet.datavalidation import DataValidation

from ledger.events import parse_event
from ledger.events.values.kinds import Kind
from ledger.files import formats
from ledger.files.formats import escape, unescape
from ledger.files.tables.reading import Options, read_tables
from ledger.files.tables.source.grid import Cell
from ledger.files.tables.values import Text, cell_text
from ledger.files.workbook import EventBook, cell_value
from tests.ledger.files.sheets import AsTyped, events_of, read, workbook
from tests.ledger.intake.said import TODAY

HEADER = ["branch", "occurred_on", "kind", "present"]
ROW = ["b1", "2019-03-12", "theme_day", 11]
EVENT = parse_event(
    {
        "branch": "b1",
        "type": "meeting_held",
        "occurred_on": "2019-03-12",
        "data": {"kind": "theme_day", "present": 11},
    }
)


def midnight(year: int, month: int, day: int) -> datetime:
    """A day as a cell of a workbook holds it."""
    return datetime.combine(date(year, month, day), time())


@pytest.mark.parametrize("day", ["2019-03-12", date(2019, 3, 12), midnight(2019, 3, 12), "2019/3/12"])
@pytest.mark.parametrize("present", [11, 11.0, "11"])
def test_days_and_numbers_are_read_as_cells_or_texts(tmp_path: Path, day: object, present: object) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, ["b1", day, "theme_day", present])
    assert events_of(path) == [EVENT]


@pytest.mark.parametrize("sheet", ["meeting_held", "会议", "Meeting held"])
def test_a_sheet_named_after_a_type_need_not_say_it(tmp_path: Path, sheet: str) -> None:
    assert events_of(workbook(tmp_path / "a.xlsx", HEADER, ROW, sheet=sheet)) == [EVENT]


def test_a_type_column_says_it_for_its_row_and_the_sheet_for_the_others(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ["type", *HEADER], [None, *ROW], ["会议", *ROW], sheet="meeting_held"
    )
    assert events_of(path) == [EVENT, EVENT]
    path = workbook(tmp_path / "b.xlsx", ["type", *HEADER], ["meeting_held", *ROW], sheet="Sheet1")
    assert events_of(path) == [EVENT]


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [], HEADER, [], ROW, [None, "  "], [*ROW[:3], -3])
    assert read(path) == [(4, EVENT), (6, ["data.present: must be a whole number ≥ 0, got -3"])]


def test_every_sheet_is_read_and_told_by_its_name(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in ("meeting_held", "dues_paid", "empty"):
        book.create_sheet(name)
    book["meeting_held"].append(HEADER)
    book["meeting_held"].append(ROW)
    book["dues_paid"].append(["branch", "occurred_on", "member", "month", "amount"])
    book["dues_paid"].append(["b1", date(2019, 3, 12), "m01", date(2019, 3, 1), "nothing"])
    book.save(tmp_path / "a.xlsx")
    reading = read_tables(tmp_path / "a.xlsx", Options(), AsTyped(), today=TODAY)
    assert [(row.sheet, row.row) for row in reading.rows] == [("meeting_held", 2), ("dues_paid", 2)]
    assert [(sheet.sheet, sheet.why and sheet.why.en) for sheet in reading.sheets] == [
        ("meeting_held", None),
        ("dues_paid", None),
        ("empty", "is empty"),
    ]


def test_a_formula_without_a_stored_result_is_refused_and_never_evaluated(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, [*ROW[:3], "=5+6"])
    told = 'data.present: is a formula without a stored result, got "=5+6". '
    hint = "Open and save it in a spreadsheet program, or paste it back as values only"
    assert read(path) == [(2, [told + hint])]


@pytest.mark.parametrize(
    ("header", "value", "told"),
    [
        ("kind", 3.5, "data.kind: must be a text, but the cell holds a number, got 3.5"),
        (
            "kind",
            midnight(2026, 1, 2),
            "data.kind: must not be a day, but the cell holds one, got 2026-01-02",
        ),
        ("present", "#N/A", "data.present: must not be an error value, got #N/A"),
        ("present", 11.5, "data.present: must be a whole number ≥ 0"),
        ("present", True, "data.present: must be a whole number ≥ 0"),
        ("present", time(9, 30), "data.present: must not be a time or a duration, got 09:30:00"),
        ("counts_for", midnight(2019, 2, 2), "counts_for: must not be a day, but the cell holds one"),
    ],
)
def test_a_cell_of_another_kind_is_told(tmp_path: Path, header: str, value: object, told: str) -> None:
    row = dict(zip(HEADER, ROW, strict=True)) | {header: value}
    ((number, sentences),) = read(workbook(tmp_path / "a.xlsx", list(row), list(row.values())))
    assert number == 2
    assert sentences[0].startswith(told)  # type: ignore[index]


def test_a_month_that_was_typed_as_a_day_is_a_month(tmp_path: Path) -> None:
    header = [*HEADER, "counts_for"]
    row = ["b1", "2019-03-12", "debriefing", 11, midnight(2019, 2, 1)]
    (event,) = events_of(workbook(tmp_path / "a.xlsx", header, row))
    assert event.counts_for == "2019-02"


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    (tmp_path / "text.xlsx").write_text("type,branch\n")
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    whole = workbook(tmp_path / "whole.xlsx", HEADER, *[ROW] * 500).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "empty.xlsx").write_bytes(b"")
    for name in ("zip", "text", "cut", "empty"):
        ((number, sentences),) = read(tmp_path / f"{name}.xlsx")
        assert number is None
        assert sentences[0].startswith("is no workbook, or is damaged")  # type: ignore[index]
    ((_, sentences),) = read(tmp_path / "locked.xlsx")
    assert sentences[0].startswith("is a workbook with a password, or an old .xls")  # type: ignore[index]


def test_a_damaged_sheet_is_told_where_it_shows(tmp_path: Path) -> None:
    workbook(tmp_path / "good.xlsx", HEADER, ROW)
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[:-40] if name.endswith("sheet1.xml") else data)
    rows = read(tmp_path / "bad.xlsx")
    assert rows[-1][1][0].startswith("is no workbook, or is damaged")  # type: ignore[index]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_bytes_are_wrong_a_workbook_is_read_or_told(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(workbook(tmp_path / "a.xlsx", HEADER, *[ROW] * 50).read_bytes())
    for _ in range(4):
        data[chance.randrange(len(data))] = chance.randrange(256)
    (tmp_path / "a.xlsx").write_bytes(data)
    for _, told in read(tmp_path / "a.xlsx"):
        assert told


def test_an_archive_that_unpacks_to_a_flood_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 << 20))
    ((_, sentences),) = read(tmp_path / "bomb.xlsx")
    assert sentences[0].startswith("unpacks to far more than a sheet of events holds")  # type: ignore[index]


def test_decorations_that_the_library_does_not_know_are_no_reason_to_warn(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "meeting_held"
    sheet.append(HEADER)
    sheet.append(ROW)
    sheet.add_data_validation(DataValidation(type="list", formula1='"a,b"'))
    sheet.conditional_formatting.add("A1:A5", DataBarRule("min", None, "max", None, "FF638EC6"))
    book.save(tmp_path / "a.xlsx")
    assert events_of(tmp_path / "a.xlsx") == [EVENT]


def test_the_limit_of_rows_is_told_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    from ledger.errors import Refused
    from ledger.files import workbook as writing

    monkeypatch.setattr(writing, "MAX_ROWS", 3)
    with EventBook() as book:
        for position in (1, 2):
            book.add("meeting_held", position, {"branch": "b1"})
        with pytest.raises(Refused, match="a sheet has 3 rows"):
            book.add("meeting_held", 3, {"branch": "b1"})
    assert formats.MAX_ROWS == 1_048_576


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"))


@given(TEXTS | st.from_regex("_x[0-9A-Fa-f]{4}_"))
def test_an_escaped_text_is_unescaped_to_the_same(text: str) -> None:
    assert unescape(escape(text)) == text


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=5))
def test_texts_written_to_a_workbook_are_read_back(texts: list[str]) -> None:
    stream = BytesIO()
    with EventBook() as book:
        for position, text in enumerate(texts, start=1):
            book.add("meeting_held", position, {"topic": text})
        book.save(stream)
    sheet = load_workbook(stream, read_only=True)["meeting_held"]
    at = [cell.value for cell in next(sheet.iter_rows())].index("topic")
    cells = [row[at] for row in sheet.iter_rows(min_row=2)]
    assert [unescape(str(cell.value)) for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


@settings(max_examples=30, deadline=None)
@given(st.decimals(-(10**9), 10**9, places=6) | st.integers(0, 10**9).map(Decimal))
def test_a_number_written_to_a_workbook_is_read_back(number: Decimal) -> None:
    text = format(number.normalize() + 0, "f")
    assert round_trip(text, "decimal") == Decimal(text)


def round_trip(text: str, kind: Kind) -> Decimal:
    stream = BytesIO()
    book = Workbook()
    book.active.append([cell_value(text, kind)])  # type: ignore[union-attr]
    book.save(stream)
    cell = load_workbook(stream).worksheets[0]["A1"]
    back = cell_text(Cell(cell.value), kind)
    assert isinstance(back, Text)
    return Decimal(back.text)


@pytest.mark.parametrize("text", ["1900-01-01", "1900-02-28", "1900-03-01", "1901-01-01", "2200-12-31"])
def test_a_day_written_to_a_workbook_is_read_back(text: str) -> None:
    stream = BytesIO()
    with EventBook() as book:
        book.add("branch_registered", 1, {"occurred_on": text})
        book.save(stream)
    cell = load_workbook(stream).worksheets[0]["B2"]
    assert cell_text(Cell(cell.value), "day") == Text(text)


def test_durations_have_no_field() -> None:
    assert not isinstance(cell_text(Cell(timedelta(hours=2)), "hours"), Text)
