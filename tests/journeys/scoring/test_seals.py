"""Certificates through the real program: made, checked after later events, found out when tampered with."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.program import ROOT, Program

FORM = "college-staff-branch-2019"
ON = ("--period", "2019", "--on", "2020-01-31")


def seal(program: Program, *options: str, rubric: str = FORM) -> str:
    """Seal b1's year and return the certificate's id."""
    [sealed] = program.ok("seal", rubric, *ON, "--branch", "b1", "--format", "json", *options).json
    assert sealed["total"] == "87.50"
    return str(sealed["id"])


def check(program: Program, certificate: str, *options: str, code: int = 0) -> dict[str, Any]:
    """Check a certificate and return the verdict."""
    done = program("check-seal", certificate, "--format", "json", *options)
    assert (done.status, done.err) == (code, "")
    verdict: dict[str, Any] = done.json
    return verdict


def tamper(program: Program, statement: str, *values: object) -> None:
    """Change the ledger's file behind the program's back."""
    with sqlite3.connect(program.ledger) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, values)


def test_a_seal_holds_and_a_later_event_and_a_correction_do_not_move_it(year: Program) -> None:
    certificate = seal(year)
    year.ok("log", "article-published", "--branch", "b1", "--on", "2019-12-30", "--level", "province")
    year.ok(
        "log", "finding-recorded", "--branch", "b1", "--on", "2019-12-30", "--category", "ethics_violation"
    )
    answer = year.ok("score", FORM, *ON, "--branch", "b1", "--format", "json").json
    assert answer["scores"][0]["total"] == "86.50"
    verdict = check(year, certificate)
    assert (verdict["holds"], verdict["sealed_total"], verdict["total"]) == (True, "87.50", "87.50")
    assert verdict["by_todays_rubric"] is None
    assert [row["a"] != row["b"] for row in verdict["by_todays_log"]] in ([True], [True, True])


def test_what_nobody_judged_is_said_before_it_is_sealed(year: Program) -> None:
    done = year.ok("seal", "hospital-branch-2019", *ON, "--branch", "b1", "--format", "json")
    [sealed] = done.json
    assert float(sealed["unassessed"]) > 0
    assert sealed["unassessed"] in done.err


def test_sealing_several_branches_gives_each_a_certificate_of_its_own(year: Program) -> None:
    sealed = year.ok("seal", FORM, *ON, "--format", "json").json
    assert [(row["branch"], row["total"]) for row in sealed] == [("b1", "87.50"), ("b2", "90.00")]
    assert all(check(year, row["id"])["holds"] for row in sealed)


def test_a_changed_rubric_file_is_told_with_the_clauses_it_moves_and_the_seal_still_holds(
    year: Program, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    shutil.copy(ROOT / f"rubrics/forms/{FORM}.yaml", own)
    certificate = seal(year, rubric=str(own))
    text = own.read_text(encoding="utf-8")
    changed = text.replace("values: {none: 1,", "values: {none: 0.5,", 1)
    assert changed != text
    own.write_text(changed, encoding="utf-8")
    verdict = check(year, certificate, "--rubric", str(own))
    assert verdict["holds"]
    assert [(row["clause"], row["a"], row["b"]) for row in verdict["by_todays_rubric"]] == [
        ("4.2", "5.00", "2.50")
    ]


@pytest.mark.parametrize(("field", "named"), [("answer", "answer"), ("rubric_text", "rubric")])
def test_a_tampered_certificate_is_found_out(year: Program, field: str, named: str) -> None:
    certificate = seal(year)
    with sqlite3.connect(year.ledger) as connection:
        [(data,)] = connection.execute("SELECT data FROM events WHERE id = ?", (certificate,))
    payload = json.loads(data)
    payload[field] = payload[field].replace("2019", "2018", 1)
    tamper(year, "UPDATE events SET data = ? WHERE id = ?", json.dumps(payload), certificate)
    verdict = check(year, certificate, code=1)
    assert named in verdict["tampered"]
    assert not verdict["holds"]


def test_a_tampered_log_is_found_out(year: Program) -> None:
    certificate = seal(year)
    tamper(year, "UPDATE events SET occurred_on = '2019-01-02' WHERE position = 100")
    assert check(year, certificate, code=1)["tampered"] == ["log"]


def test_what_is_no_certificate_is_wrong_usage(year: Program) -> None:
    assert year("check-seal", "0f9d7777-1111-4222-8333-444455556666").status == 2


def test_the_verdict_is_told_in_both_languages(year: Program) -> None:
    certificate = seal(year)
    for lang in ("zh", "en"):
        assert "87.50" in year.ok("check-seal", certificate, "--lang", lang).out
