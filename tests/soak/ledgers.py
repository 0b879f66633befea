"""Ledgers under siege: made, filled, looked at by the program itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

from ledger.errors import LedgerError
from ledger.store.codec import Head
from ledger.store.event_store import Store
from ledger.store.setup import init
from tests.program import ROOT, Program
from tests.soak.children import Child, preload

MEETING = ("log", "meeting-held", "--branch", "b1", "--on", "2019-03-12", "--kind", "study")


def zhibu(url: str, *words: str, **options: object) -> "subprocess.Popen[str]":
    """Start the program on a ledger, interpreter and all."""
    return subprocess.Popen(
        [sys.executable, "-m", "cli", *words],
        cwd=ROOT,
        env={**os.environ, "ZHIBU_LEDGER": url, "ZHIBU_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def said(url: str, *words: str) -> tuple[int, str, str]:
    """Run the program to its end; return status, output, errors."""
    child = Child(url, *words)
    out, err = child.communicate()
    assert child.returncode is not None
    return child.returncode, out, err


def fresh(folder: Path, name: str) -> str:
    """Make a ledger with a branch in it."""
    url = f"sqlite:///{folder / name}"
    init(url)
    register(url)
    return url


def register(url: str) -> None:
    """Register b1, in this process: it loads what recording takes, and children begin with that."""
    Program(url).ok("log", "branch-registered", "--branch", "b1", "--name", "一", "--on", "2018-12-31")
    Program(url).ok("import", "-", stdin="")
    preload()


def import_file(path: Path, number: int, lines: int = 400) -> int:
    """Write a file of meetings that no other file holds; return how many."""
    meeting = {"branch": "b1", "type": "meeting_held", "occurred_on": "2019-03-12"}
    with path.open("w", encoding="utf-8") as stream:
        for line in range(lines):
            data = {"kind": "study", "topic": f"{number}/{line}"}
            stream.write(json.dumps({**meeting, "data": data}) + "\n")
    return lines


def loss_of(url: str, before: Head, allowed: set[int]) -> str | None:
    """Say what was lost since an older head: the chain holds, and the log grew by one of the allowed
    numbers.
    """
    try:
        with Store.open(url) as store:
            head = store.verify(before).head
    except LedgerError as error:
        return str(error)
    grown = head.position - before.position
    return None if grown in allowed else f"grew by {grown}, allowed are {sorted(allowed)}"


def head(url: str) -> Head:
    """Return the head of a ledger."""
    with Store.open(url) as store:
        return store.head()
