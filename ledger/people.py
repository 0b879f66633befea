"""Names to show for members' codes, outside the log, its hashes and its exports.

In: a code as the log uses it and a name. Out: the names. A name can be replaced and erased for good, while
the record of what happened stands under the code. Deliberately absent: anything else about a person.

Erasing overwrites the name in the database file and empties SQLite's write-ahead log, or vacuums the table
on PostgreSQL. Copies made before (backups, replicas, archives of a server's log) still hold it.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.errors import LedgerUnavailable, Refused
from ledger.events.values.member_codes import MEMBER_CODE, MEMBER_FORM
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.store.connections import LOCK_SECONDS, is_sqlite
from ledger.store.database_faults import in_our_words
from ledger.store.event_store import Store
from ledger.words import Words

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_NAME = 200

# Milliseconds for which readers may keep SQLite from emptying its write-ahead log.
_PATIENCE = 1_000

# Control and format characters, halves of pairs, line and paragraph ends. Characters that this Python does
# not know yet, and those of private use, stand in many a rare name.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def set_name(store: Store, code: str, name: str) -> None:
    """Show `name` wherever the member's code stands; an earlier name is overwritten for good.

    Raises `Refused` for a code that no member can have, and for a name that is blank, longer than 200
    characters, or holds control characters.
    """
    problems = [*_code_problems(code), *_name_problems(name)]
    if problems:
        raise Refused(problems)
    from ledger.store.tables import people

    with _erasing(store) as connection:
        connection.execute(people.delete().where(people.c.code == code))
        connection.execute(people.insert().values(code=code, name=name))
    _sweep(store)


def erase_name(store: Store, code: str) -> bool:
    """Remove the name of a code for good; return whether there was one."""
    from ledger.store.tables import people

    with _erasing(store) as connection:
        erased = connection.execute(people.delete().where(people.c.code == code)).rowcount > 0
    _sweep(store)
    return erased


def names(store: Store) -> dict[str, str]:
    """Return all names by code, in the order of the codes."""
    with store.connection() as connection, in_our_words(store.url):
        return dict(connection.execute("SELECT code, name FROM people ORDER BY code").fetchall())


@contextmanager
def _erasing(store: Store) -> "Iterator[Connection]":
    """Give a transaction in which what is deleted is overwritten with zeros, too."""
    with store.transaction() as connection:
        if is_sqlite(store.address):
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        yield connection


def _sweep(store: Store) -> None:
    """Clear the places where a database keeps what was deleted a while ago.

    Best effort: where others are reading just now, the next checkpoint or vacuum does it.
    """
    try:
        with store.connection() as connection, in_our_words(store.url):
            if is_sqlite(store.address):
                connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
                try:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    connection.execute(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
                return
            connection.autocommit = True
            try:
                connection.execute("VACUUM people")
            finally:
                connection.autocommit = False
    except LedgerUnavailable:
        return


def _code_problems(code: str) -> Iterator[Problem]:
    if not re.fullmatch(MEMBER_CODE, code):
        yield Problem(MEMBER_FORM, "code", shown(code))


def _name_problems(name: str) -> Iterator[Problem]:
    if not name.strip():
        yield Problem(
            Words(zh="不得为空", en="must not be empty"),
            "name",
            shown(name),
            Words(zh="删去姓名请用 zhibu people erase", en="Use `zhibu people erase` to remove it"),
        )
    elif len(name) > LONGEST_NAME:
        yield Problem(
            Words(
                zh=f"不得超过 {LONGEST_NAME} 个字符",
                en=f"must have at most {LONGEST_NAME} characters",
            ),
            "name",
            f"{len(name):,}",
        )
    elif any(unicodedata.category(character) in _UNSEEN for character in name):
        yield Problem(
            Words(zh="不得含有控制字符和换行", en="must not hold control characters or line breaks"),
            "name",
            shown(name),
        )
