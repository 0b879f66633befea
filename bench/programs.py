"""Rows about whole processes: what a person waits for at a prompt."""

import resource
from itertools import count
from shutil import copy

from bench.made import END, FORM_001, YEAR, Made
from bench.timing import QUICK, Figure, children_mb, in_turn, python_pass, zhibu

RUNS = 5 if QUICK else 15


def start_help(made: Made) -> Figure:
    """`zhibu --help`."""
    ours, theirs = in_turn(zhibu("--help"), python_pass, RUNS)
    return Figure("zhibu --help", "python -c pass", ours, theirs, 7, peak_mb=children_mb())


def start_log(made: Made) -> Figure:
    """`zhibu log` in a branch without a form."""
    ledger = str(made.own / "log.db")
    zhibu("init", "--ledger", ledger)()
    zhibu(
        "log", "branch-registered", "--branch", "b1", "--on", "2020-01-01", "--name", "b", "--ledger", ledger
    )()
    work = _logging(ledger, "b1")
    ours, theirs = in_turn(work, python_pass, RUNS)
    return Figure(
        "zhibu log, branch without a form", "python -c pass", ours, theirs, 24, peak_mb=children_mb()
    )


def start_log_impact(made: Made) -> Figure:
    """`zhibu log` with the impact by one form: branch and committee go by no other."""
    ledger = str(copy(made.ledger(40, form=FORM_001).removeprefix("sqlite:///"), made.own / "log.db"))
    ours, theirs = in_turn(_logging(ledger, "c0000-b01"), python_pass, RUNS)
    return Figure("zhibu log, impact of one form", "python -c pass", ours, theirs, 28, peak_mb=children_mb())


def start_score(made: Made) -> Figure:
    """`zhibu score` of one branch."""
    ledger = str(copy(made.ledger(40).removeprefix("sqlite:///"), made.own / "score.db"))
    words = ("--period", str(YEAR), "--on", END.isoformat(), "--branch", "c0000-b01", "--ledger", ledger)
    ours, theirs = in_turn(zhibu("score", FORM_001, *words), python_pass, RUNS)
    return Figure("zhibu score, one branch", "python -c pass", ours, theirs, 28, peak_mb=children_mb())


def score_thousand(made: Made) -> Figure:
    """`zhibu score` over a thousand branches of an ordinary ledger, JSON written."""
    branches = 200 if QUICK else 1_000
    ledger = made.ledger(branches, 100)
    words = ("--period", str(YEAR), "--on", END.isoformat(), "--ledger", ledger)
    work = zhibu("score", FORM_001, *words, "--output", str(made.own / "answer.json"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    ours, theirs = in_turn(work, python_pass, 3)
    return Figure(
        f"zhibu score, {branches:,} branches, JSON written", "python -c pass", ours, theirs, None,
        peak_mb=max(before / 1024, children_mb()),
    )  # fmt: skip


def _logging(ledger: str, branch: str):
    days = count()

    def work() -> None:
        number = next(days)
        day = f"{YEAR}-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
        words = ("--branch", branch, "--on", day, "--level", "unit", "--ledger", ledger)
        zhibu("log", "article-published", *words)()

    return work
