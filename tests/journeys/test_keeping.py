"""Keeping a ledger: history, corrections, names, judgements, and the check of the whole."""

import json
import uuid
from pathlib import Path

from tests.program import Program

RUBRIC = "college-staff-branch-2019"
STUDY = ("log", "meeting-held", "--branch", "b1", "--kind", "study", "--on", "2019-03-12")


def test_history_shows_what_became_of_each_event(branch: Program) -> None:
    branch.ok(*STUDY, "--present", "1")
    branch.ok("log", "article-published", "--branch", "b1", "--level", "unit", "--on", "2019-04-18")
    meeting, article = branch.ok("history", "--format", "json").json[2:]
    branch.ok("correct", meeting["id"], "--reason", "a slip", "--present", "11", "--on", "2019-03-13")
    branch.ok("retract", article["id"], "--reason", "twice")
    told = {event["id"]: event for event in branch.ok("history", "--format", "json").json}
    corrected, retracted = told[meeting["id"]], told[article["id"]]
    assert corrected["state"] == "corrected"
    assert corrected["reason"] == "a slip"
    assert corrected["data"] == {"kind": "study", "present": 1}
    assert corrected["stands_as"] == {
        "occurred_on": "2019-03-13", "counts_for": None, "data": {"kind": "study", "present": 11},
    }  # fmt: skip
    assert (retracted["state"], retracted["reason"]) == ("retracted", "twice")
    shown = [
        line.split()[2]
        for line in branch.ok("history", "--to", "2019-03-12").out.splitlines()
        if line[:7].strip().isdigit()
    ]
    assert shown == ["b1", "b1", "b1"]
    assert branch.ok("history", "--type", "dues-paid", "--format", "json").json == []


def test_a_correction_keeps_what_it_does_not_name_and_drops_what_is_emptied(branch: Program) -> None:
    branch.ok(*STUDY, "--topic", "rules", "--present", "1", "--evidence", "minutes")
    meeting = branch.ok("history", "--type", "meeting-held", "--format", "json").json[0]
    branch.ok("correct", meeting["id"], "--reason", "first", "--set", "present=11")
    branch.ok("correct", meeting["id"], "--reason", "second", "--topic=", "--evidence", "photo,minutes")
    stands = branch.ok("history", "--type", "meeting-held", "--format", "json").json[0]["stands_as"]
    assert stands["data"] == {"kind": "study", "present": 11, "evidence": ["minutes", "photo"]}
    head = branch.head()
    for words, status, said in (
        (("--presnt", "3"), 2, "--presnt"),
        (("--present", "minus"), 1, "--present: "),
        ((), 2, ""),
    ):
        refused = branch("correct", meeting["id"], "--reason", "third", *words)
        assert (refused.status, said in refused.err) == (status, True), refused
    article = branch.ok("history", "--type", "meeting-held", "--format", "json").json[0]["id"]
    branch.ok("retract", article, "--reason", "twice")
    head = branch.head()
    for command in (("retract", article), ("correct", article, "--present", "3")):
        again = branch(*command, "--reason", "again")
        assert (again.status, again.err.startswith("ID: ")) == (1, True)
    gone = branch("retract", str(uuid.uuid4()), "--reason", "x")
    assert gone.status == 1
    assert branch.head() == head


def test_people_have_names_beside_the_log(branch: Program) -> None:
    head = branch.head()
    assert branch.ok("people", "list", "--format", "json").json == []
    branch.ok("people", "set", "m01", "张三")
    assert branch.ok("people", "list", "--format", "json").json == [
        {"branch": "b1", "code": "m01", "name": "张三"}
    ]
    assert "张三" in branch.ok("people", "list", lang="zh").out
    branch.ok("people", "erase", "m01")
    assert branch("people", "erase", "m01").status == 1
    assert branch("people", "set", "m 1", "x").status == 1
    assert branch.head() == head


def test_judgements_are_logged_comfortably(branch: Program) -> None:
    branch.ok("assess", RUBRIC, "11.1", "1.5", "--branch", "b1", "--as", "superior", "--period", "2019",
              "--on", "2019-12-30", "--note", "fine")  # fmt: skip
    event = branch.ok("history", "--type", "clause-assessed", "--format", "json").json[0]
    assert event["data"] == {
        "rubric": RUBRIC,
        "clause": "11.1",
        "assessor": "superior",
        "points": "1.50",
        "period": "2019",
        "note": "fine",
    }
    refused = branch("assess", RUBRIC, "11.1", "2.5", "--branch", "b1", "--as", "self")
    assert (refused.status, refused.err.startswith("POINTS: ")) == (1, True)


def test_grades_are_tallied_for_a_graded_rubric(branch: Program) -> None:
    rubrics = {one["id"] for one in branch.ok("rubrics", "--format", "json").json}
    assert "institute-branch-appraisal" in rubrics
    clause = branch.ok("rubric", "show", "institute-branch-appraisal", "--format", "json").json
    first = clause["sections"][0]["items"][0]["clauses"][0]["id"]
    branch.ok("tally", "institute-branch-appraisal", first, "--branch", "b1", "--source", "masses",
              "--period", "2019", "--on", "2019-12-30", "--excellent", "10", "--good", "2")  # fmt: skip
    event = branch.ok("history", "--type", "grades_tallied", "--format", "json").json[0]
    assert event["data"]["excellent"] == 10


def test_verify_holds_and_extends_an_older_head(branch: Program, tmp_path: Path) -> None:
    older = tmp_path / "head.txt"
    older.write_text(branch.ok("head").out)
    branch.ok(*STUDY)
    assert branch.ok("verify", "--head", str(older)).out.startswith("ok: 3 events of 1 branch, extending")
    older.write_text(json.dumps({"position": 2, "hash": "sha256:" + "0" * 64}))
    moved = branch("verify", "--head", str(older))
    assert (moved.status, moved.out) == (1, "")
    older.write_text("nonsense")
    assert branch("verify", "--head", str(older)).status == 1


def test_a_backup_is_a_ledger_of_its_own(branch: Program, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    branch.ok("backup", copy)
    assert branch.ok("head", "--ledger", copy).out == branch.ok("head").out
    assert branch("backup", copy).status == 1
