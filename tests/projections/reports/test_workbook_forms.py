"""The workbook opened again: every form in its own layout, with the document's own numbers."""

from typing import Any

import pytest

from ledger.words import Language
from projections.reports.workbook.xlsx import render_xlsx
from rubrics.library import load
from rubrics.numbers import parse_points
from tests.projections.reports.books import Form, hundredths
from tests.projections.reports.offices import BUREAU, COLLEGE, COMMITTEE, FORMS, HOSPITAL, INSTITUTE, Office

USUAL = "项目 序号 考核内容 分值 计算得分 自评 上级评定 得分 备注"
COLUMNS = {
    COLLEGE: USUAL,
    HOSPITAL: USUAL,
    COMMITTEE: "项目 序号 考核内容 分值 计算得分 自评得分 上级验收得分 主管部门评定 得分 备注",
    BUREAU: "序号 考核内容 分值 计算得分 自查得分 复查得分 得分 备注",
    INSTITUTE: USUAL,
}


def forms_of(office: Office, form: str) -> list[tuple[dict[str, Any], Form]]:
    """Every branch's score in the document, and its sheet."""
    book = office.book(form)
    return [(score, Form(book[score["branch"]])) for score in office.year(form).document["scores"]]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_own_columns(form: str, office: Office) -> None:
    for _, sheet in forms_of(office, form):
        assert sheet.titles == COLUMNS[form].split()


@pytest.mark.parametrize("form", FORMS)
def test_every_item_has_the_documents_points_and_score(form: str, office: Office) -> None:
    for score, sheet in forms_of(office, form):
        items = sheet.items()
        shown = [item for section in score["sections"] for item in section["items"]]
        assert set(items) == {item["id"] for item in shown}
        for item in shown:
            row = items[item["id"]]
            assert row["考核内容"].value == item["title"]
            assert hundredths(row["分值"]) == parse_points(item["points"])
            if form == INSTITUTE and item["unassessed"] == "100.00":
                assert row["得分"].value is None
                assert row["备注"].value == "未评"
            else:
                assert hundredths(row["得分"]) == parse_points(item["score"])


@pytest.mark.parametrize("form", [COLLEGE, HOSPITAL, COMMITTEE, BUREAU])
def test_the_sums_of_the_sheet_are_the_documents_to_the_hundredth(form: str, office: Office) -> None:
    for score, sheet in forms_of(office, form):
        [total] = sheet.labelled("合计")
        assert hundredths(total["得分"]) == parse_points(score["total"])
        items = sheet.items()
        scores = {id_: hundredths(row["得分"]) or 0 for id_, row in items.items()}
        for section in score["sections"]:
            added = sum(scores[item["id"]] for item in section["items"])
            cap = parse_points(section["points"]) if section["id"] == "F" and form == HOSPITAL else added
            assert min(added, cap) == parse_points(section["score"])
        if form != HOSPITAL:
            assert sum(scores.values()) == hundredths(total["得分"])
        subtotals = [hundredths(row["得分"]) for row in sheet.labelled("小计")]
        several = len(score["sections"]) > 1
        assert subtotals == ([parse_points(s["score"]) for s in score["sections"]] if several else [])


def test_a_graded_form_shows_means_and_its_grade(office: Office) -> None:
    for score, sheet in forms_of(office, INSTITUTE):
        sections, [whole] = sheet.labelled("平均"), sheet.labelled("总分（各项平均）")
        assert [hundredths(row["得分"]) for row in sections] == [
            parse_points(section["score"]) for section in score["sections"]
        ]
        assert hundredths(whole["得分"]) == parse_points(score["total"])
        [grade] = sheet.labelled("等次")
        assert score["grade"] in [cell.value for cell in grade.values()]


@pytest.mark.parametrize("form", FORMS)
def test_what_each_assessor_gave_stands_in_its_own_column(form: str, office: Office) -> None:
    columns = load(form).rubric.columns
    seen = 0
    for score, sheet in forms_of(office, form):
        items = sheet.items()
        for item in (item for section in score["sections"] for item in section["items"]):
            if len(item["clauses"]) > 1:
                continue
            for column in columns:
                given = item["clauses"][0][column.assessor]
                cell = items[item["id"]][column.title.zh]
                assert hundredths(cell) == (None if given is None else parse_points(given))
                seen += given is not None
    assert (seen > 0) == (form != INSTITUTE)


def test_an_assessor_who_judged_one_clause_of_several_is_told_in_the_remarks(office: Office) -> None:
    _, sheet = forms_of(office, HOSPITAL)[0]
    row = sheet.items()["1"]
    # The superior gave 1.50 to one clause of five; the others count as they were computed.
    assert hundredths(row["上级评定"]) == 419
    assert "主题教育部署：上级评定 1.50 分：缺学习体会" in row["备注"].value.split("\n")
    assert "主题教育部署：自评 2.00" in row["备注"].value.split("\n")


@pytest.mark.parametrize("form", FORMS)
def test_computed_is_what_the_rules_came_to(form: str, office: Office) -> None:
    for score, sheet in forms_of(office, form):
        items = sheet.items()
        rubric = load(form).rubric
        for item, shown in zip(
            rubric.items(), (item for s in score["sections"] for item in s["items"]), strict=True
        ):
            computed = hundredths(items[item.id]["计算得分"])
            if item.clauses[0].graded:
                continue
            if all(row["superior"] is row["department"] is row["self"] is None for row in shown["clauses"]):
                assert computed == hundredths(items[item.id]["得分"])


@pytest.mark.parametrize("form", [COLLEGE, HOSPITAL, COMMITTEE])
def test_a_section_is_one_cell_down_its_items(form: str, office: Office) -> None:
    for score, sheet in forms_of(office, form):
        rows = {row["序号"].value: row["序号"].row for row in sheet.rows() if row["序号"].value}
        areas = sorted(
            (area.min_row, area.max_row) for area in sheet.sheet.merged_cells.ranges
            if area.min_col == area.max_col == 1 and area.min_row > sheet.head
        )  # fmt: skip
        covered = {row: area for area in areas for row in range(area[0], area[1] + 1)}
        for section in score["sections"]:
            items = [rows[item["id"]] for item in section["items"]]
            tops = {covered[row][0] for row in items}
            texts = [sheet.sheet.cell(top, 1).value for top in sorted(tops)]
            assert texts[0].startswith(section["title"])
            assert [text.endswith("（续）") for text in texts] == [False, *[True] * (len(texts) - 1)]
            # Only a section that goes on on the next page is cut, and there.
            breaks = {found.id + 1 for found in sheet.sheet.row_breaks.brk}
            assert set(sorted(tops)[1:]) <= breaks


def test_a_form_of_one_section_has_no_column_for_it(office: Office) -> None:
    _, sheet = forms_of(office, BUREAU)[0]
    assert sheet.labelled("小计") == []
    assert [row["序号"].value for row in sheet.rows()][:19] == [str(number) for number in range(1, 20)]


def test_printed_sub_headings_stand_over_their_items(office: Office) -> None:
    _, sheet = forms_of(office, COMMITTEE)[0]
    texts = [row["序号"].value for row in sheet.rows()]
    at = texts.index("领导体制（3分）")
    assert texts[at + 1 : at + 4] == ["1.1.1", "1.1.2", "章程（1分）"]
    row = sheet.head + 1 + at
    assert f"B{row}:J{row}" in sheet.merged()


def test_bonus_stands_apart_after_the_base(office: Office) -> None:
    score, sheet = forms_of(office, HOSPITAL)[0]
    labels = [row["项目"].value or row["序号"].value for row in sheet.rows()]
    base, total = labels.index("基本分合计"), labels.index("合计")
    bonus = next(at for at, text in enumerate(labels) if text and text.startswith("创先争优"))
    assert base < bonus < total
    rows = sheet.rows()
    assert hundredths(rows[base]["得分"]) == parse_points(score["base"])
    assert hundredths(rows[base]["分值"]) == 100_00
    assert hundredths(rows[total]["分值"]) == 110_00


def test_a_veto_is_told_in_the_line_of_the_grade(office: Office) -> None:
    _, sheet = forms_of(office, COMMITTEE)[0]
    [grade] = sheet.labelled("等次")
    text = " ".join(str(cell.value) for cell in grade.values() if cell.value)
    assert "不予评定" in text
    assert "一票否决" in text
    [total] = sheet.labelled("合计")
    assert hundredths(total["得分"])


def test_remarks_say_what_was_lost_and_why(office: Office) -> None:
    _, sheet = forms_of(office, BUREAU)[0]
    remarks = {id_: row["备注"].value for id_, row in sheet.items().items()}
    assert remarks["5"] == "每季上缴党费：未完成（Q1、Q2、Q3、Q4），扣 4.00 分"
    assert remarks["9"] == "集中学习：未完成（10/12），扣 2.00 分"
    assert remarks["10"] == "上级评定：党务公开不及时"
    assert remarks["1"] is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_is_the_same_file_in_each_language(
    form: str, language: Language, office: Office
) -> None:
    report = office.report(form, language)
    assert render_xlsx(report) == render_xlsx(office.year(form).report(language))
    book = office.book(form, language)
    assert book.sheetnames[1:] == [branch.code for branch in report.branches]
    chinese = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row
        if isinstance(cell.value, str) and any("\u4e00" <= one <= "\u9fff" for one in cell.value)
        and not any(word in cell.value for word in ("待补", "党务公开", "缺学习体会", "案例"))
    ]  # fmt: skip
    assert bool(chinese) == (language == "zh")
