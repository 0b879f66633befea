"""The program in processes of its own that are made lightly: forked from one that has loaded its modules.

In: an address and a command line. Out: a process that can be killed at any moment, and what it said.
Deliberately absent: the start of the interpreter, which takes ten times as long as what it is about (some
tries go through it: `ledgers.zhibu`).
"""

import os
import sys
import tempfile
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

_CONTEXT = get_context("forkserver")
_OURS = (
    "cli",
    "ledger",
    "projections",
    "rubrics",
    "sqlalchemy",
    "psycopg",
    "pydantic",
    "yaml",
    "typer",
    "tests",
)


def preload() -> None:
    """Have every child begin with the modules that this process has loaded by now; before the first child."""
    names = [name for name in sys.modules if name.partition(".")[0] in _OURS and "__main__" not in name]
    _CONTEXT.set_forkserver_preload(names)


class Child:
    """A running program; its files are removed when it is asked what it said."""

    def __init__(self, url: str, *words: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="zbchild")
        self._process: ForkServerProcess = _CONTEXT.Process(
            target=_body, args=(self._folder.name, url, words)
        )
        self._process.start()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, seconds: float) -> bool:
        """Wait for its end; return whether it came."""
        self._process.join(seconds)
        return self._process.exitcode is not None

    def kill(self) -> None:
        with suppress(OSError):
            self._process.kill()

    def communicate(self, seconds: float = 120) -> tuple[str, str]:
        """Wait for its end, and return what it said; a TimeoutError where it does not end, killed."""
        if not self.wait(seconds):
            self.kill()
            self._process.join(10)
            raise TimeoutError(f"no end after {seconds:.0f} s: {self._said()}")
        said = self._said()
        self._folder.cleanup()
        return said

    def _said(self) -> tuple[str, str]:
        files = (Path(self._folder.name) / name for name in ("out", "err"))
        out, err = (file.read_text("utf-8", "replace") if file.exists() else "" for file in files)
        return out, err


def _body(folder: str, url: str, words: tuple[str, ...]) -> None:
    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(Path(folder) / name, os.O_CREAT | os.O_WRONLY, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    os.environ.update(ZHIBU_LEDGER=url, ZHIBU_LANG="en")
    from cli.app import run

    status = run(words)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
