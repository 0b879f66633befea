"""Processes that need not load everything anew: each is forked from one that has.

In: a command line of the program, its environment and input. Out: a process with a status, that can be
interrupted and killed. Deliberately absent: how the program starts from nothing, which `test_startup` of the
command line and the journeys through a shell try.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import reduction
from pathlib import Path
from typing import Any

from tests import senders

ROOT = Path(__file__).parent.parent

CONTEXT = multiprocessing.get_context("forkserver")
"""Where pools and processes begin. What is named here is what takes longest to load."""
CONTEXT.set_forkserver_preload(
    [
        "cli.__main__",
        "cli.app",
        "cli.commands.reminders.schedule",
        "cli.commands.reminders.remind",
        "ledger.store.setup",
        "sqlalchemy.dialects.sqlite",
        "psycopg",
        "tests.ledger.store.writers",
        "tests.senders",
        "projections.engine.replays",
        "projections.parallel.work",
        "projections.simulation",
    ]
)


class Stream:
    """One end of a pipe, or a file, that goes along to the other process."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> Any:
        return _arrived, (reduction.DupFd(self.number),)  # type: ignore[attr-defined]


def _arrived(number: Any) -> "Stream":
    return Stream(number.detach())


class Forked:
    """The program in a process of its own; as much of `subprocess.Popen` as tests ask of it."""

    def __init__(self, *words: str, environ: Mapping[str, str] = {}, stdin: bytes = b"") -> None:
        senders.offer()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by `communicate` and `close`
        here, there = os.pipe()
        self.stdout = os.fdopen(here, encoding="utf-8", newline="")
        with tempfile.TemporaryFile() as given:
            given.write(stdin)
            given.seek(0)
            self._process = start(words, environ, given.fileno(), there, self._said.fileno())
        os.close(there)
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        """The exit status, None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        """Wait until it ends, and return its exit status; minus the signal's number where one ended it."""
        self._process.join(seconds)
        status = self._process.exitcode
        assert status is not None, "it has not ended in time"
        return status

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def communicate(self, seconds: float = 120) -> tuple[str, str]:
        """Wait until it ends; return what it said on standard output and on standard error."""
        with self._said, self.stdout:
            out = self.stdout.read()
            self.wait(seconds)
            self._said.seek(0)
            return out, self._said.read().decode()

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.join()
        self.stdout.close()
        self._said.close()


def start(words: Sequence[str], environ: Mapping[str, str], *streams: int) -> Any:
    """Start the program with these for its three standard streams; return the process."""
    told = tuple(words), {**os.environ, **environ}, *map(Stream, streams)
    process = CONTEXT.Process(target=_be_the_program, args=told)
    process.start()
    return process


def _be_the_program(words: tuple[str, ...], environ: dict[str, str], *streams: Stream) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream.number, number)
        os.close(stream.number)
    # As a new process has them: the ones that were forked belong to other files.
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(ROOT)
    sys.argv[1:] = words
    senders.fork_them()
    from cli.__main__ import main

    main()
