"""Logging single events, and what is said the moment it is done."""

import re
import uuid
from pathlib import Path

import pytest

from tests.program import Program

RUBRIC = "college-staff-branch-2019"
STUDY = ("log", "meeting-held", "--branch", "b1", "--kind", "study", "--on", "2019-03-12")
DUES = (
    "log", "dues-paid", "--branch", "b1", "--month", "2019-03", "--amount", "20", "--on", "2019-03-20",
)  # fmt: skip
_LOGGED = re.compile(r"logged ([0-9a-f-]{36}) at position (\d+)\.")


def test_an_event_is_logged_with_its_id_and_position_and_what_it_counts_for(branch: Program) -> None:
    result = branch.ok(
        *STUDY, "--expected", "12", "--present", "11", "--evidence", "minutes", "--evidence", "photo"
    )
    logged, *counts, met, following = result.out.splitlines()
    found = _LOGGED.fullmatch(logged)
    assert found is not None
    assert uuid.UUID(found[1]).version == 7
    assert found[2] == "3"
    assert counts == [
        f"counts for: {RUBRIC} 2.1.a, towards 8 a year; due met (advisory)",
        f"counts for: {RUBRIC} 2.1.b, towards 8 a year",
    ]
    assert met == "met: monthly study session 2019-03 (2.1.a, due 2019-03-31)"
    assert following.startswith("next due: committee meeting by ")
    assert result.err == ""


def test_what_it_counts_for_is_said_in_chinese_too(branch: Program) -> None:
    out = branch.ok(
        "log", "document-submitted", "--branch", "b1", "--kind", "appraisal_scheme", lang="zh"
    ).out
    assert out.splitlines()[1] == f"计入：{RUBRIC} 1.2，应办已落实"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("article-published --level unit", "6.4, +1.00 points"),
        ("contest-entered --contest ethics --award third", "7.4, +2.00 points"),
        ("finding-recorded --category study_app_shortfall --count 2", "2.2.a, -2.00 points"),
        ("meeting-held --kind work_meeting --host superior --expected 3 --absent 2", "5.1.b, -2.00 points"),
        ("issue-opened --kind incident --ref leak", "5.2, due within 1 day"),
        ("metric-reported --metric study_app_average --value 9232.86", "2.2.b, ranked"),
        ("dues-paid --member m01 --month 2019-03 --amount 20 --on 2019-03-25", "10.2, due met"),
        ("dues-paid --member m01 --month 2019-03 --amount 20 --on 2019-03-26", "10.2, late"),
        ("document-submitted --kind brief --ref r1", "1.1, document submitted"),
        (f"clause-assessed --rubric {RUBRIC} --clause 11.1 --assessor superior --points 2", "11.1, judged"),
    ],
)  # fmt: skip
def test_each_rule_kind_says_what_the_event_is_to_it(line: str, said: str, branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    assert f"counts for: {RUBRIC} {said}" in branch.ok("log", *line.split(), "--branch", "b1").out


def test_an_answer_counts_for_what_it_answers(branch: Program) -> None:
    branch.ok("log", "issue-opened", "--branch", "b1", "--kind", "incident", "--ref", "leak")
    answered = branch.ok("log", "issue-closed", "--branch", "b1", "--ref", "leak")
    assert answered.out.splitlines()[1] == f"counts for: {RUBRIC} 5.2, answered"
    assert answered.out.splitlines()[2].startswith("met: reporting of incidents: leak (5.2, due ")
    assert "no adopted rubric" in branch.ok("log", "issue-closed", "--branch", "b1", "--ref", "nothing").err


def test_what_no_adopted_rubric_counts_is_logged_with_the_nearest_word_that_one_counts(
    branch: Program,
) -> None:
    result = branch.ok("log", "document-submitted", "--branch", "b1", "--kind", "appraisal_schema")
    assert _LOGGED.fullmatch(result.out.splitlines()[0])
    assert "counts for" not in result.out
    assert "document_submitted kind=appraisal_scheme" in result.err
    assert f"({RUBRIC} 1.2)" in result.err


def test_where_nothing_is_near_no_other_word_is_named(branch: Program) -> None:
    for line in (
        "training-completed --member m01 --hours 2 --mode online",
        "talk-held --member m01 --held-by committee",
    ):
        err = branch.ok("log", *line.split(), "--member", "m01", "--branch", "b1").err
        assert "nearest" not in err
        assert f"no adopted rubric ({RUBRIC}) counts this event." in err


@pytest.mark.parametrize(
    ("lang", "note"),
    [
        ("en", "note: zz is not on the roster of b1 on 2019-03-20."),
        ("zh", "提醒：2019-03-20 当天 zz 不在 b1 的名册上。"),
    ],
)
def test_a_member_who_is_not_on_the_roster_is_told(lang: str, note: str, branch: Program) -> None:
    for member, day in (("m01", "2019-01-01"), ("m02", "2019-04-01")):
        branch.ok("log", "member-joined", "--branch", "b1", "--member", member, "--on", day)
    assert note in branch.ok(*DUES, "--member", "zz", lang=lang).err
    assert branch.ok(*DUES, "--member", "m01").err == ""
    early, typo = branch.ok(*DUES, "--member", "m02").err, branch.ok(*DUES, "--member", "m1").err
    assert "m02 is not on the roster" in early
    assert "did you mean m01?" in typo
    branch.ok("log", "member-left", "--branch", "b1", "--member", "m01", "--on", "2019-05-01")
    talk = ("log", "talk-held", "--branch", "b1", "--member", "m01", "--held-by", "committee")
    assert "roster" in branch.ok(*talk, "--on", "2019-05-01").err
    assert "roster" not in branch.ok(*talk, "--on", "2019-04-30").err
    leave = branch.ok("log", "meeting-held", "--branch", "b1", "--kind", "study", "--on-leave", "m02,m01",
                      "--on", "2019-06-03").err  # fmt: skip
    assert ("m01 is not" in leave, "m02 is not" in leave) == (True, False)


def test_dues_of_somebody_who_owes_none_count_for_nothing(branch: Program) -> None:
    stranger = branch.ok(*DUES, "--member", "zz")
    assert _LOGGED.fullmatch(stranger.out.splitlines()[0])
    assert "counts for" not in stranger.out
    assert "counts for nothing" in stranger.err
    assert "zhibu log member-joined --branch b1 --member zz" in stranger.err
    assert "no adopted rubric" not in stranger.err
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "zz", "--on", "2019-03-01")
    paid = branch.ok(*DUES, "--member", "zz")
    assert f"counts for: {RUBRIC} 10.2, due met" in paid.out
    assert "roster" not in paid.err


def test_dues_of_somebody_exempt_count_for_nothing(branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    branch.ok("log", "member-exempted", "--branch", "b1", "--member", "m01", "--duty", "dues",
              "--until", "2019-03-15", "--on", "2019-02-15")  # fmt: skip
    dues = ("log", "dues-paid", "--branch", "b1", "--member", "m01", "--amount", "20")
    exempt = branch.ok(*dues, "--month", "2019-03", "--on", "2019-03-20")
    assert "counts for" not in exempt.out
    assert exempt.err == "note: m01 is exempt from dues in 2019-03, so this payment counts for nothing.\n"
    owed = branch.ok(*dues, "--month", "2019-04", "--on", "2019-04-20")
    assert f"counts for: {RUBRIC} 10.2, due met" in owed.out
    assert owed.err == ""


def test_an_import_names_those_on_no_roster_in_one_line(branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    sheet = "".join(
        f'{{"branch": "b1", "type": "dues_paid", "occurred_on": "2019-03-10", '
        f'"data": {{"member": "{member}", "month": "2019-03", "amount": "20"}}}}\n'
        for member in ("m01", *(f"x{number}" for number in range(7)))
    )
    done = branch.ok("import", "-", stdin=sheet)
    assert done.out.splitlines()[-1] == "appended 8, already there 0."
    [note] = done.err.splitlines()
    assert "7 members are not on the roster on the day (b1 x0, b1 x1, b1 x2, b1 x3, b1 x4, …)" in note
    assert "zhibu template member-joined" in note
    assert "m01" not in note
    joined = """
    {"branch": "b1", "type": "member_joined", "occurred_on": "2019-03-01", "data": {"member": "m02"}}
    """.strip()
    late = f"{sheet.splitlines()[1].replace('x0', 'm02')}\n{joined}"
    assert branch.ok("import", "-", stdin=late).err == ""
    one = sheet.splitlines()[1].replace("03-10", "03-11")
    assert "有 1 人当天不在支部名册上（b1 x0）" in branch.ok("import", "-", stdin=one, lang="zh").err


def test_counts_are_told_with_their_measure_in_chinese(branch: Program) -> None:
    assert "每年须有 8 次" in branch.ok(*STUDY, lang="zh").out


def test_a_branch_without_a_rubric_is_told_how_to_adopt_one(zhibu: Program) -> None:
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2018-06-01")
    assert "zhibu adopt RUBRIC --branch b1" in zhibu.ok(*STUDY).err


def test_scenery_is_logged_without_a_warning(branch: Program) -> None:
    assert branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01").err == ""


def test_an_equal_event_is_logged_with_a_warning_and_the_same_id_changes_nothing(branch: Program) -> None:
    first = branch.ok(*STUDY)
    again = branch.ok(*STUDY)
    found = _LOGGED.match(first.out)
    assert found is not None
    assert f"an equal event is there already ({found[1]} at position {found[2]})" in again.err
    named = (*STUDY, "--topic", "rules", "--id", str(uuid.uuid4()))
    branch.ok(*named)
    head = branch.head()
    assert "already there" in branch.ok(*named).out
    assert branch.head() == head
    other = branch(*named[:-3], "other", *named[-2:])
    assert other.status == 1
    assert other.err.startswith("--id: ")
    assert branch.head() == head


def test_what_the_ledger_refuses_is_told_by_the_option_and_changes_nothing(branch: Program) -> None:
    head = branch.head()
    result = branch(*STUDY[:5], "stdy", "--present", "-3", "--on", "2999-01-01")
    assert result.status == 1
    assert result.out == ""
    assert "--present: must be a whole number ≥ 0, got -3" in result.err
    assert "--kind: must be one of" in result.err
    assert "Did you mean study?" in result.err
    assert branch.head() == head
    ahead = branch(*STUDY[:-1], "2999-01-01", lang="zh")
    assert ahead.status == 1
    assert ahead.err.startswith("--on: ")


def test_values_may_be_typed_as_their_labels_and_sets_with_commas(branch: Program) -> None:
    typed = ["--kind", "主题党日", "--evidence", "会议记录,photo", "--on-leave", "m01,m02"]
    refs = ["--refs", "box 2, p. 14", "--refs", "a.jpg"]
    branch.ok("log", "meeting-held", "--branch", "b1", *typed, *refs, "--on", "2019-03-12")
    [event] = branch.ok("history", "--type", "meeting-held", "--format", "json").json
    assert event["data"] == {
        "kind": "theme_day",
        "evidence": ["minutes", "photo"],
        "on_leave": ["m01", "m02"],
        "refs": ["box 2, p. 14", "a.jpg"],
    }


def test_the_month_it_counts_for_and_who_logged_it_are_kept(branch: Program) -> None:
    branch.ok("log", "meeting-held", "--branch", "b1", "--kind", "debriefing", "--on", "2020-01-07",
              "--counts-for", "2019-12", "--by", "sec-b1")  # fmt: skip
    [event] = branch.ok("history", "--type", "meeting_held", "--format", "json").json
    assert (event["counts_for"], event["recorded_by"]) == ("2019-12", "sec-b1")
    refused = branch(
        "log", "article-published", "--branch", "b1", "--level", "unit", "--counts-for", "2019-12"
    )
    assert refused.status == 2


def test_the_programs_own_events_cannot_be_logged(branch: Program) -> None:
    result = branch("log", "reminder-raised", "--branch", "b1", "--rubric", RUBRIC, "--clause", "1.2",
                    "--obligation", "x", "--rung", "lead", "--due-on", "2019-03-01")  # fmt: skip
    assert result.status == 1
    assert "zhibu remind" in result.err


def test_the_ledger_may_be_named_before_and_after_the_command(branch: Program, tmp_path: Path) -> None:
    other = str(tmp_path / "sub" / "other.db")
    assert f"Made the folder {tmp_path / 'sub'}." in branch.ok("init", "--ledger", other).out
    assert "folder" not in branch.ok("init", "--ledger", other).out
    assert branch.ok("--ledger", other, "head").out.startswith("0 sha256:")
    assert branch.ok("head", f"--ledger=sqlite:///{other}").out.startswith("0 sha256:")
    assert branch.head()["position"] == 2
