"""Rosters as a branch keeps them: what is beside names, under offices, in remarks; days half written."""

from datetime import date

import pytest

from ledger.files.rosters.plan import Plan, apply_plan, plan_roster
from ledger.files.rosters.reading import read_roster
from ledger.names import Directory
from ledger.store.event_store import Store
from tests.sheets.making import NOW, TODAY, furnish


@pytest.fixture
def branch(sqlite_store: Store) -> Store:
    return furnish(sqlite_store)


def plan(store: Store, *lines: str, on: date | None = None) -> Plan:
    """What a roster of these lines would change of the branch."""
    directory = Directory(store)
    reading = read_roster("\n".join(lines).encode(), directory, "b1", today=TODAY, name="名册.csv")
    return plan_roster(store, directory, reading, "b1", today=TODAY, on=on)


def said(changes: Plan) -> list[str]:
    """Each person in a line: the name, then what would be recorded."""
    lines = []
    for change in changes.changes:
        told = [
            " ".join(
                [one.type, str(one.occurred_on), *map(str, one.data.model_dump(exclude_unset=True).values())]
            ).replace(f" {change.code}", "")
            for one in change.events
        ]
        lines.append("; ".join((change.person.name, *told)))
    return lines


def notes(changes: Plan) -> list[str]:
    return [note.zh for change in changes.changes for note in change.notes]


def problems(changes: Plan) -> list[str]:
    return [f"{one.cell} {one.message('zh')}" for one in changes.problems]


def test_a_name_with_a_word_of_leaving_beside_it_is_refused(branch: Store) -> None:
    assert problems(plan(branch, "姓名,职务", "沈红（调出）,", "李明（已去世）,")) == [
        "A2 第 2 行“姓名”：姓名旁边写着“调出”。已不在本支部的，请从表中删去这一行；在册的，请只留姓名",
        "A3 第 3 行“姓名”：姓名旁边写着“去世”。已不在本支部的，请从表中删去这一行；在册的，请只留姓名",
    ]


def test_a_number_beside_a_name_is_refused_and_not_shown(branch: Store) -> None:
    told = problems(plan(branch, "姓名,职务", "卫平13911110020,", "沈红 010-62221234,"))
    assert told == [
        'A2 第 2 行“姓名”：姓名旁边写着号码：台账不记号码，实际为 "卫平139…"。请删去号码，只留姓名',
        'A3 第 3 行“姓名”：姓名旁边写着号码：台账不记号码，实际为 "沈红010…"。请删去号码，只留姓名',
    ]


def test_probation_beside_a_name_is_no_part_of_it_and_a_gender_is_kept_nowhere(branch: Store) -> None:
    changes = plan(branch, "姓名,职务", "蒋涛（预备）,", "沈红（女）,", "王勇（大）,")
    assert said(changes) == [
        "蒋涛; member_joined 2020-01-01 probationary",
        "沈红; member_joined 2020-01-01",
        "王勇（大）; member_joined 2020-01-01",
    ]
    assert notes(changes) == ["姓名旁边的性别不记"]


def test_a_remark_that_tells_of_leaving_probation_or_coming_in_is_told_in_that_word_alone(
    branch: Store,
) -> None:
    changes = plan(
        branch,
        "姓名,职务,备注",
        "沈红,,2025年6月去世",
        "蒋涛,,预备党员，电话13911110021",
        "褚卫国,,2024年9月从城关镇支部转入",
        "吴敏,,三号楼",
    )
    assert notes(changes) == [
        "备注里有“去世”，备注不读，仍按在册党员记；已不在本支部的，请从表中删去这一行",
        "备注里有“预备”，备注不读；是预备党员的，请加一列“党员类别”写明",
        "备注里有“转入”，备注不读；从别处转来的，请加一列“转入时间”写明何时",
    ]
    assert changes.reading.left_out_columns == ("备注",)


def test_who_joined_lately_and_has_no_day_of_full_membership_is_told_to_be_taken_as_full(
    branch: Store,
) -> None:
    changes = plan(
        branch,
        "姓名,入党时间,转正时间",
        "陈晓雨,2024年6月28日,",
        "冯志强,1966年3月,无",
        "沈红,2025-06-28,",
        "吴敏,2023-06-18,2024-06-18",
    )
    assert said(changes)[2] == "沈红; member_joined 2020-01-01 probationary"
    assert [note for note in notes(changes) if "转正" in note] == [
        "2024-06-28 入党，转正时间空着，按已满一年记为正式党员；仍是预备党员的，请加一列“党员类别”写明"
    ]


def test_another_status_dates_from_the_day_that_the_sheet_says(branch: Store) -> None:
    sheet = ("姓名,党员类别,入党时间", "李强,预备党员,2024年6月28日")
    changes = plan(branch, *sheet)
    assert said(changes) == ["李强; development_stage_reached 2024-06-28 probationary"]
    assert notes(changes)[0] == "台账原为正式党员，按表中的日期自 2024-06-28 起改为预备党员"
    assert said(plan(branch, *sheet, on=date(2025, 1, 1))) == [
        "李强; development_stage_reached 2025-01-01 probationary"
    ]
    # never before he was on the roster at all
    assert said(plan(branch, "姓名,党员类别,入党时间", "李强,预备党员,2019-06-28")) == [
        "李强; development_stage_reached 2020-01-01 probationary"
    ]
    apply_plan(branch, changes, now=NOW, today=TODAY, known={})
    assert said(plan(branch, *sheet)) == ["李强"]
    # what the log tells of somebody's development is younger than the days of a sheet
    assert said(plan(branch, "姓名,党员类别,转正时间", "李强,正式党员,2025-06-28")) == [
        "李强; development_stage_reached 2026-03-20 full"
    ]


def test_years_alone_and_no_day_at_all_stop_no_roster_and_short_years_are_told_as_such(branch: Store) -> None:
    changes = plan(
        branch, "姓名,入党时间,转正时间", "沈红,1988年,1989", "冯志强,1966年3月,无", "吴敏,1999.6,2000.7"
    )
    assert (problems(changes), len(said(changes))) == ([], 3)
    short = "应为日期或年月，如 1997年7月，实际为"
    told = "两位数的年份看不出是哪一年，请写四位"
    assert problems(plan(branch, "姓名,入党时间,转正时间", "沈红,97.7,98.7")) == [
        f'B2 第 2 行“入党时间”：{short} "97.7"。{told}',
        f'C2 第 2 行“转正时间”：{short} "98.7"。{told}',
    ]


def test_offices_of_groups_and_former_ones_are_none_of_the_branch(branch: Store) -> None:
    changes = plan(
        branch,
        "姓名,党内职务",
        "沈红,第一党小组组长",
        "蒋涛,预备党员",
        "冯志强,原支部书记",
        "吴敏,纪检委员、党小组组长",
    )
    assert said(changes) == [
        "沈红; member_joined 2020-01-01",
        "蒋涛; member_joined 2020-01-01 probationary",
        "冯志强; member_joined 2020-01-01",
        "吴敏; member_joined 2020-01-01 committee",
    ]
    assert notes(changes) == [
        "“第一党小组组长”不是现任支委职务，没有记",
        "“原支部书记”不是现任支委职务，没有记",
        "“党小组组长”不是现任支委职务，没有记",
    ]
    (told,) = problems(plan(branch, "姓名,党内职务", "沈红,联络员"))
    office, _, hint = told.partition("。")
    assert office == 'B2 第 2 行“党内职务”：应为党员、委员、副书记、书记，实际为 "联络员"'
    assert hint == "没有支部职务的，这一格留空或写“党员”"
