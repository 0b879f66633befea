"""Reading the log in keyset pages.

In: a way to fetch rows, and what is asked for. Out: `Recorded` events in order of position. Deliberately
absent: connections and transactions (database, append).

Every page of whole streams is checked: no position of the log and no version of a branch is missing, so that
a log with a hole is refused and never taken for a shorter one.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import orjson

from ledger.errors import BrokenChain
from ledger.store.chain import broken, gap
from ledger.store.codec import Recorded, Row
from ledger.store.sql.statements import SQLITE, Statements

PAGE = 5_000
# Of the whole log so few rows at a time that they stay in the processor's cache.
_OF_ALL = 1_000

# Runs one statement and fetches all its rows.
Fetch = Callable[[str, Sequence[object]], list[Row]]


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
            raise _hole(branch, version, rows)
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


def _hole(branch: str, version: int, rows: list[Row]) -> BrokenChain:
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
