"""One copy of SQLite at a time on a ledger's file.

In: every connection that this process opens to a ledger on SQLite. Out: for whoever wants to read the file
with another copy of SQLite (ADBC's wheel brings one), the word whether it has the file alone for a moment.
Deliberately absent: other processes; SQLite's own locks see to them.

A process has one set of locks on a file, whichever library took them, and loses all of them when any of its
descriptors of that file is closed. With two copies of SQLite on one file in one process, a reader's closing
takes the writer's locks away, another program then deletes the write-ahead log that the writer goes on
writing to, and committed events are lost: "Multiple copies of SQLite linked into the same application" in
https://www.sqlite.org/howtocorrupt.html; tests/ledger/store/test_columns.py holds us to it. For the same
reason no connection may be carried over a fork.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Holder(Protocol):
    """Who keeps idle connections to the file at hand."""

    def release(self) -> None:
        """Close those that are not in use."""


class Gate:
    """The gate of one file, for all threads of this process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: weakref.WeakSet[GatedConnection] = weakref.WeakSet()
        self._holders: weakref.WeakSet[Holder] = weakref.WeakSet()
        self._others = 0

    def join(self, holder: Holder) -> None:
        """Let `holder` be asked for its idle connections."""
        self._holders.add(holder)

    def open(self, make: Callable[[], "GatedConnection"]) -> "GatedConnection":
        """Open a connection as soon as no other copy of SQLite has the file."""
        with self._changed:
            while self._others:
                self._changed.wait()
            connection = make()
            connection.gate = self
            self._open.add(connection)
            return connection

    def closed(self, connection: "GatedConnection") -> None:
        """Take note that a connection was closed."""
        with self._changed:
            self._open.discard(connection)

    def release(self) -> None:
        """Close the connections that are not in use."""
        for holder in list(self._holders):
            holder.release()

    def forget(self) -> None:
        """Begin anew in a child process, whose parent's threads are not there to let go of anything."""
        self._changed = threading.Condition()
        self._open = weakref.WeakSet()
        self._others = 0

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Tell whether another copy of SQLite may open the file within the block: not while a connection of
        this process is in use. Connections that are asked for meanwhile wait for the block's end.
        """
        self.release()
        with self._changed:
            granted = not self._open
            self._others += granted
        try:
            yield granted
        finally:
            with self._changed:
                self._others -= granted
                self._changed.notify_all()


class GatedConnection(sqlite3.Connection):
    """A connection that its gate knows of."""

    gate: Gate | None = None

    def close(self) -> None:
        """Close the connection, and say so to the gate."""
        super().close()
        if self.gate is not None:
            self.gate.closed(self)


class Gates:
    """The gates of a process, one a file however the file is called."""

    def __init__(self) -> None:
        self._finding = threading.Lock()
        self._by_path: weakref.WeakValueDictionary[str, Gate] = weakref.WeakValueDictionary()

    def of(self, path: Path) -> Gate:
        """Return the gate of a file."""
        with self._finding:
            return self._by_path.setdefault(os.path.realpath(path), Gate())

    def before_fork(self) -> None:
        """Close what is not in use."""
        for gate in list(self._by_path.values()):
            gate.release()

    def after_fork(self) -> None:
        """Begin anew in the child."""
        self._finding = threading.Lock()
        for gate in list(self._by_path.values()):
            gate.forget()


# Locks belong to the process, so its gates do, too.
_gates = Gates()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_gates.before_fork, after_in_child=_gates.after_fork)


def gate_of(path: Path) -> Gate:
    """Return the gate of a file."""
    return _gates.of(path)
