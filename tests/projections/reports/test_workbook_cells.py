"""What the workbook is beside its numbers: the summary, the printed page, texts that stay texts."""

import zipfile
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from ledger.words import Language
from projections.reports.workbook.cells import lines_of
from projections.reports.workbook.printing import break_pages, capacity
from projections.reports.workbook.xlsx import LONGEST_NAME, render_xlsx, sheet_names
from rubrics.library import load
from rubrics.numbers import parse_points
from rubrics.reader.loaded import Loaded, parse_rubric
from tests.projections.reports.books import Form, hundredths, opened
from tests.projections.reports.offices import BUREAU, COLLEGE, COMMITTEE, EVIL, FORMS, HOSPITAL, Office

HARM = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", "\t=1", '=HYPERLINK("http://x.example","y")')


def texts(book: Workbook) -> list[Any]:
    return [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]


def harmful() -> Loaded:
    """A form whose titles would be formulas."""
    text = load(BUREAU).text
    for number, harm in enumerate(HARM, start=3):
        title = next(item.title for item in load(BUREAU).rubric.items() if item.id == str(number))
        text = (
            text.replace(f"zh: {title.zh},", f"zh: {harm!r},".replace("\\t", "\t"), 1)
            if "'" not in harm
            else (text.replace(f"zh: {title.zh},", f'zh: "{harm}",', 1))
        )
    return parse_rubric(text, "harmful.yaml")


def test_the_summary_has_branches_by_sections_and_totals(office: Office) -> None:
    sheet = office.book(HOSPITAL)["汇总"]
    rows = list(sheet.iter_rows(min_row=4))
    heads = [cell.value for cell in rows[0]]
    scores = office.year(HOSPITAL).document["scores"]
    assert heads[0] == "党组织"
    assert heads[1:7] == [
        f"{section['title']}\n（{section['points'].removesuffix('.00')}分）"
        for section in scores[0]["sections"]
    ]
    assert heads[7:] == ["合计\n（110分）", "未评"]
    for row, score in zip(rows[1:], scores, strict=True):
        assert row[0].value == score["branch"]
        assert row[0].hyperlink.location == f"'{score['branch']}'!A1"
        points = [hundredths(cell) for cell in row[1:7]]
        assert points == [parse_points(section["score"]) for section in score["sections"]]
        assert hundredths(row[7]) == parse_points(score["total"])


def test_ranks_stand_in_the_summary_only_where_they_are_asked_for(office: Office) -> None:
    assert "名次" not in [cell.value for cell in texts(office.book(COLLEGE))]
    sheet = opened(office.report(COLLEGE), rank=True)["汇总"]
    rows = [[cell.value for cell in row[:2]] for row in sheet.iter_rows(min_row=4)]
    assert rows == [["名次", "党组织"], ["1", "b2"], ["2", "b1"]]


@pytest.mark.parametrize("form", FORMS)
def test_every_sheet_is_ready_to_print(form: str, office: Office) -> None:
    for sheet in office.book(form).worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth == 1
        assert "&P" in sheet.oddFooter.center.text
        head = 4
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.freeze_panes.endswith(str(head + 1))
        if sheet.title == "汇总":
            continue
        assert sheet.page_setup.orientation == "portrait"
        last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
        assert sheet.print_area.replace("$", "") == f"'{sheet.title}'!A1:{last}"
        assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
        assert "签字盖章" in str(sheet.cell(sheet.max_row, 1).value)


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_of_the_table_has_lines_around_it_and_a_font_of_its_language(
    form: str, office: Office
) -> None:
    for sheet in office.book(form).worksheets[1:]:
        found = Form(sheet)
        [*_, (last, _)] = [
            (number, row) for number, row in enumerate(found.rows(), start=found.head + 1)
            if row["得分"].value is not None
        ]  # fmt: skip
        for row in sheet.iter_rows(min_row=found.head, max_row=last):
            for cell in (cell for cell in row if isinstance(cell, Cell)):
                assert cell.border.left.style == cell.border.bottom.style == "thin", cell.coordinate
                assert cell.font.name == "宋体"
                assert cell.alignment.wrap_text


def test_no_text_of_the_log_or_the_form_becomes_a_formula(office: Office) -> None:
    replayed = office.replayed(harmful())
    book = opened(replayed.report())
    found = {cell.value: cell for cell in texts(book)}
    for harm in HARM:
        cell = found[harm]
        assert (cell.data_type, cell.quotePrefix) == ("s", True), harm
    assert all(cell.data_type == "s" for cell in texts(book))
    parts = zipfile.ZipFile(BytesIO(render_xlsx(replayed.report())))
    assert all(b"<f>" not in parts.read(name) for name in parts.namelist())
    assert not any("external" in name.lower() for name in parts.namelist())


def test_a_note_that_means_harm_is_shown_as_it_is_but_for_what_steers(office: Office) -> None:
    row = Form(office.book(BUREAU)["b2"]).items()["11"]
    assert row["备注"].value == "上级评定：" + EVIL.replace("\u202e", "\ufffd")


def test_a_workbook_bears_the_day_of_the_replay_and_no_other_time(office: Office) -> None:
    book = office.book(COLLEGE)
    assert str(book.properties.created) == str(book.properties.modified) == "2020-01-31 00:00:00"
    archive = zipfile.ZipFile(BytesIO(render_xlsx(office.report(COLLEGE))))
    assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_names_of_sheets_are_valid_and_no_two_alike() -> None:
    wanted = ["汇总", "汇总", "b" * 40, "b" * 41, "a/b", "A?B", "a:b", "'x'", "history", "", "[1]*"]
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    assert all(0 < len(name) <= LONGEST_NAME for name in names)
    assert not any(set(name) & set("[]:*?/\\") or name[0] == "'" or name[-1] == "'" for name in names)
    assert names[:2] == ["汇总", "汇总~2"]


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, 1),
        ("支部大会", 10, 1),
        ("支部大会和支部委员会", 11, 2),
        ("a\nb", 10, 2),
        ("one two three", 9, 2),
        ("incomprehensibilities", 12, 2),
        ("上级评定：材料不齐，缺会议签到和照片，要求一周内补报", 27, 2),
    ],
)
def test_lines_of_a_cell_are_counted_with_wide_characters(text: str, columns: int, lines: int) -> None:
    assert lines_of(text, columns) == lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", [COLLEGE, HOSPITAL, COMMITTEE])
def test_pages_break_at_sections_or_between_items_and_never_overflow(
    form: str, language: Language, office: Office
) -> None:
    for sheet in office.book(form, language).worksheets[1:]:
        form_ = Form(sheet)
        heights = {row: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
        room = capacity([sheet.column_dimensions[cell.column_letter].width for cell in sheet[form_.head]])
        breaks = [1, *(found.id + 1 for found in sheet.row_breaks.brk), sheet.max_row + 1]
        for first, after in pairwise(breaks):
            repeated = heights[form_.head] if first > 1 else 0
            assert sum(heights[row] for row in range(first, after)) + repeated <= room
        crossing = [
            area for area in sheet.merged_cells.ranges
            for row in breaks[1:-1] if area.min_row < row <= area.max_row
        ]  # fmt: skip
        assert crossing == []


def test_a_page_breaks_best_where_a_section_begins() -> None:
    heights = dict.fromkeys(range(1, 31), 10.0)
    starts = {row: 3 if row in (9, 18) else 1 for row in range(2, 31)}
    assert break_pages(heights, starts, 100.0, 1) == [9, 18, 27]
    assert break_pages(heights, dict.fromkeys(range(2, 31), 1), 100.0, 1) == [11, 20, 29]
    assert break_pages(heights, starts, 300.0, 1) == []
    assert break_pages({1: 10.0, 2: 500.0, 3: 10.0}, {3: 1}, 100.0, 1) == [2, 3]


def test_an_empty_report_is_still_a_workbook(office: Office) -> None:
    replayed = office.year(COLLEGE)
    assert opened(replayed.report(scores=[])).sheetnames == ["汇总"]
