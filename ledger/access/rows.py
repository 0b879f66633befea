"""Small statements on the tables of this room, on either database.

In: a statement with `?` for each value. Out: rows; or everything of a block written, or nothing. Deliberately
absent: the log.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ledger.store.event_store import Store
from ledger.store.sql.connections import is_sqlite
from ledger.store.sql.database_faults import in_our_words

Run = Callable[[str, Sequence[object]], list[Any]]


def rows(store: Store, statement: str, values: Sequence[object] = ()) -> list[Any]:
    """Return the rows of a question."""
    return store.fetch(_marked(store, statement), values)


@contextmanager
def writing(store: Store) -> Iterator[Run]:
    """Give a function that runs statements in one transaction; it is undone where an exception leaves."""
    with store.connection() as connection, in_our_words(store.url):
        if is_sqlite(store.address):
            connection.execute("BEGIN IMMEDIATE")

        def run(statement: str, values: Sequence[object] = ()) -> list[Any]:
            cursor = connection.execute(_marked(store, statement), values)
            return [] if cursor.description is None else list(cursor.fetchall())

        yield run
        connection.commit()


def _marked(store: Store, statement: str) -> str:
    return statement if is_sqlite(store.address) else statement.replace("?", "%s")
