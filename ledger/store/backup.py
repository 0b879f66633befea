"""A consistent copy of a ledger while others write.

In: an open store on SQLite and the name of a new file. Out: that file, a ledger of its own, and the head that
it holds. Deliberately absent: PostgreSQL, whose own pg_dump does it better.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.errors import LedgerUnavailable, Refused
from ledger.problems import Problem
from ledger.store.codec import GENESIS, Head
from ledger.store.connections import is_sqlite
from ledger.store.database_faults import DISK_ERROR, in_our_words
from ledger.store.event_store import Store
from ledger.words import Words

_PG_DUMP = Words(
    zh="PostgreSQL 上的台账请用 pg_dump 备份（见 docs/postgresql.md）",
    en="a ledger on PostgreSQL is backed up by pg_dump (docs/postgresql.md)",
)
_NEW_FILE = Words(zh="须为新文件，该处已有同名文件", en="must be a new file, there is one already")
_FOLDER = Words(zh="所在目录须已存在且可写", en="its folder must be there and writable")


def backup(store: Store, target: Path) -> Head:
    """Copy the ledger to a new file and return the copy's head; writers go on meanwhile.

    The file appears under its name only when it is complete and on the disk. Refused where a file of that
    name is there already or its folder cannot be written to; LedgerUnavailable where the ledger is on
    PostgreSQL or the disk is full.
    """
    if not is_sqlite(store.address):
        raise LedgerUnavailable(store.url, _PG_DUMP)
    target = target.absolute()
    if target.exists():
        raise Refused([Problem(_NEW_FILE, file=str(target))])
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        # Made here and now, so that no other program's file of that name is written over.
        # A backup is a whole ledger: like one, it is for its owner's eyes, whatever the umask.
        unfinished.touch(0o600, exist_ok=False)
    except OSError as error:
        raise Refused([Problem(_FOLDER, file=str(target))]) from error
    try:
        with in_our_words(str(target)):
            head = _copy(store, unfinished)
        _keep(unfinished)
        _name(unfinished, target)
        _keep(target.parent)
    except OSError as error:
        raise LedgerUnavailable(str(target), DISK_ERROR) from error
    finally:
        for leftover in ("", "-journal", "-wal", "-shm"):
            Path(f"{unfinished}{leftover}").unlink(missing_ok=True)
    return head


def _copy(store: Store, target: Path) -> Head:
    with store.connection() as source, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # All pages in one step, hence of one moment: what others append meanwhile goes to the log beside.
        source.backup(copy, pages=-1)
        last = copy.execute(store.statements.head).fetchone()
        return Head(last[0], last[1]) if last else Head(0, GENESIS)


def _name(unfinished: Path, target: Path) -> None:
    try:
        # Unlike a rename, this refuses a file that has appeared in the meantime.
        target.hardlink_to(unfinished)
    except FileExistsError as error:
        raise Refused([Problem(_NEW_FILE, file=str(target))]) from error
    except OSError:
        # There are file systems without links.
        unfinished.rename(target)


def _keep(path: Path) -> None:
    """Have the disk hold a file's or a folder's content before anybody relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
