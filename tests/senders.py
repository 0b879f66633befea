"""Processes that send, forked from one that has loaded what sends.

In: whatever the product asks a new sender of. Out: the same process as the product would start, in its own
environment, without the half second that loading takes. Deliberately absent: how a sender starts from
nothing, which `test_misbehaving` of the delivery tries.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from ledger.delivery.transports import process

FROM_NOTHING = process.start
"""How the product itself starts one."""
_ADDRESS = "ZHIBU_TESTS_SENDERS"
"""Where programs that tests start find the process that forks."""


def fork_them() -> None:
    """Have every sender of this process forked from now on."""
    process.start = _Forked  # type: ignore[assignment]


def offer() -> None:
    """Run the process that forks, for this process and the programs that it starts."""
    os.environ.setdefault(_ADDRESS, _running())


@cache
def _running() -> str:
    folder = tempfile.TemporaryDirectory(prefix="senders")
    address = str(Path(folder.name) / "socket")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(64)
        number = listening.fileno()
        # It ends with this process: then its standard input does.
        forking = subprocess.Popen(
            [sys.executable, "-m", "tests.senders", str(number)],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            pass_fds=[number],
        )
    _KEPT.extend((folder, forking))
    return address


_KEPT: list[Any] = []


class _Forked:
    """A sender that was forked; as much of `subprocess.Popen` as is asked of it."""

    def __init__(self) -> None:
        taken, self._given = os.pipe()
        self._answered, answering = os.pipe()
        self._alive = socket.socket(socket.AF_UNIX)
        self._alive.connect(os.environ[_ADDRESS])
        socket.send_fds(self._alive, [b"-"], [taken, answering])
        self._alive.sendall(f"{json.dumps(dict(os.environ))}\n".encode())
        os.close(taken)
        os.close(answering)
        self.stdin = os.fdopen(self._given, "w", encoding="ascii")
        self.stdout = os.fdopen(self._answered, encoding="ascii")
        self.pid = int(self._alive.recv(16))

    def poll(self) -> int | None:
        """None while it runs."""
        return None if self._alive.fileno() >= 0 and not self._over(0) else 0

    def _over(self, seconds: float | None) -> bool:
        # Nothing is ever sent there: it is readable once the process is gone.
        return bool(select.select([self._alive], [], [], seconds)[0])

    def kill(self) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        if self._alive.fileno() >= 0:
            if not self._over(timeout):
                raise subprocess.TimeoutExpired("sender", timeout or 0)
            self._alive.close()
        return 0


def _serve(listening: socket.socket) -> None:
    from ledger.delivery.transports.directory import load

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    loaded = False
    while listening in select.select([listening, 0], [], [])[0]:
        client, _ = listening.accept()
        if not loaded:
            for address in ("json://127.0.0.1", "mailto://u:p@127.0.0.1?to=a@b.org"):
                load(address)
            loaded = True
        _, streams, _, _ = socket.recv_fds(client, 1, 2)
        with client.makefile() as said:
            environ = json.loads(said.readline())
        if (pid := os.fork()) == 0:
            listening.close()
            _send(streams, environ)
        client.sendall(str(pid).encode())
        client.close()
        for number in streams:
            os.close(number)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _send(streams: list[int], environ: dict[str, str]) -> None:
    try:
        for place, number in enumerate(streams):
            os.dup2(number, place)
            os.close(number)
        os.environ.clear()
        os.environ.update(environ)
        sys.stdin = os.fdopen(0, encoding="ascii", closefd=False)
        process.main()
    finally:
        os._exit(0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
