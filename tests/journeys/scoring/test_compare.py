"""Two replays side by side, through the real program."""

from pathlib import Path
from typing import Any

from tests.program import ROOT, Program

FORM = "college-staff-branch-2019"


def compare(program: Program, *options: str) -> dict[str, Any]:
    """Compare b1's year of 2019 with something else."""
    told = program.ok(
        "compare",
        FORM,
        "--period",
        "2019",
        "--on",
        "2020-01-31",
        "--branch",
        "b1",
        *options,
        "--format",
        "json",
    )
    document: dict[str, Any] = told.json
    return document


def moved(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return clause, points before and points after of what differs."""
    return [(row["clause"], row["a"], row["b"]) for row in document["clauses"]]


def test_a_finding_logged_later_is_the_difference_between_two_instants(year: Program) -> None:
    position = year.head()["position"]
    year.ok(
        "log", "finding-recorded", "--branch", "b1", "--on", "2019-11-05", "--category", "ethics_violation",
        "--id", "0f9d7777-1111-4222-8333-444455556666",
    )  # fmt: skip
    document = compare(year, "--as-of", str(position))
    assert document["difference"] == "-1.00"
    assert moved(document) == [("7.2", "2.00", "1.00")]
    assert document["clauses"][0]["events"] == ["0f9d7777-1111-4222-8333-444455556666"]
    assert (document["a"]["ledger"]["position"], document["b"]["ledger"]["position"]) == (
        position,
        position + 1,
    )


def test_a_retraction_is_told_with_its_reason(year: Program) -> None:
    position = year.head()["position"]
    works = year.ok("history", "--branch", "b1", "--type", "contest_entered", "--format", "json").json
    work = next(event for event in works if event["data"]["contest"] == "integrity_culture")
    year.ok("retract", work["id"], "--reason", "entered twice")
    document = compare(year, "--as-of", str(position))
    assert moved(document) == [("4.2", "5.00", "4.00")]
    told = year.ok(
        "compare", FORM, "--period", "2019", "--on", "2020-01-31", "--branch", "b1", "--as-of", str(position),
        "--lang", "en",
    ).out  # fmt: skip
    assert "retracted: entered twice" in told


def test_nothing_differs_from_itself(year: Program) -> None:
    document = compare(year, "--as-of", str(year.head()["position"]))
    assert (document["difference"], document["clauses"]) == ("0.00", [])


def test_two_branches_differ_where_the_form_says_so(year: Program) -> None:
    document = compare(year, "--branch-b", "b2")
    points = {row["clause"]: (row["a"], row["b"]) for row in document["clauses"] if row["a"] != row["b"]}
    assert points == {"2.2.b": ("0.00", "2.00"), "4.2": ("5.00", "7.00"), "7.4": ("3.50", "2.00")}
    assert document["difference"] == "2.50"


def test_last_years_log_can_be_tested_under_a_changed_rubric(year: Program, tmp_path: Path) -> None:
    own = tmp_path / "stricter.yaml"
    text = (ROOT / f"rubrics/forms/{FORM}.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("values: {none: 1,", "values: {none: 0.5,", 1), encoding="utf-8")
    assert moved(compare(year, "--rubric-b", str(own))) == [("4.2", "5.00", "2.50")]


def test_two_periods_differ(year: Program) -> None:
    document = compare(year, "--period-b", "2018", "--on-b", "2018-12-31")
    assert document["b"]["period"]["name"] == "2018"
    assert document["clauses"]


def test_comparing_with_nothing_is_wrong_usage(year: Program) -> None:
    assert year("compare", FORM, "--period", "2019", "--branch", "b1").status == 2
