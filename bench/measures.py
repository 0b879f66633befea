"""What is measured: each a function that times a piece of work and its yardstick in turn.

In: a temporary folder. Out: a `Figure`: medians of the work and of the yardstick, in seconds. Deliberately
absent: verdicts in seconds; machines differ, ratios of one run less so.
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.logs import ADOPTED, NOW, TODAY, import_lines, known_rubrics, lines_of, make_ledger, raw_copy

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """Medians in seconds; `bound` is what the ratio should not pass (None: told, not judged)."""

    what: str
    yardstick: str
    seconds: float
    yardstick_seconds: float
    bound: float | None
    note: str = ""
    peak_mb: float = 0.0

    @property
    def ratio(self) -> float:
        """Work over yardstick."""
        return self.seconds / self.yardstick_seconds


def in_turn(work: Work, yardstick: Work, runs: int) -> tuple[float, float]:
    """Time both in turn after a warm-up, and return the medians."""
    work(), yardstick()
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_timed(work))
        theirs.append(_timed(yardstick))
    return statistics.median(ours), statistics.median(theirs)


def _timed(work: Work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def spin() -> int:
    """A yardstick of this machine: a million additions in plain Python."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


def _replaying(folder: Path, branches: int, events: int, asked: list[str] | None) -> Work:
    from ledger.store.event_store import Store
    from projections.engine.periods import parse_period
    from projections.engine.plan import Plan
    from projections.engine.replays import replay
    from rubrics.library import load

    store = Store.open(make_ledger(folder / "replay.db", branches, events))
    plan, period = Plan(load(ADOPTED).rubric), parse_period("2019")
    upto = store.head().position
    return lambda: replay(store, plan, period, on=date(2019, 12, 31), upto=upto, branches=asked)


def replay_one(folder: Path) -> Figure:
    """One branch of 300 events among ten, warm, from the store."""
    ours, theirs = in_turn(_replaying(folder, 10, 300, ["b3"]), spin, 21)
    return Figure(
        "score form 001, one branch of 300 events", "a million additions", ours, theirs, None, "≤ 50 ms"
    )


def replay_thousand(folder: Path) -> Figure:
    """A thousand branches of a hundred events, warm, from the store."""
    ours, theirs = in_turn(_replaying(folder, 1000, 100, None), spin, 5)
    return Figure(
        "score form 001, 1,000 branches of 100 events", "a million additions", ours, theirs, None, "≤ 0.5 s"
    )


def import_file(folder: Path) -> Figure:
    """An import of 100,000 lines beside a raw executemany of the same rows."""
    from ledger.store.setup import init

    lines = list(lines_of(1000, 100))
    rows: list[tuple[object, ...]] = []
    number = iter(range(1000))

    def ours() -> None:
        path = folder / f"import{next(number)}.db"
        init(f"sqlite:///{path}")
        begun = time.perf_counter()
        import_lines(f"sqlite:///{path}", lines)
        spent.append(time.perf_counter() - begun)
        if not rows:
            with sqlite3.connect(path) as connection:
                rows.extend(connection.execute("SELECT * FROM events ORDER BY position"))
            connection.close()

    def theirs() -> None:
        connection = raw_copy(folder / f"raw{next(number)}.db")
        marks = ",".join("?" * len(rows[0]))
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO events VALUES ({marks})", rows)
        connection.execute("COMMIT")
        raw.append(time.perf_counter() - begun)
        connection.close()

    spent: list[float] = []
    raw: list[float] = []
    for _ in range(3):
        ours()
        theirs()
    what = f"import {len(lines):,} lines: parsed, checked, hashed"
    return Figure(what, "raw executemany of the rows", statistics.median(spent), statistics.median(raw), 4.0)


def append_one(folder: Path) -> Figure:
    """A durable append of one event beside a raw durable insert."""
    from ledger.events import canonical_data, parse_event
    from ledger.store.codec import Draft
    from ledger.store.event_store import Store

    store = Store.open(make_ledger(folder / "append.db", 1, 20))
    event = parse_event({"branch": "b0", "type": "article_published", "occurred_on": "2019-03-01",
                         "data": {"level": "unit"}})  # fmt: skip
    data = canonical_data(event.data)
    raw = raw_copy(folder / "raw.db")
    columns = [row[1] for row in raw.execute("PRAGMA table_info(events)")]
    marks = ",".join("?" * len(columns))
    times = iter(range(1, 1_000_000))

    def ours() -> None:
        for _ in range(100):
            with store.appending(NOW) as appender:
                identity = f"00000000-0000-4000-8000-{next(times):012d}"
                appender.append([Draft(identity, "b0", event.type, 1, "2019-03-01", None, data, None)])

    def theirs() -> None:
        for _ in range(100):
            n = next(times)
            row = {"position": n, "id": f"{n:036d}", "branch": "b0", "version": n, "type": event.type,
                   "schema_version": 1, "occurred_on": "2019-03-01", "counts_for": None, "data": data,
                   "recorded_by": None, "recorded_at": "2026-01-01T08:00:00.000000Z",
                   "prev_hash": "sha256:" + "0" * 64, "hash": "sha256:" + "0" * 64}  # fmt: skip
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(f"INSERT INTO events VALUES ({marks})", [row[name] for name in columns])
            raw.execute("COMMIT")

    mine, bare = in_turn(ours, theirs, 5)
    raw.close()
    store.dispose()
    return Figure("append one event, durable (of 100)", "raw durable insert", mine / 100, bare / 100, 2.0)


class Program:
    """The program as a whole process; keeps the peak memory of the largest run."""

    def __init__(self) -> None:
        self.peak_mb = 0.0

    def __call__(self, *words: str) -> None:
        """Run a command to its end."""
        program = Path(sys.executable).parent / "zhibu"
        process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"zhibu {' '.join(words)} ended with {process.returncode}")
        self.peak_mb = max(self.peak_mb, usage.ru_maxrss / 1024)


def _bare() -> object:
    return subprocess.run([sys.executable, "-c", "pass"], check=True)


def start_help(folder: Path) -> Figure:
    """`zhibu --help` as a whole process."""
    program = Program()
    ours, theirs = in_turn(lambda: program("--help"), _bare, 11)
    return Figure("zhibu --help", "python -c pass", ours, theirs, 16.0, peak_mb=program.peak_mb)


def start_log(folder: Path) -> Figure:
    """`zhibu log` of one event as a whole process."""
    url = make_ledger(folder / "log.db", 2, 300)
    days = iter(range(1, 29))
    program = Program()

    def work() -> None:
        day = f"2019-02-{next(days):02d}"
        program("log", "article-published", "--branch", "b1", "--on", day, "--level", "unit", "--ledger", url)

    ours, theirs = in_turn(work, _bare, 11)
    return Figure("zhibu log, one event", "python -c pass", ours, theirs, None, "≤ 0.4 s", program.peak_mb)


def start_score(folder: Path) -> Figure:
    """`zhibu score` of one branch as a whole process."""
    url = make_ledger(folder / "score.db", 2, 300)
    words = ("score", ADOPTED, "--period", "2019", "--branch", "b1", "--on", "2019-12-31", "--ledger", url)
    program = Program()
    ours, theirs = in_turn(lambda: program(*words), _bare, 7)
    return Figure("zhibu score, one branch", "python -c pass", ours, theirs, None, "≤ 0.7 s", program.peak_mb)


def verify_chain(folder: Path) -> Figure:
    """Recomputing the chain of 100,000 events beside hashing their bytes."""
    from ledger.store.event_store import Store

    store = Store.open(make_ledger(folder / "verify.db", 1000, 100))
    ours, theirs = in_turn(store.verify, spin, 3)
    store.dispose()
    return Figure("verify the chain of 100,000 events", "a million additions", ours, theirs, None)


def sweep_branches(folder: Path) -> Figure:
    """A sweep of 10,000 branches beside one of 1,000: the cost should grow as the branches do."""
    from ledger.store.event_store import Store
    from projections.reminders.sweep import sweep
    from rubrics.known_clauses import KnownClauses
    from rubrics.library import Library, load

    rubric = load(ADOPTED)

    def swept(branches: int) -> float:
        store = Store.open(make_ledger(folder / f"sweep{branches}.db", branches, 60))
        begun = time.perf_counter()
        sweep(
            store,
            on=date(2019, 12, 29),
            now=NOW,
            today=TODAY,
            rubrics=[rubric],
            known=KnownClauses(Library(), [rubric]),
        )
        spent = time.perf_counter() - begun
        store.dispose()
        return spent

    few, many = swept(1_000), swept(10_000)
    return Figure("sweep 10,000 branches with form 001", "the same of 1,000 branches", many, few, 12.0)


MEASURES = {
    measure.__name__: measure
    for measure in (
        replay_one,
        replay_thousand,
        import_file,
        append_one,
        start_help,
        start_log,
        start_score,
        verify_chain,
        sweep_branches,
    )
}

__all__ = ["MEASURES", "TODAY", "Figure", "known_rubrics"]
