"""The program with a ledger of its own, and with the demo's year in it."""

import shutil
from pathlib import Path

import pytest

from tests.built_once import built_once
from tests.program import ROOT, Program


@pytest.fixture
def zhibu(sqlite_template: Path, tmp_path: Path) -> Program:
    """The program with a new, empty ledger."""
    return Program(Path(shutil.copy(sqlite_template, tmp_path / "ledger.db")))


@pytest.fixture
def year(zhibu: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with a ledger that holds the demo's year of two branches."""
    shutil.copy(built_once(tmp_path_factory, "year", _make_year) / "ledger.db", zhibu.ledger)
    return zhibu


def _make_year(folder: Path) -> None:
    made = Program(folder / "ledger.db")
    made.ok("init")
    made.take_in(ROOT / "cli/demo/events.jsonl")


@pytest.fixture
def branch(zhibu: Program, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with a ledger in which b1 is registered and follows form 001."""
    shutil.copy(built_once(tmp_path_factory, "branch", _make_branch) / "ledger.db", zhibu.ledger)
    return zhibu


def _make_branch(folder: Path) -> None:
    made = Program(folder / "ledger.db")
    made.ok("init")
    made.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2018-06-01")
    made.ok("adopt", "college-staff-branch-2019", "--branch", "b1", "--from", "2019-01-08")
