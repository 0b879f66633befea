"""Names and words on the command line that hang on who speaks."""

from pathlib import Path

from tests.program import Program


def test_a_committee_calls_its_congress_what_a_branch_calls_its_general_meeting(zhibu: Program) -> None:
    zhibu.ok(
        "log",
        "branch-registered",
        "--branch",
        "dw",
        "--name",
        "中心党委",
        "--organization",
        "党委",
        "--on",
        "2020-01-01",
    )
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2020-01-01")
    for branch in ("中心党委", "一支部"):
        zhibu.ok("log", "会议", "--branch", branch, "--kind", "党员大会", "--on", "2025-03-05")
    held = zhibu.ok("history", "--type", "会议", "--format", "json").json
    assert [(event["branch"], event["data"]["kind"]) for event in held] == [
        ("dw", "congress"),
        ("b1", "general_meeting"),
    ]


def test_a_branch_is_known_by_a_former_name_until_another_bears_it(zhibu: Program) -> None:
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "老名字", "--on", "2020-01-01")
    zhibu.ok("log", "branch-renamed", "--branch", "b1", "--name", "新名字", "--on", "2022-01-01")
    for name in ("老名字", "新名字", "b1（新名字）", "Ｂ１", "新 名字"):
        zhibu.ok(
            "log", "meeting-held", "--branch", name, "--kind", "study", "--on", "2025-03-05", "--topic", name
        )
    zhibu.ok("log", "branch-registered", "--branch", "b2", "--name", "老名字", "--on", "2023-01-01")
    zhibu.ok("log", "meeting-held", "--branch", "老名字", "--kind", "study", "--on", "2025-03-06")
    held = zhibu.ok("history", "--type", "meeting_held", "--format", "json").json
    assert [event["branch"] for event in held] == ["b1"] * 5 + ["b2"]
    assert zhibu("due", "--branch", "b1（别的名字）").status == 2


def test_one_name_of_two_members_is_refused_with_what_tells_them_apart(branch: Program) -> None:
    for code, role in (("m01", "secretary"), ("m02", "member")):
        branch.ok(
            "log", "member-joined", "--branch", "b1", "--member", code, "--role", role, "--on", "2019-01-01"
        )
        branch.ok("people", "set", code, "张伟", "--branch", "b1")
    refused = branch("log", "talk-held", "--branch", "b1", "--member", "张伟", "--held-by", "书记", lang="zh")
    assert refused.status == 1
    assert "m01（2019-01-01 入册，正式党员，书记）" in refused.err
    assert "m02（2019-01-01 入册，正式党员，党员）" in refused.err


def test_m01_of_two_branches_are_two_people(branch: Program) -> None:
    branch.ok("log", "branch-registered", "--branch", "b2", "--name", "二支部", "--on", "2018-06-01")
    for of, name in (("b1", "王芳"), ("b2", "李强")):
        branch.ok("log", "member-joined", "--branch", of, "--member", "m01", "--on", "2019-01-01")
        branch.ok("people", "set", "m01", name, "--branch", of)
    assert branch("people", "set", "m01", "谁", lang="zh").status == 2
    for of, name, other in (("一支部", "王芳", "李强"), ("二支部", "李强", "王芳")):
        listed = branch.ok("ledger", "roster", "--branch", of, lang="zh").out
        assert (name in listed, other in listed) == (True, False)


def test_an_identity_number_is_no_code_of_a_member(branch: Program) -> None:
    for number in ("110101199003078888", "11010119900307888X", "110101900307888", "13800138000"):
        said = branch("log", "member-joined", "--branch", "b1", "--member", number, "--on", "2019-01-01")
        assert (said.status, number[3:] in said.err, f"{number[:3]}…" in said.err) == (1, False, True)
    envelope = '"branch": "b1", "type": "member_left", "occurred_on": "2019-01-01"'
    line = f'{{{envelope}, "data": {{"member": "13800138000"}}}}'
    said = branch("import", "-", stdin=line)
    assert (said.status, "00138000" in said.err) == (1, False)
    # what merely has as many digits is a code
    branch.ok(
        "log", "member-joined", "--branch", "b1", "--member", "110101199013078888", "--on", "2019-01-01"
    )


def test_a_roster_by_its_title_or_its_columns_is_known_for_one(branch: Program, tmp_path: Path) -> None:
    file = tmp_path / "表.csv"
    for text in (
        "党员名册,,\n姓名,党内职务,党小组\n王芳,书记,一组\n",
        "姓名,党内职务,身份证号\n王芳,书记,110101199003078888\n",
    ):
        file.write_text(text)
        said = branch("import", str(file), "--branch", "b1", lang="zh")
        assert (said.status, "zhibu roster import" in said.err) == (1, True)


def test_an_assumed_day_names_the_forms_whose_due_day_it_misses(branch: Program, tmp_path: Path) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2019-01-01")
    file = tmp_path / "党费.csv"
    file.write_text("姓名,一月,二月\nm01,20,20\n")
    said = ("import", str(file), "--branch", "b1", "--year", "2019", "--dry-run", "--format", "json")
    (late, _) = branch.ok(*said, lang="zh").json["rows"]
    assert late["event"]["occurred_on"] == "2019-01-31"
    assert "学院职工党支部党建目标细则（2019）（每月 25 日）" in late["notes"][0]
    (fine, _) = branch.ok(*said, "--day", "20", lang="zh").json["rows"]
    assert fine["notes"] == ["表中没有缴费日期，按 2019-01-20 记"]


def test_a_rehearsal_of_a_roster_says_what_would_change_and_writes_nothing(
    branch: Program, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,职务\n沈红,书记\n合计,1人\n", "utf-8")
    told = branch.ok("roster", "import", str(sheet), "--branch", "b1", "--dry-run", lang="zh").out
    for said in ("略去 1 行", "沈红", "只是预演，没有写入。"):
        assert said in told
    assert branch.ok("roster", "--branch", "b1", "--format", "json").json == []
    # without being told to write, and nobody there to ask, it is an error
    assert branch("roster", "import", str(sheet), "--branch", "b1").status == 1
