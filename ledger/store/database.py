"""Connections to one ledger's database, whichever it is: kept at hand, in transactions, survived by a fork.

In: the address of a ledger. Out: the driver's own connections, and SQLAlchemy's in a transaction for the
tables beside the log. Deliberately absent: the log (event_store), and how a connection is opened
(connections).
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ledger.errors import LedgerUnavailable
from ledger.store.codec import Row
from ledger.store.sql.connections import FileAddress, connector, make_engine
from ledger.store.sql.database_faults import GONE_AT_COMMIT, in_our_words, is_gone
from ledger.store.sql.statements import PATIENCE, POSTGRESQL, SQLITE

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import URL, Connection, Engine


class Database:
    """One ledger's database; may be shared between threads, and survives a fork."""

    def __init__(self, address: "FileAddress | URL") -> None:
        self.address = address
        self._engine: Engine | None = None
        # A file does not hang up as a server does: its connections are kept at hand, past the pool's checks.
        self._connect: Callable[[], sqlite3.Connection] | None = None
        self.in_file = isinstance(address, FileAddress)
        if isinstance(address, FileAddress):
            self.url, self.statements = str(address), SQLITE
            self._connect = connector(address)
        else:
            # As people write it: which driver is used is our own affair.
            plain = address.set(drivername=address.get_backend_name())
            self.url, self.statements = plain.render_as_string(hide_password=False), POSTGRESQL
            self._engine = make_engine(address)
        self._idle: list[sqlite3.Connection] = []
        self._left_to_parent: list[sqlite3.Connection] = []
        self._process = os.getpid()

    @property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine of this ledger, for the tables beside the log."""
        if self._engine is None:
            self._engine = make_engine(self.address)
        return self._engine

    @contextmanager
    def transaction(self) -> "Iterator[Connection]":
        """Give an SQLAlchemy connection in a transaction, for the tables beside the log."""
        self._after_fork()
        with in_our_words(self.url), self.engine.connect() as connection:
            if self.in_file:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql(PATIENCE)
            yield connection
            try:
                connection.commit()
            except Exception as error:
                if is_gone(error):
                    raise LedgerUnavailable(self.url, GONE_AT_COMMIT) from error
                raise

    def connection(self) -> "Lent":
        """Give the driver's own connection (sqlite3 or psycopg), idle, in a `with`; roll back whatever is
        left open.
        """
        return Lent(self)

    def autocommitting(self) -> "Lent":
        """Give the same where each statement is a transaction of its own, or begins one in so many words.

        To a server that is one way there and back instead of three, and it keeps what it has planned.
        """
        return Lent(self, autocommit=not self.in_file)

    def lend(self) -> Any:
        """Take an idle connection to a file, or open one."""
        self._after_fork()
        try:
            return self._idle.pop()
        except IndexError:
            with in_our_words(self.url):
                return self._connect() if self._connect is not None else self.engine.raw_connection()

    def take_back(self, lent: Any) -> None:
        """Keep a connection at hand, or give it back to the pool, with nothing left open."""
        if self._connect is not None:
            if lent.in_transaction:
                lent.rollback()
            self._idle.append(lent)
            return
        if getattr(lent.driver_connection, "closed", False):
            # There is nothing to roll back, and the pool would complain of it on the terminal.
            lent.invalidate()
        lent.close()

    def dispose(self) -> None:
        """Close every connection; what is used afterwards opens new ones."""
        self.release()
        if self._engine is not None:
            self._engine.dispose()

    def release(self) -> None:
        """Close the connections to a file that are not in use."""
        while True:
            try:
                self._idle.pop().close()
            except IndexError:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.dispose()

    def fetch(self, statement: str, values: Sequence[object]) -> list[Row]:
        """Run one query and return all its rows."""
        with self.autocommitting() as connection, in_our_words(self.url):
            rows: list[Row] = connection.execute(statement, values).fetchall()
            return rows

    def _after_fork(self) -> None:
        """Leave a parent's connections to the parent: neither driver survives being used by two processes."""
        if os.getpid() != self._process:
            self._left_to_parent += self._idle
            self._idle.clear()
            if self._engine is not None:
                self._engine.dispose(close=False)
            self._process = os.getpid()


class Lent:
    """A connection, in a `with`; a generator would cost a single append too much."""

    __slots__ = ("_autocommit", "_database", "_lent")

    def __init__(self, database: Database, *, autocommit: bool = False) -> None:
        self._database = database
        self._autocommit = autocommit

    def __enter__(self) -> Any:
        lent = self._lent = self._database.lend()
        if self._database.in_file:
            return lent
        if self._autocommit:
            # Until it is given back to the pool.
            lent.driver_connection.autocommit = True
        return lent.driver_connection

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.take_back(self._lent)
