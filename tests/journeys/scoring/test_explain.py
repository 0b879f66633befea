"""Explaining a clause, an item, and what can still be saved."""

import re

from tests.program import Program, widest

RUBRIC = "college-staff-branch-2019"


def _explain(clause: str, branch: str = "b1", on: str = "2020-01-31") -> tuple[str, ...]:
    return ("explain", RUBRIC, clause, "--branch", branch, "--period", "2019", "--on", on)


def test_an_item_of_one_clause_is_headed_once(year: Program) -> None:
    out = year.ok(*_explain("4.2")).out
    assert out.count("integrity-culture works") == 1
    assert "5.00 of 8.00 points" in out.splitlines()[0]


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
    out = year.ok(*_explain("2.1.a", on="2019-03-31")).out
    assert re.search(r"by 2019-12-31: \d more of: eight study sessions a year", out)
    assert "×" not in out
    assert re.search(
        r"截止 2019-12-31：全年学习 8 次，还差 \d（",
        year.ok(*_explain("2.1.a", on="2019-03-31"), lang="zh").out,
    )


def test_what_is_advisory_is_missed_and_not_lost(branch: Program) -> None:
    out = branch.ok(*_explain("2.1.a")).out
    advisory = [line for line in out.splitlines() if "advisory" in line]
    assert advisory
    assert all("missed" in line and "lost" not in line for line in advisory)
    entries = branch.ok(*_explain("2.1.a"), "--format", "json").json["clause"]["entries"]
    assert {entry["state"] for entry in entries if entry["advisory"]} == {"lost"}


def test_the_demonstration_says_what_it_explains(zhibu: Program) -> None:
    assert "why b1 has 0.00 of 2.00 points in 2.2.b" in zhibu.ok("demo").out
