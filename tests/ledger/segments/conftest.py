"""A ledger of made-up branches, whole, for tests that export it."""

from pathlib import Path

import pytest

from tests.program import Program


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A ledger of 30 branches; tests read it only."""
    folder = tmp_path_factory.mktemp("whole")
    program = Program(folder / "ledger.db")
    program.ok("init")
    lines = str(folder / "log.jsonl")
    program.ok(
        "simulate", "--branches", "30", "--events", "110", "--year", "2023", "--output", lines, "--jobs", "1"
    )
    program.ok("import", lines)
    return program


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """An empty ledger of its own."""
    program = Program(tmp_path / "empty.db")
    program.ok("init")
    return program
