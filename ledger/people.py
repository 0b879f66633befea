"""Names to show for members' codes, outside the log, its hashes and its exports.

In: a branch, a code as its log uses it, and a name: `m01` of two branches are two people. Out: the names. A
name can be replaced and erased for good, while the record of what happened stands under the code.
Deliberately absent: anything else about a person.

Erasing overwrites the name in the database file and empties SQLite's write-ahead log, or vacuums the table
on PostgreSQL. Copies made before (backups, replicas, archives of a server's log) still hold it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ledger.errors import LedgerUnavailable, Refused
from ledger.events.values.member_codes import (
    MEMBER_CODE,
    MEMBER_FORM,
    PERSONAL,
    is_personal,
    masked,
    number_in,
)
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.store.event_store import Store
from ledger.store.sql.connections import LOCK_SECONDS, is_sqlite
from ledger.store.sql.database_faults import in_our_words
from ledger.words import Words

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_NAME = 200

# Milliseconds for which readers may keep SQLite from emptying its write-ahead log.
_PATIENCE = 1_000

# Control and format characters, halves of pairs, line and paragraph ends. Characters that this Python does
# not know yet, and those of private use, stand in many a rare name.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


_NUMBER_IN_NAME = Words(
    zh="不得含有身份证号或手机号：这里只记姓名",
    en="must not hold an identity number or a mobile number: only the name is kept",
)

ANY_BRANCH = ""
"""The branch of names that were kept before names belonged to one, and of codes that no log knows."""


class Names:
    """The names of some ledger's people, by branch and code."""

    def __init__(self, names: Mapping[tuple[str, str], str] = MappingProxyType({})) -> None:
        self._names = dict(names)

    def of(self, branch: str, code: str) -> str | None:
        """Return the name of a code of a branch, None where there is none."""
        return self._names.get((branch, code)) or self._names.get((ANY_BRANCH, code))

    def shown(self, branch: str, code: str) -> str:
        """Return a member as people read it: `m01（张三）`, the code alone where there is no name."""
        name = self.of(branch, code)
        return code if name is None else f"{code}（{name}）"

    def in_branch(self, branch: str) -> dict[str, str]:
        """Return the names by code that hold in one branch."""
        shared = {code: name for (of, code), name in self._names.items() if of == ANY_BRANCH}
        return shared | {code: name for (of, code), name in self._names.items() if of == branch}

    def everywhere(self) -> dict[str, str]:
        """Return the names of the codes that bear one name wherever they have one."""
        of_code: dict[str, set[str]] = {}
        for (_, code), name in self._names.items():
            of_code.setdefault(code, set()).add(name)
        return {code: found.pop() for code, found in sorted(of_code.items()) if len(found) == 1}

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Go through branches, codes and names."""
        return ((branch, code, name) for (branch, code), name in sorted(self._names.items()))


def set_name(store: Store, code: str, name: str, branch: str = ANY_BRANCH) -> None:
    """Show `name` wherever the member's code stands in that branch; an earlier name is overwritten for good.

    Raises `Refused` for a code that no member can have, and for a name that is blank, longer than 200
    characters, or holds control characters.
    """
    set_names(store, branch, {code: name})


def set_names(store: Store, branch: str, names: Mapping[str, str]) -> None:
    """Show several names, by code; all or none, otherwise as `set_name`."""
    problems = [
        problem for code, name in names.items() for problem in (*_code_problems(code), *name_problems(name))
    ]
    if problems:
        raise Refused(problems)
    from ledger.store.sql.tables import people

    if not names:
        return
    with _erasing(store) as connection:
        for code, name in names.items():
            connection.execute(people.delete().where(people.c.code == code, people.c.branch == branch))
            connection.execute(people.insert().values(branch=branch, code=code, name=name))
    _sweep(store)


def erase_name(store: Store, code: str, branch: str | None = None) -> bool:
    """Remove the name of a code for good, in one branch or everywhere; return whether there was one."""
    if any(_code_problems(code)):
        return False
    from ledger.store.sql.tables import people

    where = [people.c.code == code] + ([] if branch is None else [people.c.branch == branch])
    with _erasing(store) as connection:
        erased = connection.execute(people.delete().where(*where)).rowcount > 0
    _sweep(store)
    return erased


def all_names(store: Store, of: str | None = None) -> Names:
    """Return all names, by branch and code; where a branch is named, only those that hold in it."""
    mark = "?" if is_sqlite(store.address) else "%s"
    where, values = ("", ()) if of is None else (f" WHERE branch IN ({mark}, {mark})", (of, ANY_BRANCH))
    every = f"SELECT branch, code, name FROM people{where}"  # noqa: S608 -- nothing but the mark is put in
    rows: Sequence[Any] = store.fetch(every, values)
    return Names({(branch, code): name for branch, code, name in rows})


def names(store: Store, branch: str | None = None) -> dict[str, str]:
    """Return the names by code that hold in a branch; without one, of codes that bear one name everywhere."""
    known = all_names(store, branch)
    return known.everywhere() if branch is None else known.in_branch(branch)


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
    elif is_personal(code):
        yield Problem(PERSONAL, "code", masked(code))


def name_problems(name: str) -> Iterator[Problem]:
    """Yield what keeps a text from being a name."""
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
    elif (number := number_in(name)) is not None:
        yield Problem(_NUMBER_IN_NAME, "name", masked(number))
