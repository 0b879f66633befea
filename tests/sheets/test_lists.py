"""The lists that a branch prints, opened again by a reader."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.events import parse_event
from ledger.files.lists.dues import list_dues, list_unpaid
from ledger.files.lists.listing import Listing, cell_text, span_of
from ledger.files.lists.pages import render_page
from ledger.files.lists.registers import list_meetings, list_roster
from ledger.files.lists.workbooks import write_workbook
from ledger.intake.batch import record_each
from ledger.names import Directory
from ledger.store.event_store import Store
from tests.program import Program
from tests.sheets.making import NOW, TODAY, furnish

SPAN = span_of(TODAY, year=2026)


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    store = furnish(sqlite_store)
    said: list[tuple[str, str, dict[str, Any]]] = [
        ("2026-01-10", "dues_paid", {"member": "m01", "month": "2026-01", "amount": "20", "due": "20"}),
        ("2026-02-10", "dues_paid", {"member": "m01", "month": "2026-02", "amount": "12", "due": "20"}),
        ("2026-01-15", "dues_paid", {"member": "m02", "month": "2026-01", "amount": "30"}),
        ("2026-01-20", "member_exempted", {"member": "m03", "duty": "dues"}),
        ("2026-03-02", "dues_remitted", {"quarter": "2026-Q1", "amount": "60"}),
        ("2026-02-20", "member_left", {"member": "m05", "reason": "other"}),
        (
            "2026-01-08",
            "meeting_held",
            {"kind": "general_meeting", "topic": "=学习", "expected": 5, "present": 4, "on_leave": ["m02"],
             "evidence": ["minutes", "sign_in"]},
        ),
        ("2026-02-08", "lecture_given", {"lecturer": "secretary", "topic": "党课", "excused": 2}),
        ("2025-12-08", "meeting_held", {"kind": "theme_day"}),
    ]  # fmt: skip
    events = [
        parse_event({"branch": "b1", "type": word, "occurred_on": day, "data": data})
        for day, word, data in said
    ]
    record_each(store, events, now=NOW, today=TODAY, known={})
    return store


def texts(listing: Listing) -> list[list[str]]:
    return [[cell_text(value, "zh") for value in row] for row in [*listing.rows, *listing.sums]]


def test_dues_by_members_and_months_beside_what_was_passed_on(branch: Store) -> None:
    listing = list_dues(branch, Directory(branch), "b1", span_of(TODAY, on=date(2026, 3, 20)))
    assert [heading.label.zh for heading in listing.headings] == [
        "序号", "党员", "项目", "1月", "2月", "3月", "合计",
    ]  # fmt: skip
    # by office: the secretary first; who left by the end last
    assert texts(listing) == [
        ["1", "m04（张伟）", "应缴", "", "", "", ""],
        ["", "", "实缴", "未缴", "未缴", "未缴", "0.00"],
        ["2", "m01（王芳）", "应缴", "20.00", "20.00", "", "40.00"],
        ["", "", "实缴", "20.00", "12.00", "未缴", "32.00"],
        ["3", "m02（李强）", "应缴", "", "", "", ""],
        ["", "", "实缴", "30.00", "未缴", "未缴", "30.00"],
        ["4", "m03（古丽·阿依）", "应缴", "", "", "", ""],
        ["", "", "实缴", "—", "—", "—", "0.00"],
        ["5", "m05（张伟）", "应缴", "", "", "", ""],
        ["", "", "实缴", "未缴", "—", "—", "0.00"],
        ["", "合计", "应缴", "20.00", "20.00", "", "40.00"],
        ["", "", "实缴", "50.00", "12.00", "0.00", "62.00"],
    ]
    assert [note.zh for note in listing.notes] == ["2026 年第 1 季度：收缴 62.00 元，上缴 60.00 元"]


def test_everybody_who_owes_is_on_the_list_part_paid_ones_with_what_is_missing(branch: Store) -> None:
    listing = list_unpaid(branch, Directory(branch), "b1", span_of(TODAY, month="2026-02"), codes=True)
    assert texts(listing) == [
        ["1", "2026-02", "m04", "", "0.00", ""],
        ["2", "2026-02", "m01", "20.00", "12.00", "8.00"],
        ["3", "2026-02", "m02", "", "0.00", ""],
        ["", "合计", "3 人", "", "", "8.00"],
    ]
    assert [note.zh for note in listing.notes] == [
        "“应缴”“还欠”为空的，还没有缴过：应缴多少随缴费一起记，没缴的月份只写在表里的“应缴”，台账不存。"
    ]


def test_the_register_of_meetings_and_lectures_of_a_year(branch: Store) -> None:
    listing = list_meetings(branch, Directory(branch), "b1", SPAN)
    assert texts(listing) == [
        ["1", "2026-01-08", "支部党员大会", "=学习", "5", "4", "m02（李强）", "会议记录、签到"],
        ["2", "2026-02-08", "党课（书记）", "党课", "", "", "2 人", ""],
        ["", "合计", "2 次", "", "", "", "", ""],
    ]


def test_the_roster_of_a_day(branch: Store) -> None:
    listing = list_roster(Directory(branch), "b1", span_of(TODAY, on=date(2026, 2, 1)))
    assert [row[:3] for row in texts(listing)] == [
        ["1", "m04", "张伟"],
        ["2", "m01", "王芳"],
        ["3", "m02", "李强"],
        ["4", "m03", "古丽·阿依"],
        ["5", "m05", "张伟"],
    ]
    assert listing.notes[0].zh == "合计 5 人，正式党员 5 人，预备党员 0 人"


def test_a_workbook_is_ready_for_a4_and_holds_values(branch: Store) -> None:
    directory = Directory(branch)
    made = {
        "dues": list_dues(branch, directory, "b1", SPAN),
        "meetings": list_meetings(branch, directory, "b1", SPAN),
        "roster": list_roster(directory, "b1", SPAN),
        "unpaid": list_unpaid(branch, directory, "b1", SPAN),
    }
    for name, listing in made.items():
        stream = BytesIO()
        write_workbook(listing, stream, "zh")
        sheet: Any = load_workbook(stream).active
        assert sheet.page_setup.paperSize == 9, name
        assert sheet.print_title_rows == "$1:$3"
        assert "&P" in sheet.oddFooter.center.text
        assert "支部书记" in sheet.cell(sheet.max_row, 1).value
        assert [cell.value for cell in sheet[3]] == [heading.label.zh for heading in listing.headings]
        cells = [cell for row in sheet.iter_rows(min_row=4) for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    stream = BytesIO()
    write_workbook(made["dues"], stream, "zh")
    sheet = load_workbook(stream).active
    paid = [cell.value for cell in sheet[7]]
    assert (paid[2:5], sheet["D7"].number_format) == (["实缴", 20, 12], "0.00")


def test_pages_break_between_members_and_the_signature_stands_under_some_of_them(branch: Store) -> None:
    many = [f"n{number:02d}" for number in range(40)]
    joined = [
        parse_event(
            {"branch": "b1", "type": "member_joined", "occurred_on": "2026-01-01", "data": {"member": one}}
        )
        for one in many
    ]
    record_each(branch, joined, now=NOW, today=TODAY, known={})
    stream = BytesIO()
    write_workbook(list_dues(branch, Directory(branch), "b1", SPAN), stream, "zh")
    sheet: Any = load_workbook(stream).active
    starts = [one.id + 1 for one in sheet.row_breaks.brk]
    # 45 members of two lines, 18 points each; a page of 494 points holds the head of 66 and 11 members
    assert starts == [4 + 22 * page for page in range(1, 5)]
    assert [sheet.cell(row, 1).value for row in starts] == [12, 23, 34, 45]
    assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))


def test_a_long_topic_is_given_as_many_lines_as_it_takes(branch: Store) -> None:
    log = parse_event(
        {"branch": "b1", "type": "meeting_held", "occurred_on": "2026-03-01",
         "data": {"kind": "study", "topic": "学习" * 50}}
    )  # fmt: skip
    record_each(branch, [log], now=NOW, today=TODAY, known={})
    stream = BytesIO()
    write_workbook(list_meetings(branch, Directory(branch), "b1", SPAN), stream, "zh")
    sheet: Any = load_workbook(stream).active
    # 100 characters of two columns each in a column of 44: five lines of 14 points, and 4
    assert sheet.row_dimensions[6].height == 74


def test_a_page_holds_every_row_and_no_markup_of_others(branch: Store) -> None:
    log = parse_event(
        {"branch": "b1", "type": "meeting_held", "occurred_on": "2026-03-01",
         "data": {"kind": "study", "topic": "<b>学习</b> & 讨论"}}
    )  # fmt: skip
    record_each(branch, [log], now=NOW, today=TODAY, known={})
    page = render_page(list_meetings(branch, Directory(branch), "b1", SPAN), "zh")
    assert "&lt;b&gt;学习&lt;/b&gt; &amp; 讨论" in page
    # the head, three meetings and lectures, the sum
    assert page.count("<tr>") == 5
    assert "<script" not in page


def test_the_same_list_in_english(branch: Store) -> None:
    listing = list_unpaid(branch, Directory(branch), "b1", span_of(TODAY, month="2026-02"))
    assert listing.title.en == "Dues not paid"
    assert cell_text(listing.sums[0][2], "en") == "3 members"


LISTS: list[tuple[str, ...]] = [
    ("ledger", "dues", "--year", "2026"),
    ("ledger", "meetings", "--year", "2026"),
    ("ledger", "roster"),
    ("ledger", "unpaid", "--month", "2026-03"),
    ("score", "hospital-branch-2019", "--period", "2026"),
]


@pytest.mark.parametrize("mark", ["=2+2", "\n=2+2", "\u200b=2+2", "+2", "@x", "-2+2"])
def test_nothing_that_people_write_is_a_formula_of_any_workbook(
    sqlite_url: str, tmp_path: Path, mark: str
) -> None:
    """The branch, its members, what it met about: a spreadsheet shows them, and runs none of them."""
    zhibu = Program(sqlite_url)
    zhibu.ok("log", "branch-registered", "--branch", "b1", f"--name={mark}", "--on", "2018-12-31")
    zhibu.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2019-01-01")
    # A name may hold neither.
    zhibu.ok("people", "set", "--branch", "b1", "--", "m01", mark.strip("\n\u200b"))
    on = ("--branch", "b1", "--on", "2026-02-01")
    zhibu.ok("log", "dues-paid", *on, "--member", "m01", "--month", "2026-02", "--amount", "20")
    zhibu.ok("log", "meeting-held", *on, "--kind", "study", f"--topic={mark}")
    files = []
    for number, words in enumerate(LISTS):
        files.append(tmp_path / f"{number}.xlsx")
        zhibu.ok(*words, "--branch", "b1", "--output", str(files[-1]))
    for names in ([], ["--names"]):
        files.append(tmp_path / f"export{len(names)}.xlsx")
        zhibu.ok("export", str(files[-1]), *names)
    shown = [
        cell
        for file in files
        for sheet in load_workbook(file)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert [cell.value for cell in shown if cell.data_type == "f"] == []
    assert any(str(cell.value).endswith(mark.strip()) for cell in shown)
