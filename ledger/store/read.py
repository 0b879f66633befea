"""Reading the log: in keyset pages, and branch by branch for those who fold it.

In: a way to fetch rows, a prefix, what is asked for. Out: `Recorded` events in order of position; or the
rows of each branch in that order, the branches in order of code. Deliberately absent: connections and
transactions (database, append), corrections (effective), what the rows mean.

Every page of whole streams is checked: no position of the log and no version of a branch is missing, so that
a log with a hole is refused and never taken for a shorter one. Rows to be folded are plain tuples of seven
columns, for an object a row would cost as much as all that is done with it. The log is append only and every
question ends at the same position: what several of them answer is of one snapshot.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from ledger.errors import BrokenChain
from ledger.store.chain import broken, gap
from ledger.store.codec import Recorded, Row
from ledger.store.sql.statements import SQLITE, Statements

# ruff: noqa: S608 -- nothing but the fixed texts of this module is put together here.

PAGE = 5_000
# Of the whole log so few rows at a time that they stay in the processor's cache.
_OF_ALL = 1_000

BranchRow = tuple[int, str, str, int, str, str | None, str]
"""position, id, type, schema_version, occurred_on, counts_for, data."""
_COLUMNS = "position, id, type, schema_version, occurred_on, counts_for, data"
_VERSION = "SELECT version FROM events WHERE position = ?"
_TOGETHER = 200
"""So many branches are asked for at once, where every question travels to a server."""
Fetch = Callable[[str, Sequence[object]], Sequence[Any]]
"""Runs one statement and fetches all its rows."""


class Stand(NamedTuple):
    """Where a log stands: the position of its last event, that of the last of some types (0 where there is
    none), the time zone of its days where one was set."""

    position: int
    last: int
    timezone: str | None


def read(
    fetch: Fetch,
    statements: Statements,
    *,
    after: int,
    upto: int,
    branch: str | None,
    types: Collection[str] | None,
) -> Iterator[Recorded]:
    """Read the events with `after` < position ≤ `upto`, of one branch or all, of some types or all."""
    if branch is not None and types is not None:
        found = _branch_rows_of_types(fetch, statements, branch, types, after, upto)
        return (Recorded(*row) for row in found)
    if branch is not None:
        return (Recorded(*row) for row in _branch_rows(fetch, statements, branch, after, upto))
    if types is not None:
        # The index holds each type in order of position: read side by side, never sorted.
        streams = [_type_rows(fetch, statements, word, after, upto) for word in sorted(set(types))]
        return (Recorded(*row) for row in heapq.merge(*streams))
    return (Recorded(*row) for row in all_rows(fetch, statements, after, upto))


def all_rows(fetch: Fetch, statements: Statements, after: int, upto: int) -> Iterator[Row]:
    """Read every row of the span; raises BrokenChain at the first position that is missing."""
    while after < upto:
        rows = fetch(statements.page, (after, upto, _OF_ALL))
        expected = min(_OF_ALL, upto - after)
        if len(rows) != expected or rows[-1][0] != after + expected:
            held = {row[0] for row in rows}
            raise gap(next(p for p in range(after + 1, upto + 1) if p not in held))
        yield from rows
        after += expected


def _branch_rows(fetch: Fetch, statements: Statements, branch: str, after: int, upto: int) -> Iterator[Row]:
    version = 0
    while True:
        rows = fetch(statements.page_of_branch, (branch, version, after, upto, PAGE))
        if not rows:
            return
        if not version:
            # Where the reading begins later, so do the versions.
            version = 0 if after <= 0 else rows[0][3] - 1
        if rows[-1][3] != version + len(rows):
            raise _version_missing(branch, version, rows)
        yield from rows
        if len(rows) < PAGE:
            return
        version = rows[-1][3]


def _branch_rows_of_types(
    fetch: Fetch, statements: Statements, branch: str, types: Collection[str], after: int, upto: int
) -> Iterator[Row]:
    version, [wanted] = 0, many(statements, sorted(set(types)))
    while True:
        rows = fetch(statements.page_of_branch_types, (branch, wanted, version, after, upto, PAGE))
        yield from rows
        if len(rows) < PAGE:
            return
        version = rows[-1][3]


def _version_missing(branch: str, version: int, rows: Sequence[Row]) -> BrokenChain:
    expected, row = next(pair for pair in enumerate(rows, start=version + 1) if pair[0] != pair[1][3])
    return broken(
        row[0],
        f"支部“{branch}”的第 {expected} 条记录缺失",
        f'version {expected} of stream "{branch}" is missing before it',
    )


def _type_rows(fetch: Fetch, statements: Statements, word: str, after: int, upto: int) -> Iterator[Row]:
    while True:
        rows = fetch(statements.page_of_type, (word, after, upto, PAGE))
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1][0]


def held(fetch: Fetch, statements: Statements, ids: Iterable[str]) -> set[str]:
    """Return those of the ids that are in the log; only the index of ids is looked at."""
    found: set[str] = set()
    wanted = (name for name in ids if is_storable(name))
    while chunk := list(islice(wanted, PAGE)):
        rows: Sequence[Sequence[Any]] = fetch(statements.held, many(statements, chunk))
        found.update(row[0] for row in rows)
    return found


def is_storable(text: str) -> bool:
    """Tell a text that a database can hold from one with half characters, bytes that are no UTF-8, or a
    NUL.
    """
    return "\0" not in text and (text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text))


def many(statements: Statements, values: Sequence[str]) -> tuple[object]:
    """Make the one parameter that holds many texts: any number, without a variable for each."""
    return (orjson.dumps(values).decode() if statements is SQLITE else list(values),)


def branch_rows(
    fetch: Fetch,
    statements: Statements,
    *,
    upto: int,
    branches: Collection[str] | None,
    types: Collection[str] | None,
) -> Iterator[tuple[str, Sequence[BranchRow]]]:
    """Yield the branches that have such rows with their rows; a branch is read when it is asked for.

    Raises BrokenChain where whole branches are read and one has a hole.
    """
    if types is not None and not types:
        return
    mark = _mark(statements)
    of_types = "" if types is None else f" AND type IN ({', '.join([mark] * len(types))})"
    words = () if types is None else tuple(sorted(types))
    codes = _codes(fetch, mark, upto) if branches is None else sorted(set(branches))
    whole, bounds = types is None, f"{mark}{of_types}"
    if statements is SQLITE:
        found = _one_by_one(fetch, codes, bounds, (upto, *words), whole=whole)
    else:
        found = _together(fetch, codes, bounds, (upto, *words))
    for code, rows, version in found:
        if whole and version != len(rows):
            raise _events_missing(code, rows, version - len(rows))
        if rows:
            yield code, rows


def rows_of_types(
    fetch: Fetch, statements: Statements, *, upto: int, types: Collection[str]
) -> Iterator[tuple[str, Sequence[BranchRow]]]:
    """Yield the same of rare types, found by their index and held at once, instead of walking every
    branch."""
    mark = _mark(statements)
    found: list[Any] = []
    for word in sorted(set(types)):
        select = f"SELECT branch, {_COLUMNS} FROM events WHERE type = {mark} AND position <= {mark}"
        found += fetch(select, (word, upto))
    found.sort(key=itemgetter(0, 1))
    for code, rows in groupby(found, key=itemgetter(0)):
        yield code, [row[1:] for row in rows]


def last_of_types(fetch: Fetch, statements: Statements, *, upto: int, types: Collection[str]) -> int:
    """Return the last position of some types, 0 where there is none: one look into the index for each."""
    mark = _mark(statements)
    values = tuple(value for word in sorted(types) for value in (word, upto))
    [(last,)] = fetch(_last(len(types), f"type = {mark} AND position <= {mark}"), values)
    return last or 0


def stand(fetch: Fetch, statements: Statements, *, types: Collection[str]) -> Stand:
    """Return where the log stands; the questions of one statement are answered of one snapshot."""
    last = _last(len(types), f"type = {_mark(statements)}")
    zone = "SELECT value FROM settings WHERE key = 'timezone'"
    [(position, told, timezone)] = fetch(
        f"SELECT (SELECT max(position) FROM events), ({last}), ({zone})", tuple(sorted(types))
    )
    return Stand(position or 0, told or 0, timezone)


def _mark(statements: Statements) -> str:
    """Return what stands for a parameter."""
    return "?" if statements is SQLITE else "%s"


def _last(types: int, where: str) -> str:
    each = " UNION ALL ".join([f"SELECT max(position) AS last FROM events WHERE {where}"] * types)
    return f"SELECT max(last) FROM ({each}) AS each_type"


def _codes(fetch: Fetch, mark: str, upto: int) -> list[str]:
    select = f"SELECT DISTINCT branch FROM events WHERE type = {mark} AND position <= {mark} ORDER BY branch"
    return [row[0] for row in fetch(select, ("branch_registered", upto))]


# +position has no index: the bound shall not tempt a planner to walk the whole log.


def _one_by_one(
    fetch: Fetch, codes: Iterable[str], bounds: str, values: tuple[object, ...], *, whole: bool
) -> Iterator[tuple[str, Sequence[BranchRow], int]]:
    """Yield each branch with its rows and, where it is read `whole`, the version of the last one."""
    select = f"SELECT {_COLUMNS} FROM events WHERE branch = ? AND +position <= {bounds} ORDER BY version"
    for code in codes:
        rows = fetch(select, (code, *values))
        last = fetch(_VERSION, rows[-1][:1]) if whole and rows else [(0,)]
        yield code, rows, last[0][0]


def _together(
    fetch: Fetch, codes: Sequence[str], bounds: str, values: tuple[object, ...]
) -> Iterator[tuple[str, Sequence[BranchRow], int]]:
    """Yield each branch with its rows and the version of the last one, many branches by one question."""
    select = (
        f"SELECT branch, version, {_COLUMNS} FROM events WHERE branch = ANY(%s) AND +position <= {bounds}"
        " ORDER BY branch, version"
    )
    left = iter(codes)
    while chunk := list(islice(left, _TOGETHER)):
        rows = fetch(select, (chunk, *values))
        found = {code: list(own) for code, own in groupby(rows, key=itemgetter(0))}
        for code in chunk:
            own = found.get(code, [])
            yield code, [row[2:] for row in own], own[-1][1] if own else 0


def _events_missing(code: str, rows: Sequence[BranchRow], missing: int) -> BrokenChain:
    """Say that versions of a branch are missing: a log with a hole is never taken for a shorter one."""
    return broken(
        rows[-1][0],
        f"支部“{code}”在此之前缺失 {missing} 条记录",
        f'{missing} event(s) of stream "{code}" are missing before it',
    )
