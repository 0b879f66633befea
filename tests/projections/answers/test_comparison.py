"""Two replays side by side name the events that made the difference."""

import pytest

from tests.program import Program

RUBRIC = "college-staff-branch-2019"
SCORE = (RUBRIC, "--period", "2019", "--branch", "b1", "--on", "2019-12-31")


@pytest.fixture
def branch(zhibu: Program) -> Program:
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2018-06-01")
    zhibu.ok("adopt", RUBRIC, "--branch", "b1", "--from", "2019-01-01")
    return zhibu


def logged(program: Program, *words: str) -> str:
    found: str = program.ok("log", *words, "--branch", "b1", "--format", "json").json["id"]
    return found


def changes(program: Program, position: int) -> list[tuple[str, str, str | None]]:
    """What `compare` says made the difference since a position."""
    document = program.ok("compare", *SCORE, "--as-of", str(position), "--format", "json").json
    assert all(row["changes"] for row in document["clauses"]), document
    return [(one["event"], one["what"], one["reason"]) for one in document["changes"]]


def test_what_was_logged_since_is_named(branch: Program) -> None:
    before = branch.head()["position"]
    prize = logged(branch, "contest-entered", "--contest", "ethics", "--award", "first", "--on", "2019-05-01")
    assert changes(branch, before) == [(prize, "logged", None)]


def test_a_correction_is_named_with_its_reason_though_both_sides_cite_the_event(branch: Program) -> None:
    prize = logged(branch, "contest-entered", "--contest", "ethics", "--award", "first", "--on", "2019-05-01")
    before = branch.head()["position"]
    branch.ok("correct", prize, "--reason", "third, not first", "--award", "third")
    assert changes(branch, before) == [(prize, "corrected", "third, not first")]
    assert "third, not first" in branch.ok("compare", *SCORE, "--as-of", str(before)).out


def test_a_retraction_is_named_and_a_correction_that_was_taken_back(branch: Program) -> None:
    prize = logged(branch, "contest-entered", "--contest", "ethics", "--award", "first", "--on", "2019-05-01")
    branch.ok("correct", prize, "--reason", "third", "--award", "third")
    before = branch.head()["position"]
    correction = branch.ok("history", "--type", "event_corrected", "--format", "json").json[0]["id"]
    branch.ok("retract", correction, "--reason", "it was the first after all")
    assert changes(branch, before) == [(prize, "restored", "it was the first after all")]
    middle = branch.head()["position"]
    branch.ok("retract", prize, "--reason", "another branch's")
    assert changes(branch, middle) == [(prize, "retracted", "another branch's")]


def test_who_came_onto_the_roster_is_named_though_no_entry_cites_it(branch: Program) -> None:
    logged(branch, "member-joined", "--member", "m01", "--on", "2018-07-01")
    before = branch.head()["position"]
    joined = logged(branch, "member-joined", "--member", "m02", "--on", "2018-07-01")
    document = branch.ok("compare", *SCORE, "--as-of", str(before), "--format", "json").json
    named = {one["event"] for row in document["clauses"] for one in row["changes"]}
    assert named <= {joined}


def test_an_older_prefix_is_explained_with_the_payload_of_then(branch: Program) -> None:
    prize = logged(branch, "contest-entered", "--contest", "ethics", "--award", "first", "--on", "2019-05-01")
    before = branch.head()["position"]
    branch.ok("correct", prize, "--reason", "third", "--award", "third", "--on", "2019-06-01")
    explain = ("explain", RUBRIC, "7.4", *SCORE[1:])
    then = branch.ok(*explain, "--as-of", str(before)).out
    assert ("first prize" in then, "third prize" in then, "2019-06-01" in then) == (True, False, False)
    now = branch.ok(*explain).out
    assert ("first prize" in now, "third prize" in now) == (False, True)


def test_a_position_beyond_the_head_is_no_prefix(branch: Program) -> None:
    refused = branch("score", *SCORE, "--as-of", "99")
    assert refused.status == 2
    assert "got 99" in refused.err
