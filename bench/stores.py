"""Rows about the ledger's store: import, append, verify."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from bench.made import NOW, TODAY, Made, known, opened, raw_copy
from bench.timing import QUICK, Figure, in_turn, own_mb, server_cpu, timed
from ledger.events import canonical_data, parse_event
from ledger.files.opening import lines_of
from ledger.intake.batch import record_all
from ledger.store.codec import GENESIS, Draft
from ledger.store.event_store import Store
from ledger.store.setup import init
from tests import postgres

INSTANT = "2026-01-01T08:00:00.000000Z"
# A million events.
BRANCHES = 100 if QUICK else 3_300


def _import(url: str, file: Path) -> None:
    with opened(url) as store:
        record_all(store, [lines_of(file)], now=NOW, today=TODAY, known=known())


def _rows(url: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return connection.execute("SELECT * FROM events ORDER BY position").fetchall()


def import_sqlite(made: Made) -> Figure:
    """An import into a file beside a raw executemany of the same rows."""
    file, ledger = made.import_file(BRANCHES), made.ledger(BRANCHES)
    empty = f"sqlite:///{made.own / 'import.db'}"
    init(empty)
    mine = timed(lambda: _import(empty, file))
    # Before the rows of the yardstick are read: they alone take a gigabyte.
    peak = own_mb()
    rows, connection = _rows(ledger), raw_copy(made.own / "raw.db")
    marks = ",".join("?" * len(rows[0]))

    def theirs() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO events VALUES ({marks})", rows)
        connection.execute("COMMIT")

    raw = timed(theirs)
    connection.close()
    work = f"import of {len(rows):,} lines, SQLite"
    return Figure(work, "executemany of the same rows", mine, raw, 3, "at most 200 MB", peak)


def import_postgresql(made: Made) -> Figure:
    """An import into PostgreSQL beside a COPY of the same rows; CPU of client and server."""
    import psycopg

    file, ledger = made.import_file(BRANCHES), made.ledger(BRANCHES)
    binaries = postgres.find_binaries()
    if binaries is None:
        raise LookupError(postgres.NO_BINARIES)
    with postgres.running(binaries) as server:
        pid = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        ours, theirs = server.create("ours"), server.create("theirs")
        init(ours), init(theirs)
        mine = timed(lambda: _import(ours, file), lambda: server_cpu(pid))
        peak, rows = own_mb(), _rows(ledger)

        def copy() -> None:
            with psycopg.connect(theirs) as connection:
                connection.execute("ALTER TABLE events DISABLE TRIGGER USER")
                with connection.cursor() as cursor, cursor.copy("COPY events FROM STDIN") as copying:
                    for row in rows:
                        copying.write_row(row)

        raw = timed(copy, lambda: server_cpu(pid))
    work, note = f"import of {len(rows):,} lines, PostgreSQL", "CPU of client and server; at most 200 MB"
    return Figure(work, "COPY of the same rows", mine, raw, 3.5, note, peak)


def draft_of(number: int) -> Draft:
    """One event ready to be appended."""
    event = parse_event({"branch": "b0", "type": "article_published", "occurred_on": "2024-03-01",
                         "data": {"level": "unit"}})  # fmt: skip
    identity = f"00000000-0000-4000-8000-{number:012d}"
    return Draft(identity, "b0", event.type, 1, "2024-03-01", None, canonical_data(event.data), None)


def append_one(made: Made) -> Figure:
    """A durable append in process beside a raw durable insert of the same bytes."""
    init(f"sqlite:///{made.own / 'append.db'}")
    store = Store.open(f"sqlite:///{made.own / 'append.db'}")
    raw = raw_copy(made.own / "raw.db")
    columns = [row[1] for row in raw.execute("PRAGMA table_info(events)")]
    marks = ",".join("?" * len(columns))
    numbers = count(1)

    def ours() -> None:
        for _ in range(200):
            with store.appending(NOW) as appender:
                appender.append([draft_of(next(numbers))])

    def theirs() -> None:
        for _ in range(200):
            n = next(numbers)
            draft = draft_of(n)
            row = {**draft._asdict(), "position": n, "version": n, "recorded_at": INSTANT,
                   "prev_hash": GENESIS, "hash": GENESIS}  # fmt: skip
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(f"INSERT INTO events VALUES ({marks})", [row[name] for name in columns])
            raw.execute("COMMIT")

    mine, bare = in_turn(ours, theirs, 7)
    raw.close()
    store.dispose()
    return Figure(
        "one durable append in process", "raw commit of the same bytes", mine / 200, bare / 200, 1.6
    )


def verify_chain(made: Made) -> Figure:
    """Verifying beside scanning the same rows and hashing each in a chain."""
    url = made.ledger(BRANCHES)
    with opened(url) as store:

        def scan() -> None:
            from hashlib import sha256

            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
                last = b""
                for row in connection.execute("SELECT * FROM events ORDER BY position"):
                    last = sha256(last + "".join(map(str, row)).encode()).digest()

        ours, theirs = in_turn(store.verify, scan, 1 if QUICK else 3, warm=False)
        events = store.head().position
    return Figure(f"verify of {events:,} events", "scanning and hashing the rows", ours, theirs, 2)
