"""The program with a ledger of its own, and with the demo's year in it."""

import shutil
from pathlib import Path

import pytest

from tests.program import ROOT, Program


@pytest.fixture
def zhibu(sqlite_template: Path, tmp_path: Path) -> Program:
    """The program with a new, empty ledger."""
    return Program(Path(shutil.copy(sqlite_template, tmp_path / "ledger.db")))


@pytest.fixture(scope="session")
def _year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("year") / "ledger.db"))
    Program(path).ok("import", str(ROOT / "cli/demo/events.jsonl"))
    return path


@pytest.fixture
def year(_year: Path, tmp_path: Path) -> Program:
    """The program with a ledger that holds the demo's year of two branches."""
    return Program(Path(shutil.copy(_year, tmp_path / "year.db")))


@pytest.fixture
def branch(zhibu: Program) -> Program:
    """The program with a ledger in which b1 is registered and follows form 001."""
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一支部", "--on", "2018-06-01")
    zhibu.ok("adopt", "college-staff-branch-2019", "--branch", "b1", "--from", "2019-01-08")
    return zhibu
