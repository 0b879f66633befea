"""The program on a terminal, through a pseudo-terminal, and in pipes that close early."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rubrics.library import load
from tests.forked import ROOT, start
from tests.program import Program, columns

RUBRIC = "college-staff-branch-2019"
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(ledger: Path, *words: str, typed: str = "", **environ: str) -> tuple[str, int]:
    """Run the program with a terminal for everything; return what stood there, and the exit status."""
    near, far = pty.openpty()
    screen = {"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
    child = start(
        words, {"ZHIBU_LEDGER": str(ledger), "ZHIBU_LANG": "en", **screen, **environ}, far, far, far
    )
    os.close(far)
    os.write(near, typed.encode())
    seen = b""
    while True:
        try:
            more = os.read(near, 65536)
        except OSError:
            break
        if not more:
            break
        seen += more
    os.close(near)
    child.join()
    return seen.decode().replace("\r\n", "\n"), child.exitcode


def test_a_terminal_gets_colours_within_its_width(year: Program) -> None:
    seen, status = on_terminal(year.ledger, "score", RUBRIC, "--period", "2019", "--branch", "b1")
    assert status == 0
    assert "\x1b[1m" in seen
    assert all(columns(_STEERING.sub("", line)) <= 80 for line in seen.splitlines())


def test_no_color_is_respected(year: Program) -> None:
    seen, _ = on_terminal(year.ledger, "score", RUBRIC, "--period", "2019", NO_COLOR="1")
    assert "\x1b[" not in seen
    told, status = on_terminal(year.ledger, "score", NO_COLOR="1")
    assert (status, "\x1b[" in told) == (2, False)


def test_what_is_missing_is_asked_for_on_a_terminal(branch: Program) -> None:
    seen, status = on_terminal(
        branch.ledger, "log", "meeting-held", "--on", "2019-03-12", typed="b1\nstudy session\n", NO_COLOR="1"
    )
    assert status == 0, seen
    assert "branch --branch" in seen
    assert re.search(r"  general_meeting\n  committee_meeting +branch committee meeting\n", seen)
    assert "--kind: " in seen
    assert f"counts for: {RUBRIC} 2.1.a" in seen


def test_a_form_is_judged_clause_by_clause_on_a_terminal(branch: Program) -> None:
    clauses = [clause.id for clause in load(RUBRIC).rubric.clauses()]
    typed = "".join("2\n" if clause == "11.1" else "\n" for clause in clauses)
    seen, status = on_terminal(
        branch.ledger, "assess", RUBRIC, "--branch", "b1", "--as", "self", "--period", "2019", typed=typed
    )
    assert status == 0, seen
    assert branch.head()["position"] == 3


def test_a_wrong_answer_is_asked_for_again_and_nothing_is_lost(branch: Program) -> None:
    first, second, *rest = [clause.id for clause in load(RUBRIC).rubric.clauses()]
    typed = "0.5\n1.x\n99\n0.25\n" + "\n" * len(rest)
    words = ("assess", RUBRIC, "--branch", "b1", "--as", "self", "--period", "2019")
    seen, status = on_terminal(branch.ledger, *words, typed=typed, NO_COLOR="1")
    assert status == 0, seen
    assert "POINTS: must be a decimal number" in seen
    assert "POINTS: must be at most" in seen
    asked = re.findall(
        r"(?<![\d.])([\d.]+[a-z]?) [^\n]*? \(0 to [\d.]+\): ", seen.partition("Enter skips")[2]
    )
    assert asked[:5] == [first, second, second, second, rest[0]]
    assert "（" not in seen
    judged = branch.ok("history", "--type", "clause-assessed", "--format", "json").json
    assert [(event["data"]["clause"], event["data"]["points"]) for event in judged] == [
        (first, "0.50"),
        (second, "0.25"),
    ]
    chinese, _ = on_terminal(branch.ledger, *words, typed=typed, NO_COLOR="1", ZHIBU_LANG="zh")
    assert re.search(r"（0–\d+\.\d\d）: ", chinese)


def test_what_is_wrong_with_all_answers_is_told_before_the_first_question(branch: Program) -> None:
    words = ("assess", RUBRIC, "--branch", "b1", "--as", "self", "--period", "soon")
    seen, status = on_terminal(branch.ledger, *words, NO_COLOR="1")
    assert status == 2
    assert "--period" in seen
    assert "(0 to" not in seen


def test_judgements_of_several_branches_are_logged_together_or_not_at_all(branch: Program) -> None:
    branch.ok("log", "branch-registered", "--branch", "b2", "--name", "二支部", "--on", "2018-06-01")
    number = len(list(load(RUBRIC).rubric.clauses()))
    words = ("assess", RUBRIC, "--branch", "b1", "--branch", "b2", "--as", "self", "--period", "2019")
    # the keyboard goes away amid the second branch
    before = branch.head()
    seen, status = on_terminal(branch.ledger, *words, typed="0.5\n" + "\n" * number + "\x04")
    assert status == 130, seen
    assert branch.head() == before
    seen, status = on_terminal(branch.ledger, *words, typed=("0.5\n" + "\n" * (number - 1)) * 2)
    assert status == 0, seen
    assert branch.head()["position"] == before["position"] + 2


@pytest.mark.parametrize(
    "words", [("history",), ("score", RUBRIC, "--period", "2019"), ("export",), ("--help",)]
)
def test_a_reader_that_goes_away_is_no_error(words: tuple[str, ...], year: Program) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "cli", *words, "--ledger", str(year.ledger)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    told = child.stderr.read().decode()
    child.stderr.close()
    assert (child.wait(), told) == (0, "")


def test_output_that_cannot_be_encoded_is_written_all_the_same(year: Program) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "score", RUBRIC, "--period", "2019", "--lang", "zh"],
        cwd=ROOT,
        env={**os.environ, "ZHIBU_LEDGER": str(year.ledger), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert re.search("[一-鿿]", done.stdout.decode("utf-8"))
