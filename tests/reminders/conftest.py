"""The program, and real servers that hear from it; no proxy stands between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
def ladder(zhibu: Program, tmp_path: Path) -> Program:
    """The program with b1 and b2 under c, who go by the form of these tests."""
    form = tmp_path / "ladder.yaml"
    form.write_text(TEXT, "utf-8")
    zhibu.ok(
        "log",
        "branch-registered",
        "--branch",
        "c",
        "--name",
        "党委",
        "--organization",
        "committee",
        "--on",
        "2018-06-01",
    )
    for code in ("b1", "b2"):
        zhibu.ok(
            "log",
            "branch-registered",
            "--branch",
            code,
            "--name",
            f"支部{code}",
            "--parent",
            "c",
            "--on",
            "2018-12-31",
        )
        zhibu.ok("adopt", str(form), "--branch", code, "--from", "2018-12-31")
    return zhibu
