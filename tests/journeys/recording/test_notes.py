"""What is noted beside an entry that is taken: it counts for nothing, or looks like a slip."""

import json
import re
from pathlib import Path

import pytest

from tests.journeys.recording.test_log import _LOGGED, DUES, RUBRIC, STUDY, impact
from tests.program import Program, figures


def test_what_no_adopted_rubric_counts_is_logged_with_the_nearest_word_that_one_counts(
    branch: Program,
) -> None:
    wrong = ("log", "document-submitted", "--branch", "b1", "--kind", "appraisal_schema")
    result = branch.ok(*wrong)
    assert _LOGGED.fullmatch(result.out.splitlines()[0])
    assert "counts for" not in result.out
    assert "document_submitted appraisal_scheme" in result.err
    assert f"{RUBRIC} 1.2)" in result.err


def test_where_nothing_is_near_no_other_word_is_named(branch: Program) -> None:
    for line in (
        "training-completed --member m01 --hours 2 --mode online",
        "talk-held --member m01 --held-by committee",
    ):
        err = branch.ok("log", *line.split(), "--member", "m01", "--branch", "b1").err
        assert RUBRIC in err
        assert not re.search(r"_[a-z]+ ", err.replace(RUBRIC, ""))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_member_who_is_not_on_the_roster_is_told(lang: str, branch: Program) -> None:
    for member, day in (("m01", "2019-01-01"), ("m02", "2019-04-01")):
        branch.ok("log", "member-joined", "--branch", "b1", "--member", member, "--on", day)
    told = branch.ok(*DUES, "--member", "zz", lang=lang).err
    assert all(fact in told for fact in ("zz", "b1", "2019-03-20"))
    assert branch.ok(*DUES, "--member", "m01").err == ""
    early, typo = branch.ok(*DUES, "--member", "m02").err, branch.ok(*DUES, "--member", "m1").err
    assert "m02" in early
    assert ("m1" in typo, "m01" in typo) == (True, True)
    branch.ok("log", "member-left", "--branch", "b1", "--member", "m01", "--on", "2019-05-01")
    talk = ("log", "talk-held", "--branch", "b1", "--member", "m01", "--held-by", "committee")
    assert "m01" in branch.ok(*talk, "--on", "2019-05-01").err
    assert "m01" not in branch.ok(*talk, "--on", "2019-04-30").err
    leave = branch.ok("log", "meeting-held", "--branch", "b1", "--kind", "study", "--on-leave", "m02,m01",
                      "--on", "2019-06-03").err  # fmt: skip
    assert ("m01" in leave, "m02" in leave) == (True, False)


def test_dues_of_somebody_who_owes_none_count_for_nothing(branch: Program) -> None:
    dues = " ".join(DUES[1:2] + DUES[4:])
    assert [one["why"] for one in impact(branch, f"{dues} --member zz")] == ["roster"]
    stranger = branch.ok(*DUES, "--member", "zz")
    assert "zhibu log member-joined --branch b1 --member zz" in stranger.err
    assert RUBRIC not in stranger.err
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "yy", "--on", "2019-03-01")
    [paid] = impact(branch, f"{dues} --member yy")
    assert paid["met"] == [f"{RUBRIC}/10.2/1/2019-03"]


def test_dues_that_came_too_late_move_nothing_when_they_are_taken_back_either(
    branch: Program, tmp_path: Path
) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2019-01-05")
    [late] = impact(branch, "dues-paid --member m01 --amount 20 --month 2019-03 --on 2019-03-31")
    assert (late["clause"], late["why"]) == ("10.2", "short")
    paid = branch.ok("history", "--branch", "b1", "--type", "dues_paid", "--format", "json").json[-1]["id"]
    back = {"branch": "b1", "type": "event_retracted", "occurred_on": "2019-04-01"}
    file = tmp_path / "back.jsonl"
    file.write_text(json.dumps({**back, "data": {"target": paid, "reason": "typed twice"}}))
    [taken] = branch.ok("import", str(file), "--format", "json").json["impact"]
    assert (taken["clause"], taken["why"]) == ("10.2", "short")


def test_dues_of_somebody_exempt_count_for_nothing(branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    branch.ok("log", "member-exempted", "--branch", "b1", "--member", "m01", "--duty", "dues",
              "--until", "2019-03-15", "--on", "2019-02-15")  # fmt: skip
    dues = "dues-paid --member m01 --amount 20"
    assert [one["why"] for one in impact(branch, f"{dues} --month 2019-03 --on 2019-03-20")] == ["exempt"]
    exempt = branch.ok("log", *f"{dues} --month 2019-03 --on 2019-03-21".split(), "--branch", "b1")
    assert ("m01" in exempt.err, "2019-03" in exempt.err) == (True, True)
    [owed] = impact(branch, f"{dues} --month 2019-04 --on 2019-04-20")
    assert owed["met"] == [f"{RUBRIC}/10.2/1/2019-04"]


def test_an_import_names_those_on_no_roster_in_one_line(branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    sheet = "".join(
        f'{{"branch": "b1", "type": "dues_paid", "occurred_on": "2019-03-10", '
        f'"data": {{"member": "{member}", "month": "2019-03", "amount": "20"}}}}\n'
        for member in ("m01", *(f"x{number}" for number in range(7)))
    )
    done = branch.ok("import", "-", stdin=sheet)
    assert figures(done.out.splitlines()[-1]) == [8, 0]
    [note] = done.err.splitlines()
    assert figures(note) == [7]
    assert "(b1 x0, b1 x1, b1 x2, b1 x3, b1 x4, …)" in note
    assert "zhibu template member-joined" in note
    assert "m01" not in note
    joined = """
    {"branch": "b1", "type": "member_joined", "occurred_on": "2019-03-01", "data": {"member": "m02"}}
    """.strip()
    late = f"{sheet.splitlines()[1].replace('x0', 'm02')}\n{joined}"
    assert branch.ok("import", "-", stdin=late).err == ""
    one = sheet.splitlines()[1].replace("03-10", "03-11")
    assert "（b1 x0）" in branch.ok("import", "-", stdin=one, lang="zh").err


def test_a_branch_without_a_rubric_is_told_how_to_adopt_one(zhibu: Program) -> None:
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2018-06-01")
    assert "zhibu adopt RUBRIC --branch b1" in zhibu.ok(*STUDY).err


@pytest.mark.parametrize(
    ("numbers", "noted"),
    [
        ("--expected 3 --present 3 --on-leave m1", True),
        ("--expected 3 --present 2 --on-leave m1", False),
        ("--present 3 --on-leave m1", False),
    ],
)
def test_members_on_leave_beside_a_full_attendance_are_noted_and_taken(
    branch: Program, numbers: str, noted: bool
) -> None:
    logged = branch.ok(*STUDY, *numbers.split())
    assert (4 in figures(logged.err)) is noted
