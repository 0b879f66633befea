"""The program, and real servers that hear from it; no proxy stands between them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.built_once import built_once
from tests.cli.conftest import branch, zhibu
from tests.ledger.delivery.servers import Hook, Mailbox, hook, mailbox
from tests.program import Program
from tests.reminders.ledgers import TEXT

__all__ = ["branch", "chat", "mail", "zhibu"]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def chat() -> Iterator[Hook]:
    """A server that takes posts."""
    with hook() as running:
        yield running


@pytest.fixture
def mail() -> Iterator[Mailbox]:
    """A server that takes mail."""
    with mailbox() as running:
        yield running


@pytest.fixture
def ladder(zhibu: Program, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with b1 and b2 under c, who go by the form of these tests."""
    (tmp_path / "ladder.yaml").write_text(TEXT, "utf-8")
    shutil.copy(built_once(tmp_path_factory, "ladder", _make_ladder) / "ledger.db", zhibu.ledger)
    return zhibu


def _make_ladder(folder: Path) -> None:
    form, made = folder / "ladder.yaml", Program(folder / "ledger.db")
    form.write_text(TEXT, "utf-8")
    made.ok("init")
    for code, *more in (
        ("c", "--organization", "committee"),
        ("b1", "--parent", "c"),
        ("b2", "--parent", "c"),
    ):
        name, day = ("党委", "2018-06-01") if code == "c" else (f"支部{code}", "2018-12-31")
        made.ok("log", "branch-registered", "--branch", code, "--name", name, "--on", day, *more)
        if code != "c":
            made.ok("adopt", str(form), "--branch", code, "--from", day)
