"""A consistent copy of a ledger while others write.

In: an open store on SQLite and the name of a new file. Out: that file, a ledger of its own, and the head that
it holds. Deliberately absent: PostgreSQL, whose own pg_dump does it better.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.errors import LedgerUnavailable, NotWritten
from ledger.store.codec import GENESIS, Head
from ledger.store.event_store import Store
from ledger.store.sql.connections import is_sqlite
from ledger.store.sql.database_faults import reason_of_sqlite
from ledger.whole_files import ledger_files, unfinished_file
from ledger.words import Words

_PG_DUMP = Words(
    zh="PostgreSQL 上的台账请用 pg_dump 备份（见 docs/postgresql.md）",
    en="a ledger on PostgreSQL is backed up by pg_dump (docs/postgresql.md)",
)


def backup(store: Store, target: Path) -> Head:
    """Copy the ledger to a new file and return the copy's head; writers go on meanwhile.

    The file appears under its name only when it is complete and on the disk; like a ledger, it is for its
    owner's eyes, whatever the umask. NotWritten where a file of that name is there already, its folder
    cannot be written to, or the disk is full; LedgerUnavailable where the ledger is on PostgreSQL.
    """
    if not is_sqlite(store.address):
        raise LedgerUnavailable(store.url, _PG_DUMP)
    target = target.absolute()
    with unfinished_file(target, never=ledger_files(store.url), private=True, new=True) as unfinished:
        try:
            return _copy(store, unfinished)
        except sqlite3.Error as error:
            # The ledger's own errors left `Store` as LedgerErrors: this one is of the copy.
            reason = reason_of_sqlite(error)
            if reason is None:
                raise
            raise NotWritten(target, reason) from error


def _copy(store: Store, target: Path) -> Head:
    with store.connection() as source, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # All pages in one step, hence of one moment: what others append meanwhile goes to the log beside.
        source.backup(copy, pages=-1)
        last = copy.execute(store.statements.head).fetchone()
        return Head(last[0], last[1]) if last else Head(0, GENESIS)
