"""A ledger of made-up branches, whole, for tests that export it."""

from pathlib import Path

import pytest

from tests.built_once import built_once
from tests.program import Program


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A ledger of 30 branches; tests read it only."""
    return Program(built_once(tmp_path_factory, "whole", _make) / "ledger.db")


def _make(folder: Path) -> None:
    program, lines = Program(folder / "ledger.db"), folder / "log.jsonl"
    program.ok("init")
    size = ("--branches", "30", "--events", "110", "--year", "2023")
    program.ok("simulate", *size, "--output", str(lines), "--jobs", "1")
    program.take_in(lines)


@pytest.fixture
def empty(tmp_path: Path) -> Program:
    """An empty ledger of its own."""
    program = Program(tmp_path / "empty.db")
    program.ok("init")
    return program
