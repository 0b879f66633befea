"""A ledger's file under a failing disk or a forger: bytes flipped, rows dropped, swapped, rewritten."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from ledger.errors import LedgerError
from ledger.store.codec import COLUMNS, Head, canonical_bytes, hash_of
from ledger.store.event_store import Store
from tests.program import Program
from tests.soak.ledgers import MEETING, fresh, head
from tests.soak.table import Row, Share

_BESIDE = ("", "-wal", "-shm", "-journal")


def bytes_flipped(share: Share) -> list[Row]:
    """Every byte of a small ledger's file, a bit of it flipped: found out, or without effect on the log."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = fresh(folder, "ledger.db")
        Program(url).ok(*MEETING, "--topic", "议题")
        Program(url).ok(*MEETING, "--topic", "ascii")
        with Store.open(url) as store:
            whole = list(store.read())
        with closing(sqlite3.connect(folder / "ledger.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
            # Small pages: fewer bytes that hold nothing.
            connection.execute("PRAGMA page_size = 512")
            connection.execute("VACUUM")
        content = (folder / "ledger.db").read_bytes()
        row = Row(f"a byte of the ledger's file flipped, each of {len(content):,} in turn", len(content))
        places = list(range(len(content)))
        # So that the whole file has its turn where time is short, too.
        share.dice.shuffle(places)
        target = folder / "spoilt.db"
        for number in share.until_over(len(places)):
            at = places[number]
            spoilt = bytearray(content)
            spoilt[at] ^= 1 << share.dice.randrange(8)
            target.write_bytes(bytes(spoilt))
            row.note(_undetected(f"sqlite:///{target}", whole, at))
            for ending in _BESIDE:
                Path(f"{target}{ending}").unlink(missing_ok=True)
    return [row]


def _undetected(url: str, whole: list[Any], at: int) -> str | None:
    try:
        with Store.open(url) as store:
            store.verify()
            read = list(store.read())
    except LedgerError:
        return None
    except Exception as error:
        return f"byte {at}: {type(error).__name__}: {error}"
    return None if read == whole else f"byte {at}: the log reads otherwise, and verify says ok"


def rows_changed(share: Share) -> list[Row]:
    """Rows dropped, swapped, rewritten with recomputed hashes: found out, the last by an older head."""
    tries = 300
    row = Row("rows dropped, swapped, rewritten (hashes recomputed, against an older head)", tries)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = fresh(folder, "ledger.db")
        for day in range(1, 10):
            Program(url).ok(*MEETING, "--topic", str(day))
        older = head(url)
        with closing(sqlite3.connect(folder / "ledger.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for _ in share.until_over(tries):
            target = folder / "spoilt.db"
            shutil.copy(folder / "ledger.db", target)
            what = _spoil(share, target, older.position)
            row.note(_found_out(f"sqlite:///{target}", older, what))
            for ending in _BESIDE:
                Path(f"{target}{ending}").unlink(missing_ok=True)
    return [row]


def _found_out(url: str, older: Head, what: str) -> str | None:
    try:
        with Store.open(url) as store:
            store.verify(older)
    except LedgerError:
        return None
    return f"{what}: verify says ok"


def _spoil(share: Share, file: Path, last: int) -> str:
    dice = share.dice
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        at = dice.randrange(1, last + 1)
        match dice.randrange(4):
            case 0:
                connection.execute("DELETE FROM events WHERE position = ?", (at,))
                return f"{at} dropped"
            case 1:
                connection.execute("DELETE FROM events WHERE position >= ?", (at,))
                return f"dropped from {at} on"
            case 2:
                other = at % last + 1
                one, two = (
                    connection.execute("SELECT data FROM events WHERE position = ?", (p,)).fetchone()[0]
                    for p in (at, other)
                )
                connection.execute("UPDATE events SET data = ? WHERE position = ?", (two + " ", at))
                connection.execute("UPDATE events SET data = ? WHERE position = ?", (one + " ", other))
                return f"{at} and {other} swapped"
            case _:
                _rewrite(connection, at)
                return f"{at} rewritten, hashes recomputed"


def _rewrite(connection: sqlite3.Connection, at: int) -> None:
    """Change a day, and every hash from there on, as somebody would who can write to the file."""
    columns = ", ".join(COLUMNS)
    rows = connection.execute(
        f"SELECT {columns} FROM events WHERE position >= ? ORDER BY position", (at,)
    ).fetchall()
    before = None
    for row in rows:
        changed = list(row[:12])
        if before is None:
            changed[6] = "2019-01-01"
        else:
            changed[11] = before
        before = hash_of(canonical_bytes(*changed))
        connection.execute(
            "UPDATE events SET occurred_on = ?, prev_hash = ?, hash = ? WHERE position = ?",
            (changed[6], changed[11], before, row[0]),
        )
