"""A process that sends, so that whatever a service does to its sender can be ended.

In: messages. Out: what became of each, within 30 seconds. Deliberately absent: which message goes to whom and
when (`sending`).

A server may answer a byte every few seconds, for ever, or with more bytes than there is memory; the
libraries that mail and post know no total. A process can be killed, and has a limit on its memory. It is
started at its first message, and takes others until it is closed. Addresses and texts come to it through a
pipe: no list of processes shows them.
"""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime
from typing import IO

from ledger.delivery.transports.transport import Refusal

TOTAL_SECONDS = 30.0
"""How long one message may take, from the name of the server to the last byte of the answer."""
STOPPED = "stopped"
"""The reason where the sender was killed: nobody knows whether the message was taken."""
_START_SECONDS = 60.0
_MEMORY = 1 << 30


class Sender:
    """One process that sends; for one thread at a time, but for `kill`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._killed = False

    def ready(self, url: str) -> bool:
        """Start the process where it does not run, and have it load what sending to an address needs.

        On a busy machine that takes its time, which must be of no message's: neither of the half minute that
        its service has, nor of the time for which it is claimed. Return whether the process runs.
        """
        process = self._running()
        if process is None:
            return False
        if _ask(process, url, _START_SECONDS) != "loaded\n":
            self._process = None
            return False
        return True

    def send(self, url: str, title: str, body: str, now: datetime) -> Refusal | None:
        """Send one message; return None where it was accepted."""
        process = self._process if self.ready(url) else None
        if process is None:
            return Refusal(STOPPED if self._killed else "crashed start")
        answer = _ask(process, [url, title, body, now.isoformat()], TOTAL_SECONDS)
        if not answer:
            self._process = None
            return Refusal(STOPPED if self._killed else "crashed" if answer is None else "timeout")
        said: list[str | bool] | None = json.loads(answer)
        return None if said is None else Refusal(str(said[0]), bool(said[1]))

    def kill(self) -> None:
        """End the process at once; the message under way counts as not taken."""
        self._killed = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Let the process end."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _running(self) -> "subprocess.Popen[str] | None":
        if self._killed:
            return None
        if self._process is None or self._process.poll() is not None:
            self._process = start()
            if _answer(self._process, _START_SECONDS) != "ready\n":
                self._process = None
        return self._process


def start() -> "subprocess.Popen[str]":
    """Start a process that sends, its standard input and output as pipes of texts."""
    # Not by `-m`: this process may have found the package where the other would not look.
    begin = "import json, sys; sys.path[:] = json.loads(sys.argv[1])"
    send = "from ledger.delivery.transports.process import main; main()"
    return subprocess.Popen(  # noqa: S603 -- this very program, nothing of what others wrote
        [sys.executable, "-c", f"{begin}; {send}", json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
    )


def _ask(process: "subprocess.Popen[str]", task: object, seconds: float) -> str | None:
    """Hand over a task and return the answer, as `_answer` does."""
    assert process.stdin is not None
    try:
        process.stdin.write(f"{json.dumps(task)}\n")
        process.stdin.flush()
    except OSError:
        _end(process)
        return None
    return _answer(process, seconds)


def _answer(process: "subprocess.Popen[str]", seconds: float) -> str | None:
    """Read a line. Empty where none came in time, None where the process died; it is ended in both cases."""
    assert process.stdout is not None
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        line = process.stdout.readline()
    finally:
        timer.cancel()
    if line.endswith("\n"):
        return line
    _end(process)
    return "" if late.is_set() else None


def _end(process: "subprocess.Popen[str]") -> None:
    with suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def main() -> None:
    """Send what comes by the line on standard input, until it ends; the process's own body."""
    import signal

    # Ctrl-C on a terminal goes to all its processes: the one in front decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    # Whatever a library prints is no answer.
    os.dup2(2, 1)
    _limit_memory()
    _bound_requests()
    _serve(sys.stdin, answers)


def _serve(tasks: IO[str], answers: IO[str]) -> None:
    import signal

    from ledger.delivery.transports.directory import load, send_here

    print("ready", file=answers, flush=True)
    for line in tasks:
        if hasattr(signal, "alarm"):
            # Should the process in front be gone, nobody else ends this one.
            signal.alarm(int(_START_SECONDS + TOTAL_SECONDS) + 5)
        task: str | list[str] = json.loads(line)
        if isinstance(task, str):
            load(task)
            answer = "loaded"
        else:
            url, title, body, now = task
            answer = json.dumps(send_here(url, title, body, datetime.fromisoformat(now)))
        try:
            print(answer, file=answers, flush=True)
        except OSError:
            return
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _bound_requests() -> None:
    """Hold all that is posted in this process to the bounds: services make their own sessions."""
    from requests import Session

    from ledger.delivery.transports.bounded import bounded

    Session.send = bounded(Session.send)  # type: ignore[method-assign]
