"""Explaining a clause, an item, and what can still be saved."""

import re

from tests.program import Program, widest

RUBRIC = "college-staff-branch-2019"


def _explain(clause: str, branch: str = "b1", on: str = "2020-01-31") -> tuple[str, ...]:
    return ("explain", RUBRIC, clause, "--branch", branch, "--period", "2019", "--on", on)


def test_an_item_of_one_clause_is_headed_once(year: Program) -> None:
    out = year.ok(*_explain("4.2")).out
    assert [line for line in out.splitlines() if line.startswith("4.2")] == out.splitlines()[:1]
    assert re.findall(r"\d\.\d\d", out.splitlines()[0]) == ["5.00", "8.00"]


def test_an_item_is_explained_with_all_its_clauses(year: Program) -> None:
    for lang in ("en", "zh"):
        out = year.ok(*_explain("2.2"), lang=lang).out
        assert out.startswith("2.2 ")
        assert [line.split()[0] for line in out.splitlines() if line[:1] == "2"][1:] == ["2.2.a", "2.2.b"]
        assert widest(out) <= 80
    document = year.ok(*_explain("2.2"), "--format", "json").json
    assert document["item"] == "2.2"
    assert [clause["id"] for clause in document["clauses"]] == ["2.2.a", "2.2.b"]
    alone = year.ok(*_explain("2.2.b"), "--format", "json").json
    assert alone["clause"] == document["clauses"][1]


def test_what_would_still_save_points_is_no_multiplication(year: Program) -> None:
    for lang in ("en", "zh"):
        out = year.ok(*_explain("2.1.a", on="2019-03-31"), lang=lang).out
        assert re.search(r"2019-12-31[:：].*\b\d\b", out)
        assert "×" not in out


def test_what_is_advisory_is_lost_for_no_points(branch: Program) -> None:
    entries = branch.ok(*_explain("2.1.a"), "--format", "json").json["clause"]["entries"]
    advisory = {(entry["state"], entry["points"]) for entry in entries if entry["advisory"]}
    assert advisory == {("lost", "0.00")}


def test_the_demonstration_says_what_it_explains(zhibu: Program) -> None:
    assert re.search(r"^.*\bb1\b.*0\.00.*2\.00.*2\.2\.b", zhibu.ok("demo").out, re.MULTILINE)


def test_why_the_lines_lose_more_or_less_than_the_clause_is_told(branch: Program) -> None:
    branch.ok("adopt", "hospital-branch-2019", "--branch", "b1", "--from", "2019-01-01")
    for day in ("2019-02-12", "2019-03-12"):
        branch.ok("log", "meeting-held", "--branch", "b1", "--kind", "committee_meeting", "--on", day)
    branch.ok("log", "lecture-given", "--branch", "b1", "--lecturer", "secretary", "--on", "2019-03-13")
    asked = ("explain", "hospital-branch-2019", "6.2", "--branch", "b1", "--period", "2019")
    out = branch.ok(*asked, "--on", "2019-12-31", lang="zh").out
    assert re.findall(r"^ +(-?\d\.\d\d)  \w", out, re.MULTILINE) == ["-3.00", "0.00", "-3.00"]
    zero, clipped = [line for line in out.splitlines() if re.search(r"^[^\d-].* (0|3)\.00 ", line)][-2:]
    assert (" 0.00 " in zero, " 3.00 " in clipped) == (True, True)


def test_the_reminders_of_a_graded_clause_say_what_they_are_about(branch: Program) -> None:
    meeting = (
        "--branch",
        "b1",
        "--kind",
        "study",
        "--on",
        "2019-03-12",
        "--expected",
        "10",
        "--present",
        "9",
    )
    branch.ok("log", "meeting-held", *meeting)
    for clause, told in (("1.3", ["工作计划", "工作总结"]), ("4.1", ["参学率 70%"])):
        asked = ("institute-branch-appraisal", clause, "--branch", "b1", "--period", "2019")
        out = branch.ok("explain", *asked, "--on", "2019-12-31", lang="zh").out
        assert re.findall("  仅提醒  (.+)$", out, re.MULTILINE) == told
