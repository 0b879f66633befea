"""A branch takes a form up late, is renamed, moves, drops the form, and ends."""

import json
from typing import Any

import pytest

from tests.program import Program

FORM = "hospital-branch-2019"


@pytest.fixture
def branch(zhibu: Program) -> Program:
    zhibu.ok("init")
    for code, kind in (("c1", "committee"), ("c2", "committee"), ("b1", "branch")):
        parent = ["--parent", "c1"] if code == "b1" else []
        founded = ["--branch", code, "--on", "2019-01-01", "--name", f"name-{code}"]
        zhibu.ok("log", "branch-registered", *founded, "--organization", kind, *parent)
    return zhibu


def due_days(program: Program, on: str) -> list[str]:
    rows = program.ok("due", "--branch", "b1", "--on", on, "--format", "json").json
    return sorted({row["due_on"] for row in rows if row["clause"] == "6.1" and row["what"] == "支委会"})


def test_a_form_taken_up_in_november_owes_november_and_december(branch: Program) -> None:
    branch.ok("adopt", FORM, "--branch", "b1", "--from", "2019-11-05", "--owed-from", "2019-11-01")
    event = json.loads(branch.ok("export").out.splitlines()[-1])
    assert event["data"] == {"owed_from": "2019-11-01", "rubric": FORM}
    assert due_days(branch, "2019-11-05") == ["2019-11-30", "2019-12-31"]
    # clause 9 asks for a theme day a month
    windows = [entry["window"] for entry in _explained(branch, "9")["entries"] if entry["window"]]
    assert windows == ["2019-11", "2019-12"]


def _explained(program: Program, clause_id: str) -> dict[str, Any]:
    words = ["score", FORM, "--branch", "b1", "--period", "2019", "--on", "2019-12-31", "--explain"]
    scored = program.ok(*words, "--format", "json").json
    return next(
        one
        for section in scored["scores"][0]["sections"]
        for item in section["items"]
        for one in item["clauses"]
        if one["id"] == clause_id
    )


def test_without_an_owed_from_day_score_tells_what_earlier_windows_cost(branch: Program) -> None:
    branch.ok("adopt", FORM, "--branch", "b1", "--from", "2019-11-05")
    table = branch.ok("score", FORM, "--branch", "b1", "--period", "2019", "--on", "2019-12-31").out
    assert "2019-11-05" in table
    assert len([e for e in _explained(branch, "9")["entries"] if e["window"]]) == 12
    due = ("due", "--branch", "b1", "--on", "2019-11-20")
    assert "2019-11-05" in branch.ok(*due).out
    branch.ok("adopt", FORM, "--branch", "b1", "--from", "2019-11-06", "--owed-from", "2019-11-01")
    assert "2019-11-06" not in branch.ok(*due).out


def test_a_dropped_form_is_due_up_to_its_drop_and_selects_no_more(branch: Program) -> None:
    branch.ok("adopt", FORM, "--branch", "b1", "--from", "2019-01-01")
    branch.ok("drop", FORM, "--branch", "b1", "--from", "2019-02-15")
    assert due_days(branch, "2019-03-01") == ["2019-01-31"]
    again = branch("drop", FORM, "--branch", "b1", "--from", "2019-03-15")
    assert (again.status, "2019-02-15" in again.err) == (1, True)


def test_a_form_that_is_not_adopted_or_not_at_hand_is_not_dropped(branch: Program) -> None:
    unknown = branch("drop", "our-own-form", "--branch", "b1")
    assert (unknown.status, "our-own-form" in unknown.err) == (2, True)
    assert branch("drop", FORM, "--branch", "b1").status == 1


def test_a_branch_is_renamed_moves_and_ends(branch: Program) -> None:
    branch.ok("adopt", FORM, "--branch", "b1", "--from", "2019-01-01")
    branch.ok("log", "branch-renamed", "--branch", "b1", "--name", "new name", "--on", "2019-03-01")
    branch.ok("log", "branch-moved", "--branch", "b1", "--parent", "c2", "--on", "2019-03-02")
    below = branch("log", "branch-moved", "--branch", "c2", "--parent", "b1", "--on", "2019-04-01")
    assert (below.status, "b1" in below.err) == (1, True)
    branch.ok("log", "branch-dissolved", "--branch", "b1", "--successor", "c2", "--on", "2019-05-31")
    # what was due before the end is still shown, nothing from it on
    assert due_days(branch, "2019-06-10") == [
        f"2019-0{m}-{d}" for m, d in ((1, 31), (2, 28), (3, 31), (4, 30))
    ]
    assert branch("score", FORM, "--branch", "b1", "--period", "2020").status == 1
    twice = branch("log", "branch-dissolved", "--branch", "b1", "--on", "2019-06-30")
    assert (twice.status, "2019-05-31" in twice.err) == (1, True)


def test_on_a_terminal_adopt_asks_from_which_day_on_the_form_is_owed(
    branch: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cli.ui.terminal import Screen

    monkeypatch.setattr(Screen, "interactive", property(lambda _: True))
    typed = branch.ok("adopt", FORM, "--branch", "b1", "--from", "2019-11-05", stdin="November\n2019-11-01\n")
    assert "2019-01-01" in typed.err  # the year's first day
    assert json.loads(branch.ok("export").out.splitlines()[-1])["data"]["owed_from"] == "2019-11-01"
    whole = branch.ok(
        "adopt", "institute-branch-appraisal", "--branch", "b1", "--from", "2019-11-05", stdin="\n"
    )
    assert whole.status == 0
    assert "owed_from" not in json.loads(branch.ok("export").out.splitlines()[-1])["data"]
    # on the first day of the form's year nobody is asked
    branch.ok("adopt", "college-staff-branch-2019", "--branch", "b1", "--from", "2020-01-01")


def test_an_empty_list_of_those_on_leave_says_nobody_and_is_kept(branch: Program) -> None:
    held = ["log", "meeting-held", "--branch", "b1", "--on", "2019-03-05", "--kind", "study"]
    branch.ok(*held, "--present", "9", "--on-leave", "")
    assert json.loads(branch.ok("export").out.splitlines()[-1])["data"] == {
        "kind": "study",
        "on_leave": [],
        "present": 9,
    }


def test_strictly_a_line_that_equals_an_event_of_another_id_is_refused(branch: Program) -> None:
    branch.ok(
        "log", "issue-opened", "--branch", "b1", "--on", "2019-03-05", "--kind", "vacancy", "--ref", "v"
    )
    line = (
        '{"branch":"b1","type":"issue_opened","occurred_on":"2019-03-05","data":{"kind":"vacancy","ref":"v"}}'
    )
    strict = branch("import", "-", "--strict", stdin=line)
    assert (strict.status, strict.err.startswith("-:1: must not equal an event that stands")) == (1, True)
    taken = branch.ok("import", "-", "--format", "json", stdin=line).json
    assert (taken["appended"], taken["present"], taken["equal"], taken["impact"]) == (0, 0, 1, [])
