"""Inputs that were mutated, through every door in this process; bytes and rows of a ledger that were
changed.
"""

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from ledger.errors import LedgerError
from ledger.store.codec import COLUMNS, Head, canonical_bytes, hash_of
from ledger.store.event_store import Store
from tests.journeys.recording.hostile import COMMANDS, VALUES, fields, filled
from tests.ledger.events.examples import EXAMPLES
from tests.program import Program
from tests.soak.ledgers import fresh, head
from tests.soak.table import Row, Share

_CHARACTERS = [
    '"',
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\",
    "0",
    "9",
    "e",
    "-",
    ".",
    "\0",
    "\n",
    "é",
    "中",
    "\u202e",
    "null",
    "1e999",
]


def lines(share: Share) -> list[Row]:
    """Lines of every type, mutated: refused in a sentence, or taken."""
    from ledger.errors import Refused
    from ledger.events import parse_line

    row = Row("mutated JSON lines through the parser")
    good = [
        json.dumps(
            {"branch": "b1", "type": word, "occurred_on": "2019-03-12", "data": data}, ensure_ascii=False
        )
        for word, examples in EXAMPLES.items()
        for data in examples
    ]
    for number in share.until_over(100_000):
        line = bytearray(good[number % len(good)].encode())
        for _ in range(share.dice.randrange(1, 4)):
            at = share.dice.randrange(len(line))
            match share.dice.randrange(4):
                case 0:
                    line[at : at + 1] = share.dice.choice(_CHARACTERS).encode()
                case 1:
                    line[at] = share.dice.randrange(256)
                case 2:
                    del line[at : at + share.dice.randrange(1, 12)]
                case _:
                    line[at:at] = line[share.dice.randrange(len(line)) :][:20]
            line = line or bytearray(b"{")
        try:
            parse_line(bytes(line))
            row.note(None)
        except Refused:
            row.note(None)
        except Exception as error:
            row.note(f"{type(error).__name__}: {bytes(line)!r}")
    return [row]


def options(share: Share) -> list[Row]:
    """Values that nobody means, in every option of every command and every field of every type."""
    row = Row("hostile values through the command line")
    with tempfile.TemporaryDirectory() as name:
        zhibu = Program(fresh(Path(name), "ledger.db"))
        cases = [(words, value) for words in [*COMMANDS, *fields()] for value in VALUES.values()]
        share.dice.shuffle(cases)
        for number in share.until_over(len(cases)):
            words, value = cases[number]
            said = zhibu(*filled(words, value))
            bad = "inside zhibu" in said.err or "Traceback" in said.err or said.status not in (0, 1, 2)
            row.note(f"{filled(words, value)}: {said.err[-200:]}"[:400] if bad else None)
    return [row]


def flipped_bytes(share: Share) -> list[Row]:
    """Every byte of a small ledger's file, flipped in turn: found out, or without effect on the log."""
    row = Row("a byte of the ledger's file flipped")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = fresh(folder, "ledger.db")
        zhibu = Program(url)
        for day in range(1, 6):
            zhibu.ok("log", "meeting-held", "--branch", "b1", "--on", f"2019-03-0{day}", "--kind", "study")
        with Store.open(url) as store:
            whole = list(store.read())
        with closing(sqlite3.connect(folder / "ledger.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
            # Small pages: fewer bytes that hold nothing.
            connection.execute("PRAGMA page_size = 512")
            connection.execute("VACUUM")
        content = (folder / "ledger.db").read_bytes()
        places = list(range(len(content)))
        share.dice.shuffle(places)
        for number in share.until_over(len(places)):
            at = places[number]
            spoilt = bytearray(content)
            spoilt[at] ^= 1 << share.dice.randrange(8)
            target = folder / "spoilt.db"
            target.write_bytes(bytes(spoilt))
            row.note(_undetected(f"sqlite:///{target}", whole, at))
            for ending in ("", "-wal", "-shm", "-journal"):
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


def rewritten_rows(share: Share) -> list[Row]:
    """Rows dropped, swapped, rewritten with recomputed hashes: found out, the last by an older head."""
    row = Row("rows dropped, swapped, rewritten (hashes recomputed, against an older head)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = fresh(folder, "ledger.db")
        zhibu = Program(url)
        for day in range(1, 10):
            zhibu.ok("log", "meeting-held", "--branch", "b1", "--on", f"2019-03-0{day}", "--kind", "study")
        older = head(url)
        with closing(sqlite3.connect(folder / "ledger.db")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for _ in share.until_over(300):
            target = folder / "spoilt.db"
            shutil.copy(folder / "ledger.db", target)
            what = _spoil(share, target, older.position)
            row.note(_found_out(f"sqlite:///{target}", older, what))
            for ending in ("", "-wal", "-shm"):
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
