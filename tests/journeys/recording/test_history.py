"""Reading the log: instants on the ledger's clock, corrections and seals in words."""

import re
from datetime import datetime, timedelta

from tests.program import Program, widest

RUBRIC = "college-staff-branch-2019"


def test_instants_are_shown_on_the_ledgers_clock_and_can_be_given_back(year: Program) -> None:
    found = re.search(r"recorded (\d{4}-\d\d-\d\d \d\d:\d\d)$", year.ok("history").out, re.MULTILINE)
    assert found is not None
    recorded = datetime.fromisoformat(year.ok("history", "--format", "json").json[0]["recorded_at"])
    local = recorded.replace(tzinfo=None) + timedelta(hours=8)
    assert found[1] == local.strftime("%Y-%m-%d %H:%M")
    score = ("score", RUBRIC, "--period", "2019", "--branch", "b1", "--format", "json")
    for shown in (found[1], found[1].replace(" ", "T")):
        assert year.ok(*score, "--as-of", shown).json["ledger"]["position"] == 533
    assert year(*score, "--as-of", recorded.strftime("%Y-%m-%dT%H:%M")).status == 2


def test_a_correction_is_told_like_the_event_that_it_corrects(branch: Program) -> None:
    branch.ok("log", "dues-paid", "--branch", "b1", "--member", "m01", "--month", "2019-03", "--amount", "20",
              "--on", "2019-03-05")  # fmt: skip
    [dues] = branch.ok("history", "--type", "dues_paid", "--format", "json").json
    branch.ok("correct", dues["id"], "--reason", "a slip", "--amount", "25")
    for lang, now in (
        ("en", "now: dues paid: member m01, month 2019-03, amount 25.00"),
        ("zh", "现为：缴纳党费：成员m01，党费月份2019-03，金额25.00"),
    ):
        out = branch.ok("history", "--type", "event_corrected", lang=lang).out
        assert now in ("" if lang == "zh" else " ").join(out.split())
        assert "{" not in out
        assert widest(out) <= 80


def test_a_seal_is_told_in_a_few_lines(year: Program) -> None:
    year.ok("seal", RUBRIC, "--period", "2019", "--branch", "b1", "--on", "2020-01-31")
    out = year.ok("history", "--type", "score_sealed").out
    assert len(out.splitlines()) < 15
    assert "total 87.50" in out
    assert "rubric text" not in out
    [sealed] = year.ok("history", "--type", "score_sealed", "--format", "json").json
    assert sealed["data"]["rubric_text"].startswith("# Form 001")
