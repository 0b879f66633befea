"""A secretary's month with sheets of her own, through the real program."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.program import Program, figures
from tests.sheets.making import workbook

IDENTITY, PHONE, ADDRESS = "110101199003078888", "13800138000", "幸福路一号"
ROSTER: list[list[object]] = [
    ["第一党支部党员名册"],
    ["序号", "姓名", "身份证号", "民族", "入党时间", "转正时间", "党内职务", "手机", "家庭住址", "转入时间"],
    [1, "王芳", IDENTITY, "汉", "2010.7", "2011-07-01", "支部书记", PHONE, ADDRESS, None],
    [2, "李 强", int(IDENTITY) + 1, "回", "2012-07-01", "2013-07-01", "组织委员", int(PHONE) + 1, ADDRESS],
    [3, "张伟", f"{IDENTITY[:-1]}X", "汉", "2016-06-01", "2017-06-01", "", PHONE, ADDRESS, date(2018, 9, 1)],
]  # fmt: skip
DUES = "姓名,月份,应缴,实缴,缴费日期\n王芳,2019-01,20,20,2019-01-10\n李强,2019-01,30,30,2019-01-11\n"


@pytest.fixture
def furnished(branch: Program, tmp_path: Path) -> Program:
    workbook(tmp_path / "名册.xlsx", {"名册": ROSTER}, merged={"名册": ["A1:J1"]})
    (tmp_path / "党费.csv").write_bytes(DUES.encode("gbk"))
    return branch


def test_a_roster_is_shown_whole_and_written_once_it_is_confirmed(furnished: Program, tmp_path: Path) -> None:
    file = str(tmp_path / "名册.xlsx")
    head = furnished.head()
    shown = furnished("roster", "import", file, "--branch", "一支部", lang="zh")
    assert shown.status == 1
    assert "--yes" in shown.err
    assert furnished.head() == head
    for text in ("wf01", "王芳", "身份证号", "手机", "家庭住址", "民族"):
        assert text in shown.out
    furnished.ok("roster", "import", file, "--branch", "一支部", "--yes")
    listed = furnished.ok("roster", "--branch", "一支部", "--format", "json").json
    assert listed == [
        {"member": "wf01", "since": "2018-06-01", "status": "full", "role": "secretary"},
        {"member": "lq01", "since": "2018-06-01", "status": "full", "role": "committee"},
        {"member": "zw01", "since": "2018-09-01", "status": "full", "role": "member"},
    ]
    head = furnished.head()
    furnished.ok("roster", "import", file, "--branch", "b1", "--yes")
    assert furnished.head() == head


def test_who_joined_the_party_after_the_branch_was_founded_is_told_to_owe_dues_before(
    branch: Program, tmp_path: Path
) -> None:
    (tmp_path / "名册.csv").write_text("姓名,入党时间,转入时间\n王芳,2018.12,\n李强,2018.12,2019-01-02\n")
    shown = branch("roster", "import", str(tmp_path / "名册.csv"), "--branch", "b1", lang="zh").out
    told = "".join(shown.split("\n"))
    assert re.search(r" 2 .*2018-12-01.*2018-06-01", told)
    assert " 3 行" not in told


def test_nobody_is_left_out_of_a_roster_for_a_remark_on_the_last_of_them(
    branch: Program, tmp_path: Path
) -> None:
    people = "1,高　峰,支部委员（组织）,\n2,罗敏,,2025年6月28日吸收\n填表人：,高峰,,\n"
    (tmp_path / "名单.csv").write_bytes(f"编号,党员姓名,现任党内职务,备注\n{people}".encode("gbk"))
    branch.ok("roster", "import", str(tmp_path / "名单.csv"), "--branch", "b1", "--yes")
    listed = branch.ok("roster", "--branch", "b1", "--format", "json").json
    assert [(one["member"], one["role"]) for one in listed] == [("gf01", "committee"), ("lm01", "member")]


def test_again_another_office_is_an_event_and_who_is_missing_is_named(
    furnished: Program, tmp_path: Path
) -> None:
    file = str(tmp_path / "名册.xlsx")
    furnished.ok("roster", "import", file, "--branch", "b1", "--yes")
    later = [[*ROSTER[0]], [*ROSTER[1]], [*ROSTER[2]], [*ROSTER[3]]]
    later[2][6], later[3][6] = "支委", "书记"
    workbook(tmp_path / "新.xlsx", {"名册": later})
    said = furnished.ok(
        "roster", "import", str(tmp_path / "新.xlsx"), "--branch", "b1", "--on", "2019-02-01", "--yes"
    )
    assert "zw01（张伟）" in said.err
    assigned = furnished.ok("history", "--type", "role_assigned", "--format", "json").json
    assert [(event["occurred_on"], event["data"]) for event in assigned] == [
        ("2019-02-01", {"member": "wf01", "role": "committee"}),
        ("2019-02-01", {"member": "lq01", "role": "secretary"}),
    ]


def test_nothing_that_the_log_may_not_hold_is_found_anywhere(furnished: Program, tmp_path: Path) -> None:
    file = str(tmp_path / "名册.xlsx")
    said = [furnished("import", file, "--branch", "b1", "--format", form) for form in ("text", "json")]
    said.append(furnished("roster", "import", file, "--branch", "b1", "--yes"))
    wrong = tmp_path / "错.csv"
    wrong.write_text(
        f"姓名,身份证号,手机,月份,实缴\n{IDENTITY},{IDENTITY},{PHONE},2019-01,20\n{PHONE},x,y,2019-13,20\n"
    )
    said += [
        furnished("import", str(wrong), "--branch", "b1", "--type", "党费", "--format", form)
        for form in ("text", "json")
    ]
    said.append(
        furnished(
            "log", "dues-paid", "--branch", "b1", "--member", IDENTITY, "--month", "2019-01", "--amount", "20"
        )
    )
    said.append(furnished("people", "set", PHONE, "王芳", "--branch", "b1"))
    for name in ("全部.jsonl", "全部.csv", "全部.xlsx"):
        furnished.ok("export", str(tmp_path / name))
    furnished.ok("export", str(tmp_path / "有名.xlsx"), "--names")
    texts = [result.out + result.err for result in said]
    for book in ("全部.xlsx", "有名.xlsx"):
        sheets = load_workbook(tmp_path / book).worksheets
        texts += [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    stored = b"".join(path.read_bytes() for path in Path(str(furnished.ledger)).parent.glob("ledger.db*"))
    stored += (tmp_path / "全部.jsonl").read_bytes() + (tmp_path / "全部.csv").read_bytes()
    for secret in (IDENTITY[3:], PHONE[3:], ADDRESS, "回"):
        assert secret.encode() not in stored
        assert not [text for text in texts if secret in text], secret
    assert any("110…" in text for text in texts)


def test_dues_are_brought_in_seen_corrected_and_put_right(furnished: Program, tmp_path: Path) -> None:
    furnished.ok("roster", "import", str(tmp_path / "名册.xlsx"), "--branch", "b1", "--yes")
    file = str(tmp_path / "党费.csv")
    dry = furnished.ok("import", file, "--branch", "一支部", "--dry-run", "--format", "json").json
    assert [row["state"] for row in dry["rows"]] == ["new", "new"]
    for counts in ([2, 0], [0, 2]):
        assert figures(furnished.ok("import", file, "--branch", "一支部").out.splitlines()[-1]) == counts
    (tmp_path / "党费.csv").write_bytes(DUES.replace("30,30", "30,25").encode("gbk"))
    refused = furnished("import", file, "--branch", "一支部", lang="zh")
    assert refused.status == 1
    assert "D3" in refused.err
    assert "--update" in refused.err
    answer = furnished.ok("import", file, "--branch", "一支部", "--update", "--format", "json").json
    assert (answer["appended"], answer["present"], answer["corrected"]) == (0, 1, 1)
    listed = furnished.ok("history", "--member", "李强", "--type", "dues_paid", "--format", "json").json
    assert [(event["state"], event["stands_as"]["data"]["amount"]) for event in listed] == [
        ("corrected", "25.00")
    ]
    position = listed[0]["position"]
    furnished.ok("retract", f"#{position}", "--reason", "重来")
    again = furnished("import", file, "--branch", "一支部", "--format", "json").json
    assert [row["state"] for row in again["rows"]] == ["present", "retracted"]
    last = furnished.ok("import", file, "--branch", "一支部", "--again").out.splitlines()[-1]
    assert figures(last) == [1, 1]


def test_one_import_is_taken_back_whole(furnished: Program, tmp_path: Path) -> None:
    furnished.ok("roster", "import", str(tmp_path / "名册.xlsx"), "--branch", "b1", "--yes")
    before = furnished.head()["position"]
    furnished.ok("import", str(tmp_path / "党费.csv"), "--branch", "b1")
    furnished.ok("log", "study-note-submitted", "--branch", "b1", "--member", "王芳", "--on", "2019-02-01")
    furnished.ok("retract", "--import", str(before + 2), "--reason", "表错了")
    states = {e["position"]: e["state"] for e in furnished.ok("history", "--format", "json").json}
    assert [states[before + at] for at in (1, 2, 3)] == ["retracted", "retracted", "standing"]
    assert furnished("retract", "--import", str(before + 1), "--reason", "再来").status == 1


def test_events_are_named_by_position_by_the_beginning_of_the_id_or_as_the_last(furnished: Program) -> None:
    for day in ("2019-02-01", "2019-02-02", "2019-02-03"):
        furnished.ok("log", "meeting-held", "--branch", "b1", "--kind", "支委会", "--on", day)
    first, second, third = furnished.ok("history", "--type", "meeting_held", "--format", "json").json
    head = furnished.head()
    # all or nothing
    assert furnished("retract", str(first["position"]), "999", "--reason", "错").status == 1
    assert furnished("retract", second["id"][:3], "--reason", "错").status == 1
    assert furnished("retract", "--reason", "错").status == 2
    assert furnished.head() == head
    furnished.ok("retract", f"＃{first['position']}", second["id"], "--reason", "错")
    shown = furnished.ok("retract", "--last", "--branch", "一支部", "--reason", "错")
    assert shown.out.splitlines()[0].startswith(f"{third['position']}  2019-02-03")
    states = [e["state"] for e in furnished.ok("history", "--type", "meeting_held", "--format", "json").json]
    assert states == ["retracted"] * 3


def test_what_columns_mean_is_kept_for_the_next_time(furnished: Program, tmp_path: Path) -> None:
    furnished.ok("roster", "import", str(tmp_path / "名册.xlsx"), "--branch", "b1", "--yes")
    odd = tmp_path / "怪.csv"
    odd.write_text("姓名,月份,实际金额,缴费日期\n王芳,2019-03,20,2019-03-10\n")
    said = ("import", str(odd), "--branch", "b1", "--type", "党费")
    assert furnished(*said).status == 1
    furnished.ok(*said, "--map", "实际金额=amount", "--map-save", "我的表", "--dry-run")
    assert figures(furnished.ok(*said, "--map-use", "我的表").out.splitlines()[-1]) == [1, 0]
    assert furnished(*said, "--map-use", "没有").status == 2


def test_an_unknown_name_on_the_command_line_suggests_the_nearest(furnished: Program, tmp_path: Path) -> None:
    furnished.ok("roster", "import", str(tmp_path / "名册.xlsx"), "--branch", "b1", "--yes")
    wrong = furnished("due", "--branch", "二支部", lang="zh")
    assert (wrong.status, "b1（一支部）" in wrong.err) == (2, True)
    member = furnished(
        "log", "talk-held", "--branch", "一支部", "--member", "王方", "--held-by", "书记", lang="zh"
    )
    assert (member.status, "wf01（王芳）" in member.err) == (1, True)
    furnished.ok(
        "log", "talk-held", "--branch", "一支部", "--member", "wf01（王芳）", "--held-by", "支部书记"
    )
    furnished.ok("log", "talk-held", "--branch", "B1", "--member", "李 强", "--held-by", "支部书记")


def test_the_demos_year_goes_through_a_chinese_workbook_into_a_fresh_ledger(
    year: Program, zhibu: Program, tmp_path: Path
) -> None:
    file = str(tmp_path / "全部.xlsx")
    year.ok("export", file, lang="zh")
    assert "会议" in load_workbook(file).sheetnames
    zhibu.ok("import", file)
    kept = ("id", "branch", "type", "occurred_on", "counts_for", "data", "recorded_by")

    def content(program: Program) -> list[dict[str, object]]:
        events = program.ok("history", "--format", "json").json
        return sorted(({key: event[key] for key in kept} for event in events), key=lambda one: str(one["id"]))

    assert content(zhibu) == content(year)


def test_the_lists_are_printed_as_tables_sheets_and_pages(furnished: Program, tmp_path: Path) -> None:
    furnished.ok("roster", "import", str(tmp_path / "名册.xlsx"), "--branch", "b1", "--yes")
    furnished.ok("import", str(tmp_path / "党费.csv"), "--branch", "b1")
    unpaid = furnished.ok("ledger", "unpaid", "--branch", "一支部", "--month", "2019-01", lang="zh").out
    assert "zw01（张伟）" in unpaid
    assert "wf01" not in unpaid
    codes = furnished.ok("ledger", "roster", "--branch", "b1", "--codes", lang="zh").out
    assert "王芳" not in codes
    for kind in ("dues", "meetings", "roster", "unpaid"):
        for ending in ("xlsx", "html"):
            file = tmp_path / f"{kind}.{ending}"
            words = ("ledger", kind, "--branch", "b1", "--year", "2019", "--output", str(file))
            assert str(file) in furnished.ok(*words, lang="zh").out
            assert file.stat().st_size > 500
    assert furnished("ledger", "dues", "--branch", "b1", "--year", "2019", "--month", "2019-01").status == 2


def test_a_table_that_cannot_be_read_at_all_is_named(branch: Program, tmp_path: Path) -> None:
    old = tmp_path / "党费.et"
    old.write_bytes(b"WPS")
    for file in (old, tmp_path / "none.xlsx", tmp_path / "none.csv"):
        refused = branch("import", str(file), "--branch", "b1")
        assert refused.status == 1
        assert str(file) in refused.err
