"""Registers and ledgers of dues as a secretary keeps them, and what is told of what cannot be taken."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from ledger.store.event_store import Store
from tests.sheets.making import furnish, read, states, take, told, workbook

DAY = datetime.combine(date(2025, 3, 3), time())


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    return furnish(sqlite_store)


def register(*lines: str) -> bytes:
    """A register of meetings under its title, from lines of cells."""
    return "\n".join(("2025年“三会一课”登记表", *lines)).encode()


def hints(store: Store, sheet: bytes, **options: object) -> list[str]:
    """What to do about each problem of a sheet."""
    rows = read(store, sheet, branch="b1", **options).rows
    return [one.problem.hint.zh for row in rows for one in row.problems if one.problem.hint is not None]


def notes(store: Store, sheet: bytes, **options: object) -> list[str]:
    """What the reader is told beside the rows of a sheet."""
    return [note.zh for row in read(store, sheet, branch="b1", **options).rows for note in row.notes]


def test_a_column_mapped_by_hand_holds_its_field_in_the_lectures_among_meetings_too(branch: Store) -> None:
    sheet = register(
        "何时召开,会议名称,研究事项,应参加/到场",
        "2025-03-05,支委会,年度计划,3/3",
        "2025-03-20,党课（书记）,全会精神,10/9",
    )
    by_hand = {"何时召开": "occurred_on", "研究事项": "topic", "应参加/到场": "expected、present"}
    assert told(read(branch, sheet, branch="b1", map=by_hand)) == [
        "3 b1 meeting_held 2025-03-05 topic=年度计划 expected=3 present=3 kind=committee_meeting",
        "4 b1 lecture_given 2025-03-20 topic=全会精神 expected=10 present=9 lecturer=secretary",
    ]


def test_how_many_were_to_come_and_came_may_stand_in_one_cell(branch: Store) -> None:
    sheet = register(
        "开会时间,会议名称,应到/实到,主要议题",
        "2025-03-05,支委会,3/3,计划",
        "2025-03-06,主题党日,“应到10人，实到9人”".replace("“", '"').replace("”", '"') + ",义务劳动",
        "2025-03-07,组织生活会,实到8；应到10,自评",
        "2025-03-08,支委会,3,",
    )
    assert told(read(branch, sheet, branch="b1")) == [
        "3 b1 meeting_held 2025-03-05 topic=计划 expected=3 present=3 kind=committee_meeting",
        "4 b1 meeting_held 2025-03-06 topic=义务劳动 expected=10 present=9 kind=theme_day",
        "5 b1 meeting_held 2025-03-07 topic=自评 expected=10 present=8 kind=organizational_life",
        "C6 ✗ 应为 2 个数：应到人数、实到人数",
    ]


def test_a_pair_that_a_spreadsheet_program_made_a_day_of_is_refused(branch: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [["日期", "会议名称", "应到/实到"], ["2025-03-05", "支委会", DAY]]
    path = workbook(tmp_path / "a.xlsx", {"三会一课": rows})
    assert told(read(branch, path, path.name, branch="b1")) == ["C2 ✗ 应为 2 个数：应到人数、实到人数"]


def test_evidence_under_remarks_is_told_and_taken_where_somebody_says_so(branch: Store) -> None:
    sheet = register(
        "日期,会议名称,备注",
        "2025-01-08,支委会,有记录",
        '2025-01-15,党员大会,"有记录、照片3张"',
        "2025-02-15,党员大会,因雪改期",
    )
    assert notes(branch, sheet) == [
        "“备注”一列有 2 格写着材料（如“有记录”），没有读；要记作佐证材料，请加 --map '备注=evidence'"
    ]
    assert notes(branch, sheet, map={"备注": ""}) == []
    taken = told(read(branch, sheet, branch="b1", map={"备注": "evidence"}))
    assert taken[:2] == [
        "3 b1 meeting_held 2025-01-08 evidence=minutes kind=committee_meeting",
        "4 b1 meeting_held 2025-01-15 evidence=minutes+photo kind=general_meeting",
    ]
    assert taken[2].startswith("C5 ✗ ")


def test_days_in_numerals_and_with_their_weekday_are_days(branch: Store) -> None:
    sheet = register(
        "日期,会议名称",
        "二〇二五年四月十五日,支委会",
        "2025年十二月三十一日,支委会",
        "2025年四月二十日下午2:30,支委会",
        "2025年5月15日（星期四）,支委会",
        "2025年5月16日（星期五下午3点）,支委会",
    )
    reading = read(branch, sheet, branch="b1")
    assert [str(row.event.occurred_on) for row in reading.rows if row.event is not None] == [
        "2025-04-15",
        "2025-12-31",
        "2025-04-20",
        "2025-05-15",
        "2025-05-16",
    ]
    assert notes(branch, sheet) == ["只记日期，时刻 下午2:30 不记", "只记日期，时刻 下午3点 不记"]


def test_a_day_without_its_year_is_refused_with_the_day_that_it_may_be(branch: Store) -> None:
    sheet = register(
        "日期,会议名称",
        "1月15日下午2:30,支委会",
        "4.9,支委会",
        "25.4.15,支委会",
        "二〇二五年三十月一日,支委会",
    )
    assert hints(branch, sheet) == [
        "没有年份，表题的年份不代填；如是 2025 年，请写作 2025-01-15",
        "没有年份，表题的年份不代填；如是 2025 年，请写作 2025-04-09",
        "两位数的年份看不出是哪一年，请写四位",
    ]


def test_a_group_is_kept_in_the_topic_of_its_meeting(branch: Store) -> None:
    sheet = register(
        "日期,会议名称,会议内容",
        "2025-04-15,第一党小组会,学习党章",
        "2025-04-15,第二党小组会,学习党章",
        "2025-04-16,党小组会,学习",
        "2025-04-17,支委会会议,计划",
    )
    assert told(read(branch, sheet, branch="b1")) == [
        "3 b1 meeting_held 2025-04-15 topic=第一党小组：学习党章 kind=group_meeting",
        "4 b1 meeting_held 2025-04-15 topic=第二党小组：学习党章 kind=group_meeting",
        "5 b1 meeting_held 2025-04-16 topic=学习 kind=group_meeting",
        "6 b1 meeting_held 2025-04-17 topic=计划 kind=committee_meeting",
    ]
    assert states(take(branch, sheet, branch="b1")) == ["3 new", "4 new", "5 new", "6 new"]
    assert states(take(branch, sheet, branch="b1")) == ["3 present", "4 present", "5 present", "6 present"]


def test_two_kinds_of_meeting_in_one_cell_are_to_be_two_rows(branch: Store) -> None:
    sheet = register("日期,会议名称", "2025-05-10,党员大会暨主题党日")
    assert hints(branch, sheet) == ["一格写了几种会议：请分行写（支部党员大会、主题党日），一行一种"]


def test_a_reason_behind_a_name_on_leave_is_none_of_the_name(branch: Store) -> None:
    sheet = register(
        "日期,会议名称,请假人员",
        "2025-04-15,支委会,王芳因病请假、李强（年老）、古丽·阿依出差",
        "2025-04-16,支委会,王芳病假",
        "2025-04-17,支委会,m01（务工）",
    )
    assert told(read(branch, sheet, branch="b1")) == [
        "3 b1 meeting_held 2025-04-15 on_leave=m01+m02+m03 kind=committee_meeting",
        "4 b1 meeting_held 2025-04-16 on_leave=m01 kind=committee_meeting",
        "5 b1 meeting_held 2025-04-17 on_leave=m01 kind=committee_meeting",
    ]


def test_a_code_with_anothers_name_is_no_code_with_a_reason(branch: Store) -> None:
    sheet = register("日期,会议名称,请假人员", "2025-04-15,支委会,m01（李强）")
    assert told(read(branch, sheet, branch="b1")) == ["C3 ✗ m01 的姓名是王芳"]


def test_one_name_of_two_with_a_reason_names_both(branch: Store) -> None:
    sheet = register("日期,会议名称,请假人员", "2025-04-15,支委会,张伟（务工）", "2025-04-16,支委会,张炜")
    both, like = read(branch, sheet, branch="b1").rows
    assert both.problems[0].problem.expected.zh == (
        "有几名党员叫这个名字：m04（2020-01-01 入册，正式党员，书记）；m05（2020-01-01 入册，正式党员，党员）"
    )
    assert like.problems[0].problem.hint is not None
    assert like.problems[0].problem.hint.zh == "是否指 m04（张伟）、m05（张伟）？"


@pytest.mark.parametrize("cell", ["李强13911110004", "李强（电话139-1111-0004）", "李强 13911110004"])
def test_a_number_beside_a_name_on_leave_is_refused_and_not_shown(branch: Store, cell: str) -> None:
    sheet = register("日期,会议名称,请假人员", f"2025-04-15,支委会,{cell}")
    (row,) = read(branch, sheet, branch="b1").rows
    (problem,) = row.problems
    said = problem.message("zh")
    assert ("号码" in said or "手机号" in said, "1111" in said, "people set" in said) == (True, False, False)


def test_all_that_is_wrong_with_a_row_is_told_at_once(branch: Store) -> None:
    sheet = register("日期,会议名称,请假人员", '1月15日,茶话会,"张伟、13911110004、不认识"')
    assert [line.split(" ✗ ")[0] for line in told(read(branch, sheet, branch="b1"))] == [
        "A3",
        "C3",
        "C3",
        "C3",
        "B3",
    ]


def test_exempt_and_unpaid_months_are_no_payments_and_the_exempt_are_told(branch: Store) -> None:
    sheet = (
        "2026年党费台账\n姓名,1月,,2月,\n,应缴,实缴,应缴,实缴\n王芳,20,20,20,未缴\n李强,免,免,免,免\n"
    ).encode()
    reading = read(branch, sheet, branch="b1")
    assert told(reading) == ["C4 b1 dues_paid 2026-01-31 member=m01 month=2026-01 amount=20.00 due=20.00"]
    assert reading.rows[0].notes[-1].zh == (
        "第 5 行写着“免”，没有读入；免缴的人请用 zhibu log member-exempted --duty dues 登记，否则仍算未缴"
    )


def test_a_name_that_is_wrong_is_told_once_for_all_the_months_of_its_row(branch: Store) -> None:
    sheet = "2026年党费台账\n姓名,1月,2月,3月\n张伟,20,二十,20\n".encode()
    problems = [one for row in read(branch, sheet, branch="b1").rows for one in row.problems]
    assert [(one.cell, one.problem.found) for one in problems] == [("A3", '"张伟"'), ("C3", '"二十"')]


def test_a_day_written_out_in_the_last_row_of_a_narrow_register_is_no_remark(branch: Store) -> None:
    sheet = register("日期,会议名称", "2025年4月15日,支委会", "2025年5月15日,支委会", "2025年12月31日,")
    reading = read(branch, sheet, branch="b1")
    assert told(reading) == [
        "3 b1 meeting_held 2025-04-15 kind=committee_meeting",
        "4 b1 meeting_held 2025-05-15 kind=committee_meeting",
    ]
    assert reading.sheets[0].left_out_rows == {"remark": 1}
