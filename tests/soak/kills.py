"""Programs and servers killed at any moment: all or nothing, and what was confirmed is there."""

import signal
import subprocess
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from ledger.store.setup import init
from tests import postgres
from tests.soak.ledgers import fresh, head, import_file, loss_of, register, said, zhibu
from tests.soak.table import Row, Share


def on_sqlite(share: Share) -> list[Row]:
    """Kill imports and single entries on a ledger in a file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return _kills(share, fresh(folder, "ledger.db"), folder, "SQLite")


def on_postgresql(share: Share) -> list[Row]:
    """The same on a server; and the server killed under them."""
    binaries = postgres.find_binaries()
    if binaries is None:
        return []
    with tempfile.TemporaryDirectory() as name, postgres.running(binaries) as server:
        folder = Path(name)
        url = server.create("ledger")
        init(url)
        register(url)
        rows = _kills(Share(share.seconds * 0.6, share.dice), url, folder, "PostgreSQL")
        crash = Row("PostgreSQL server killed during an import")
        for number in Share(share.seconds * 0.4, share.dice).until_over(40):
            file = folder / "crash.jsonl"
            lines = import_file(file, 100_000 + number)
            before = head(url)
            program = zhibu(url, "import", str(file))
            time.sleep(share.dice.uniform(0.3, 2.5))
            server.crash()
            _, err = program.communicate(timeout=120)
            server.start()
            loss = loss_of(url, before, {lines} if program.returncode == 0 else {0, lines})
            if loss is None and program.returncode != 0 and "Traceback" in err:
                loss = f"a traceback: {err[-300:]}"
            crash.note(loss)
    return [*rows, crash]


def _kills(share: Share, url: str, folder: Path, where: str) -> list[Row]:
    imports = Row(f"import killed, {where}")
    entries = Row(f"single entry killed, {where}")
    for number in share.until_over(200):
        if number % 2:
            file = folder / "kill.jsonl"
            lines = import_file(file, number)
            imports.note(_killed(share, url, {0, lines}, lines, "import", str(file)))
        else:
            words = ("log", "meeting-held", "--branch", "b1", "--on", "2019-03-12", "--kind", "study")
            entries.note(_killed(share, url, {0, 1}, 1, *words, "--topic", f"kill {number}"))
    return [imports, entries]


def _killed(share: Share, url: str, allowed: set[int], whole: int, *words: str) -> str | None:
    before = head(url)
    program = zhibu(url, *words)
    try:
        program.wait(share.dice.uniform(0.05, 2.5))
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGKILL)
    out, _ = program.communicate()
    # Once it was said to be recorded it must be there, whatever happened afterwards.
    confirmed = out.startswith(("logged ", "appended "))
    return loss_of(url, before, {whole} if confirmed else allowed)


def writers(share: Share) -> list[Row]:
    """Eight programs that write at once, and a reader that follows the positions."""
    row = Row("8 writers at once, and a reader that follows")
    with tempfile.TemporaryDirectory() as name:
        url = fresh(Path(name), "ledger.db")
        for number in share.until_over(20):
            before = head(url)
            running = [
                zhibu(
                    url, "log", "meeting-held", "--branch", "b1", "--on", "2019-03-12",
                    "--kind", "study", "--topic", f"{number}/{writer}",
                )
                for writer in range(8)
            ]  # fmt: skip
            seen: list[int] = []
            while any(one.poll() is None for one in running):
                seen += _follow(url, seen[-1] if seen else before.position)
            outs = [one.communicate() for one in running]
            seen += _follow(url, seen[-1] if seen else before.position)
            wanted = list(range(before.position + 1, before.position + 9))
            loss = loss_of(url, before, {8})
            if loss is None and seen != wanted:
                loss = f"the reader saw {seen}, not {wanted}"
            if loss is None and [one.returncode for one in running] != [0] * 8:
                loss = f"a writer failed: {outs}"
            row.note(loss)
    return [row]


def _follow(url: str, after: int) -> list[int]:
    from ledger.store.event_store import Store

    with Store.open(url) as store:
        return [event.position for event in store.read(after=after)]


def reminders(share: Share) -> list[Row]:
    """Five schedulers, senders killed, a machine that sleeps, days off: the tests of the scheduler's own
    siege.
    """
    import sys

    from tests.program import ROOT

    row = Row("schedulers killed while sending, asleep, days off, clock set back")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-n",
            "0",
            "tests/reminders/scheduler/soak.py",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    counts = {"passed": 0, "failed": 0, "error": 0}
    words = done.stdout.splitlines()[-1].replace(",", "").split() if done.stdout else []
    for number, what in pairwise(words):
        for kind in counts:
            if what.startswith(kind) and number.isdigit():
                counts[kind] += int(number)
    for _ in range(counts["passed"]):
        row.note(None)
    for _ in range(counts["failed"] + counts["error"]):
        row.note(done.stdout[-2_000:])
    return [row]


__all__ = ["on_postgresql", "on_sqlite", "reminders", "said", "writers"]
