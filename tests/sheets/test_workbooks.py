"""People's own workbooks: merged cells, hidden rows and sheets, formulas, dates, several sheets."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest

from ledger.store.event_store import Store
from tests.sheets.making import furnish, read, told, workbook

HEADER: list[object] = ["姓名", "月份", "缴费日期", "实缴"]


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    return furnish(sqlite_store)


def rewritten(path: Path, old: bytes, new: bytes) -> bytes:
    """The bytes of a workbook with a piece of its first sheet's XML put in another's place."""
    stream = BytesIO()
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(stream, "w") as written:
        for name in given.namelist():
            data = given.read(name)
            if name.endswith("sheet1.xml"):
                assert old in data, data
                data = data.replace(old, new)
            written.writestr(name, data)
    return stream.getvalue()


def day(year: int, month: int, number: int) -> datetime:
    return datetime.combine(date(year, month, number), time())


def test_merged_cells_give_their_value_to_every_row_that_they_cover(branch: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["党费收缴表", None, None, None, None],
        ["党支部", "缴费日期", "姓名", "月份", "实缴"],
        ["第一党支部", day(2026, 3, 10), "王芳", "2026-03", 20],
        [None, None, "李强", "2026-03", 30],
        [None, None, None, None, None],
    ]
    path = workbook(tmp_path / "a.xlsx", {"党费": rows}, merged={"党费": ["A1:E1", "A3:A5", "B3:B5"]})
    reading = read(branch, path, path.name)
    assert told(reading) == [
        "3 b1 dues_paid 2026-03-10 member=m01 month=2026-03 amount=20.00",
        "4 b1 dues_paid 2026-03-10 member=m02 month=2026-03 amount=30.00",
    ]
    # a row of nothing but merged values is none
    assert reading.sheets[0].left_out_rows == {"blank": 1}


def test_an_amount_merged_over_several_rows_is_nobodys(branch: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADER,
        ["王芳", "2026-03", day(2026, 3, 10), 50],
        ["李强", "2026-03", day(2026, 3, 10), None],
    ]
    path = workbook(tmp_path / "a.xlsx", {"党费": rows}, merged={"党费": ["D2:D3"]})
    assert told(read(branch, path, path.name, branch="b1")) == [
        "D2 ✗ 金额是几行合并的单元格，看不出各行多少",
        "D3 ✗ 金额是几行合并的单元格，看不出各行多少",
    ]


def test_a_header_of_two_rows_with_months_merged_over_what_was_owed_and_paid(
    branch: Store, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["2026年党费台账"],
        ["序号", "姓名", "一月", None, "二月", None, "合计"],
        [None, None, "应缴", "实缴", "应缴", "实缴", None],
        [1, "王芳", 20, 20, 20, 20, "=D4+F4"],
        [2, "李强", 30, 30, 30, None, "=D5+F5"],
        ["合计", None, "=SUM(C4:C5)", "=SUM(D4:D5)", None, None, None],
    ]
    spans = ["A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"]
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": rows}, merged={"Sheet1": spans})
    reading = read(branch, path, path.name, branch="b1")
    assert told(reading) == [
        "D4 b1 dues_paid 2026-01-31 member=m01 month=2026-01 amount=20.00 due=20.00",
        "F4 b1 dues_paid 2026-02-28 member=m01 month=2026-02 amount=20.00 due=20.00",
        "D5 b1 dues_paid 2026-01-31 member=m02 month=2026-01 amount=30.00 due=30.00",
    ]
    assert reading.sheets[0].header_row == 2
    assert reading.sheets[0].left_out_columns == ("序号", "合计")


def test_hidden_rows_are_read_and_counted_hidden_and_explanatory_sheets_named(
    branch: Store, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        HEADER,
        ["王芳", "2026-03", day(2026, 3, 10), 20],
        ["李强", "2026-03", day(2026, 3, 11), 20],
    ]
    sheets: dict[str, list[list[object]]] = {
        "党费": rows,
        "旧表": rows,
        "填写说明": [["请逐行填写"], ["不要合并"]],
    }
    path = workbook(tmp_path / "a.xlsx", sheets, hidden=("旧表",), hidden_rows={"党费": [3]})
    reading = read(branch, path, path.name, branch="b1")
    assert len(told(reading)) == 2
    assert [note.zh for note in reading.rows[1].notes] == ["这一行是隐藏行"]
    assert [(sheet.sheet, sheet.hidden_rows, sheet.why is None) for sheet in reading.sheets] == [
        ("党费", 1, True),
        ("旧表", 0, False),
        ("填写说明", 0, False),
    ]
    picked = read(branch, path, path.name, branch="b1", sheets=("旧表",), type_word="dues_paid")
    assert len(told(picked)) == 2
    (wrong,) = read(branch, path, path.name, sheets=("四月",)).rows
    assert wrong.problems[0].problem.hint is not None
    assert set(wrong.problems[0].problem.hint.zh.removeprefix("有：").split("、")) == {
        "党费",
        "旧表",
        "填写说明",
    }


def test_sheets_named_after_months_are_months_of_the_year_that_is_said(branch: Store, tmp_path: Path) -> None:
    header: list[object] = ["党员姓名", "应缴金额（元）", "实缴金额（元）"]
    sheets: dict[str, list[list[object]]] = {
        "1月": [header, ["王芳", 20, 20]],
        "2月": [header, ["王芳", 20, 20]],
    }
    path = workbook(tmp_path / "党费.xlsx", sheets)
    assert told(read(branch, path, path.name, branch="b1", type_word="dues_paid", year=2026)) == [
        "2 b1 dues_paid 2026-01-31 member=m01 month=2026-01 amount=20.00 due=20.00",
        "2 b1 dues_paid 2026-02-28 member=m01 month=2026-02 amount=20.00 due=20.00",
    ]
    assert told(read(branch, path, path.name, branch="b1", type_word="dues_paid")) == [
        "2 ✗ 应为月份 YYYY-MM",
        "2 ✗ 应为月份 YYYY-MM",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2025, 3, 5), "2025-03-05"),
        (day(2025, 3, 5), "2025-03-05"),
        (datetime.combine(date(2025, 3, 5), time(14, 30)), "2025-03-05"),
        (45721, "2025-03-05"),
        (20250305, "2025-03-05"),
        ("2025.3.5", "2025-03-05"),
    ],
)
def test_cells_that_are_days(cell: object, expected: str, branch: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"心得体会": [["姓名", "日期"], ["王芳", cell]]})
    assert told(read(branch, path, path.name, branch="b1")) == [
        f"2 b1 study_note_submitted {expected} member=m01"
    ]


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        (date(2025, 12, 1), "2025-12"),
        (202512, "2025-12"),
        ("2025.12", "2025-12"),
        (2025.1, None),
        (2025.12, None),
        (date(2025, 12, 5), None),
        (45721, None),
    ],
)
def test_cells_that_are_months_and_cells_that_are_not(
    cell: object, month: str | None, branch: Store, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"党费": [HEADER, ["王芳", cell, "2025-12-10", 20]]})
    (row,) = read(branch, path, path.name, branch="b1").rows
    assert (row.event.data.month if row.event else None) == month  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [(20, "20.00"), (48.300000000000004, "48.30"), (20.005, None), ("￥1,048.50", "1048.50"), (True, None)],
)
def test_cells_that_are_money_and_cells_that_are_not(
    cell: object, amount: str | None, branch: Store, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"党费": [HEADER, ["王芳", "2025-12", "2025-12-10", cell]]})
    (row,) = read(branch, path, path.name, branch="b1").rows
    assert (str(row.event.data.amount) if row.event else None) == amount  # type: ignore[attr-defined]


def test_a_formula_is_taken_by_its_stored_result_and_refused_without_one(
    branch: Store, tmp_path: Path
) -> None:
    rows: list[list[object]] = [HEADER, ["王芳", "2025-12", "2025-12-10", "=10+10"]]
    bare = workbook(tmp_path / "bare.xlsx", {"党费": rows})
    assert told(read(branch, bare, bare.name, branch="b1")) == ["D2 ✗ 公式没有算出的结果"]
    stored = rewritten(bare, b"<f>10+10</f><v />", b"<f>10+10</f><v>20</v>")
    assert told(read(branch, stored, "a.xlsx", branch="b1")) == [
        "2 b1 dues_paid 2025-12-10 member=m01 month=2025-12 amount=20.00"
    ]


def test_whole_numbers_are_texts_only_where_the_field_allows(branch: Store, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "会议": [
                ["日期", "类型", "议题", "应到"],
                ["2025-03-05", "学习", 2025, 5.5],
                ["2025-03-06", 3, "x", 5],
            ]
        },
    )
    first, second = read(branch, path, path.name, branch="b1").rows
    assert [one.cell for one in first.problems] == ["D2"]
    assert [one.cell for one in second.problems] == ["B3"]


def test_an_old_sheet_of_wps_is_refused_with_the_way_to_save_it(branch: Store) -> None:
    (row,) = read(branch, b"\xd0\xcf\x11\xe0 whatever", "党费.et").rows
    hint = row.problems[0].problem.hint
    assert hint is not None
    assert "另存为" in hint.zh
    assert "xlsx" in hint.zh


def test_one_cell_far_away_is_refused_before_anything_is_unfolded(branch: Store, tmp_path: Path) -> None:
    from openpyxl import Workbook

    for cell in ("A1048576", "XFD1"):
        book = Workbook()
        book.active["A1"] = "姓名"  # type: ignore[index]
        book.active[cell] = "x"  # type: ignore[index]
        book.save(tmp_path / "a.xlsx")
        (row,) = read(branch, tmp_path / "a.xlsx", "a.xlsx").rows
        assert "未读取" in row.problems[0].problem.expected.zh


def test_a_merge_over_a_whole_sheet_ends_where_the_sheet_does(branch: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [["党支部", *HEADER], ["第一党支部", "王芳", "2025-12", "2025-12-10", 20]]
    path = workbook(tmp_path / "a.xlsx", {"党费": rows}, merged={"党费": ["A2:A3"]})
    vast = rewritten(path, b'ref="A2:A3"', b'ref="A2:A1048576"')
    assert told(read(branch, vast, path.name)) == [
        "2 b1 dues_paid 2025-12-10 member=m01 month=2025-12 amount=20.00"
    ]
