"""Logging single events, and what is said the moment it is done."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.program import Program

RUBRIC = "college-staff-branch-2019"
STUDY = ("log", "meeting-held", "--branch", "b1", "--kind", "study", "--on", "2019-03-12")
DUES = (
    "log", "dues-paid", "--branch", "b1", "--month", "2019-03", "--amount", "20", "--on", "2019-03-20",
)  # fmt: skip
_LOGGED = re.compile(r"logged ([0-9a-f-]{36}) at position (\d+)\.")


def impact(branch: Program, line: str) -> list[dict[str, Any]]:
    """What an event of b1 is said to count for, clause by clause."""
    found: list[dict[str, Any]] = branch.ok("log", *line.split(), "--branch", "b1", "--format", "json").json[
        "impact"
    ]
    return found


def moved(branch: Program, line: str) -> list[str]:
    """The same in few words: `7.4 0.00 3.00`, with the reason where the points did not move."""
    return [
        " ".join(
            [one["clause"], one["score_before"], one["score_after"], *([one["why"]] if one["why"] else [])]
        )
        for one in impact(branch, line)
    ]


def test_an_event_is_logged_with_its_id_and_position_and_what_it_counts_for(branch: Program) -> None:
    result = branch.ok(*STUDY, "--evidence", "minutes", "--evidence", "photo")
    logged, *said = result.out.splitlines()
    found = _LOGGED.fullmatch(logged)
    assert found is not None
    assert uuid.UUID(found[1]).version == 7
    assert found[2] == "3"
    assert said[0].startswith(f"counts for: {RUBRIC} 2.1.a (2019) ")
    assert any("2019-03 (2.1.a" in line and "2019-03-31" in line for line in said)
    assert result.err == ""


def test_for_a_program_the_answer_is_its_id_its_position_and_its_impact(branch: Program) -> None:
    answer = branch.ok(*STUDY, "--format", "json")
    assert list(answer.json) == ["id", "position", "appended", "impact"]
    assert (answer.json["position"], answer.json["appended"]) == (3, True)
    [sessions, *_] = answer.json["impact"]
    assert sessions == {
        "branch": "b1",
        "rubric": RUBRIC,
        "period": "2019",
        "clause": "2.1.a",
        "before": sessions["before"],
        "after": sessions["after"],
        "score_before": sessions["score_before"],
        "score_after": sessions["score_after"],
        "met": [f"{RUBRIC}/2.1.a/2/2019-03"],
        "unmet": [],
        "why": sessions["why"],
    }
    assert f"logged {answer.json['id']} at position 3." in answer.err
    again = branch.ok(*STUDY, "--id", answer.json["id"], "--format", "json").json
    assert again == {"id": answer.json["id"], "position": 3, "appended": False, "impact": []}


def test_a_trial_says_the_same_and_writes_nothing(branch: Program) -> None:
    line = (*STUDY, "--format", "json")
    head = branch.head()
    tried = branch.ok(*line, "--dry-run").json
    assert branch.head() == head
    assert (tried["position"], tried["appended"]) == (None, False)
    assert branch.ok(*line).json["impact"] == tried["impact"]
    assert "logged" not in branch.ok(*STUDY, "--dry-run").out


def test_a_first_prize_gives_three_points_until_the_cap_of_six_is_reached(branch: Program) -> None:
    prize = "contest-entered --contest ethics --award first --on 2019-05-0{}"
    assert moved(branch, prize.format(1)) == ["7.4 0.00 3.00"]
    assert moved(branch, prize.format(2)) == ["7.4 3.00 6.00"]
    assert moved(branch, prize.format(3)) == ["7.4 6.00 6.00 cap"]


def test_what_is_met_already_is_not_met_again(branch: Program) -> None:
    meeting = "meeting-held --kind committee_meeting --evidence minutes --on 2019-03-1{}"
    [first] = [one for one in impact(branch, meeting.format(2)) if one["clause"] == "3.1.a"]
    assert first["met"] == [f"{RUBRIC}/3.1.a/2/2019-03"]
    [second] = [one for one in impact(branch, meeting.format(3)) if one["clause"] == "3.1.a"]
    assert second["met"] == []


def test_what_lies_before_the_founding_or_far_off_counts_for_nothing(branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    early = impact(branch, "meeting-held --kind committee_meeting --on 2008-03-12")
    assert all(one["before"] == one["after"] and one["met"] == [] for one in early)
    far = "dues-paid --member m01 --month 2052-03 --amount 20 --on 2019-03-20"
    assert all(one["before"] == one["after"] for one in impact(branch, far))
    assert "2052-03" in branch.ok("log", *far.split(), "--branch", "b1").err


def test_an_amount_of_ten_times_what_is_due_is_told(branch: Program) -> None:
    branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01", "--on", "2018-06-01")
    dues = (*DUES[:-4], "--on", "2019-03-20", "--member", "m01")
    assert "2800.00" in branch.ok(*dues, "--amount", "2800", "--due", "28").err
    assert branch.ok(*dues, "--amount", "28", "--due", "28").err == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("article-published --level unit", "6.4 0.00 1.00"),
        ("finding-recorded --category study_app_shortfall --count 2 --on 2019-05-05", "2.2.a 4.00 2.00"),
        (f"clause-assessed --rubric {RUBRIC} --clause 11.1 --assessor superior --points 1", "11.1 2.00 1.00"),
    ],
)  # fmt: skip
def test_what_an_event_counts_for_is_the_difference_of_two_scores(
    line: str, expected: str, branch: Program
) -> None:
    assert expected in moved(branch, line)


def test_points_that_are_lost_are_told_with_their_reason(branch: Program) -> None:
    finding = ("log", "finding-recorded", "--branch", "b1", "--category", "study_app_shortfall")
    for lang in ("zh", "en"):
        assert "2.2.a" in branch.ok(*finding, "--dry-run", lang=lang).out
    [lost] = branch.ok(*finding, "--dry-run", "--format", "json").json["impact"]
    assert (lost["clause"], lost["score_before"] > lost["score_after"]) == ("2.2.a", True)


def test_an_event_of_a_year_before_the_rubric_is_told_to_check_its_day_and_not_named_as_the_nearest(
    branch: Program,
) -> None:
    of_that_year = branch.ok(*STUDY[:-1], "2009-03-12", "--dry-run")
    assert "check the day" in of_that_year.err
    assert "nearest" not in of_that_year.err
    assert "check the day" not in branch.ok(*STUDY, "--dry-run").err


def test_an_answer_counts_for_what_it_answers(branch: Program) -> None:
    branch.ok("log", "issue-opened", "--branch", "b1", "--kind", "incident", "--ref", "leak")
    answered = [one for one in impact(branch, "issue-closed --ref leak") if one["met"]]
    assert [one["clause"] for one in answered] == ["5.2"]
    to_nothing = impact(branch, "issue-closed --ref nothing")
    assert all(one["before"] == one["after"] and not one["met"] for one in to_nothing)


def test_a_correction_and_a_retraction_say_what_they_change(branch: Program) -> None:
    prize = ("log", "contest-entered", "--branch", "b1", "--contest", "ethics", "--on", "2019-05-01")
    logged = branch.ok(*prize, "--award", "first", "--format", "json").json["id"]
    corrected = branch.ok("correct", logged, "--reason", "typo", "--award", "third").out
    assert "7.4 (2019)" in corrected
    assert "2.00" in corrected
    retracted = branch.ok("retract", logged, "--reason", "twice").out
    assert "0.00" in retracted


def test_scenery_is_logged_without_a_warning(branch: Program) -> None:
    assert branch.ok("log", "member-joined", "--branch", "b1", "--member", "m01").err == ""


def test_an_equal_event_is_logged_with_a_warning_and_the_same_id_changes_nothing(branch: Program) -> None:
    first = branch.ok(*STUDY)
    again = branch.ok(*STUDY)
    found = _LOGGED.match(first.out)
    assert found is not None
    assert (found[1] in again.err, found[2] in again.err) == (True, True)
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
    assert str(tmp_path / "sub") in branch.ok("init", "--ledger", other).out.splitlines()[0]
    assert (tmp_path / "sub").is_dir()
    branch.ok("init", "--ledger", other)
    assert branch.ok("--ledger", other, "head").out.startswith("0 sha256:")
    assert branch.ok("head", f"--ledger=sqlite:///{other}").out.startswith("0 sha256:")
    assert branch.head()["position"] == 2


def test_a_number_of_a_person_in_a_text_is_refused_at_every_command(branch: Program) -> None:
    head = branch.head()
    for words in (
        (*STUDY, "--topic", "讨论110101200001010102转正"),
        (*STUDY, "--refs", "张三 13911110009"),
        ("people", "set", "m1", "张三13911110009", "--branch", "b1"),
    ):
        refused = branch(*words)
        assert refused.status == 1
        assert "13911110009" not in refused.err
        assert "0101010" not in refused.err
        assert refused.err
    assert branch.head() == head
