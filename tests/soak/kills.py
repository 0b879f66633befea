"""Programs and servers killed at any moment: all or nothing, and what was confirmed is there."""

import itertools
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ledger.store.event_store import Store
from ledger.store.setup import init
from tests import postgres
from tests.soak.children import Child
from tests.soak.ledgers import MEETING, fresh, head, import_file, loss_of, register, zhibu
from tests.soak.table import Row, Share

KILLS = 200
"""Of imports, and as many of single entries, on each database."""
CRASHES = 40
ROUNDS = 20
_WHOLE_START = 10
"""Of so many kills one strikes a program that was started with its interpreter."""
_LONGEST = 6_000
"""Events after which another ledger is besieged: each check reads the whole of it."""


def on_sqlite(share: Share) -> list[Row]:
    """Kill imports and single entries on a ledger in a file."""
    with tempfile.TemporaryDirectory() as name:
        folder, numbers = Path(name), itertools.count()
        return _kills(share, lambda: fresh(folder, f"{next(numbers)}.db"), folder, "SQLite")


def on_postgresql(share: Share) -> list[Row]:
    """The same on a server."""
    binaries = postgres.find_binaries()
    if binaries is None:
        return []
    with tempfile.TemporaryDirectory() as name, postgres.running(binaries) as server:
        return _kills(share, _databases(server), Path(name), "PostgreSQL")


def _databases(server: postgres.Server) -> Callable[[], str]:
    numbers = itertools.count()

    def make() -> str:
        url = server.create(f"ledger{next(numbers)}")
        init(url)
        register(url)
        return url

    return make


def _kills(share: Share, make: Callable[[], str], folder: Path, where: str) -> list[Row]:
    imports, entries = Row(f"import killed, {where}", KILLS), Row(f"single entry killed, {where}", KILLS)
    url, file = make(), folder / "kill.jsonl"
    longest = {word: _length(url, folder, word) for word in ("import", "log")}
    for number in share.until_over(KILLS):
        if head(url).position > _LONGEST:
            url = make()
        lines = import_file(file, number)
        imports.note(_killed(share, url, number, longest, {0, lines}, "import", str(file)))
        entries.note(_killed(share, url, number, longest, {0, 1}, *MEETING, "--topic", f"kill {number}"))
    return [imports, entries]


def _length(url: str, folder: Path, word: str) -> float:
    """How long a command takes here, in seconds, so that kills strike it and not what comes after."""
    file = folder / "length.jsonl"
    took = 0.0
    for number in range(3):
        import_file(file, 1_000_000 + number)
        words = ("import", str(file)) if word == "import" else (*MEETING, "--topic", f"length {number}")
        began = time.monotonic()
        Child(url, *words).communicate()
        took = time.monotonic() - began
    return took


def _killed(
    share: Share, url: str, number: int, longest: dict[str, float], allowed: set[int], *words: str
) -> str | None:
    before = head(url)
    moment = share.dice.uniform(0, 1.1)
    if number % _WHOLE_START == 0:
        out = _started_and_killed(url, moment * (longest[words[0]] + 0.5), *words)
    else:
        child = Child(url, *words)
        if not child.wait(moment * longest[words[0]]):
            child.kill()
        out, _ = child.communicate()
    # Once it was said to be recorded it must be there, whatever happened afterwards.
    confirmed = out.startswith(("logged ", "appended "))
    return loss_of(url, before, {max(allowed)} if confirmed else allowed)


def _started_and_killed(url: str, seconds: float, *words: str) -> str:
    program = zhibu(url, *words)
    try:
        program.wait(seconds)
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGKILL)
    out, _ = program.communicate(timeout=120)
    return out


def servers(share: Share) -> list[Row]:
    """The server itself killed, as a power cut would, while an import runs."""
    binaries = postgres.find_binaries()
    if binaries is None:
        return []
    row = Row("PostgreSQL server killed during an import", CRASHES)
    with tempfile.TemporaryDirectory() as name, postgres.running(binaries, durable=True) as server:
        folder, make = Path(name), _databases(server)
        url, file = make(), folder / "crash.jsonl"
        longest = _length(url, folder, "import")
        for number in share.until_over(CRASHES):
            lines = import_file(file, 100_000 + number)
            before = head(url)
            child = Child(url, "import", str(file))
            child.wait(share.dice.uniform(0, 1.1) * longest)
            server.crash()
            _, err = child.communicate()
            server.start()
            loss = loss_of(url, before, {lines} if child.returncode == 0 else {0, lines})
            if loss is None and child.returncode != 0 and "Traceback" in err:
                loss = f"a traceback: {err[-300:]}"
            row.note(loss)
            if head(url).position > _LONGEST:
                url = make()
    return [row]


def writers(share: Share) -> list[Row]:
    """Eight programs that write at once, and a reader that follows the positions, on each database."""
    with tempfile.TemporaryDirectory() as name:
        rows = [_rounds(share.part(0.5), fresh(Path(name), "ledger.db"), "SQLite")]
    binaries = postgres.find_binaries()
    if binaries is not None:
        with postgres.running(binaries) as server:
            rows.append(_rounds(share.part(0.5), _databases(server)(), "PostgreSQL"))
    return rows


def _rounds(share: Share, url: str, where: str) -> Row:
    row = Row(f"8 writers at once, and a reader that follows, {where}", ROUNDS)
    for number in share.until_over(ROUNDS):
        before = head(url)
        running = [Child(url, *MEETING, "--topic", f"{number}/{writer}") for writer in range(8)]
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
    return row


def _follow(url: str, after: int) -> list[int]:
    with Store.open(url) as store:
        return [event.position for event in store.read(after=after)]
