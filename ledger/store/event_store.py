"""One ledger: open, read, append, head, verify.

In: the address of a ledger that `setup.init` made. Out: its events in order of position, and an `Appender`
inside the one lock. Deliberately absent: making and migrating tables (setup), whether an event makes sense
(checks, intake), names of people (people).

An address is SQLite's (`sqlite:///file`) or PostgreSQL's (`postgresql://…`); nobody above this module need
know which. What a database complains about leaves here as a `LedgerError`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from ledger.errors import CommitUnknown, LedgerMissing, LedgerOutdated
from ledger.store.append import Appender, Remembered
from ledger.store.codec import GENESIS, Head, Recorded, Row, instant_text
from ledger.store.database import Database
from ledger.store.read import (
    BranchRow,
    Stand,
    all_rows,
    branch_rows,
    held,
    is_storable,
    last_of_types,
    read,
    rows_of_types,
    stand,
)
from ledger.store.sql.connections import parse_address
from ledger.store.sql.database_faults import in_our_words, is_gone
from ledger.store.sql.statements import REVISION

if TYPE_CHECKING:
    from ledger.store.verify import Progress, Verified


_LARGEST_POSITION = 1 << 63
# From so many events on they are given memory for the indexes.
_MANY = 20_000
_AS_USUAL = nullcontext()


class Store(Database):
    """One ledger; may be shared between threads, and survives a fork."""

    _remembered: Remembered | None = None

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the ledger at `url`.

        Raises LedgerMissing where there is none, LedgerOutdated where its tables are another version's,
        LedgerUnavailable where the database refuses or does not answer.
        """
        store = cls(parse_address(url))
        try:
            found: Sequence[Any] = store.fetch(store.statements.revision, ())
        except BaseException:
            store.dispose()
            raise
        revision = found[0][0] if found else None
        if revision != REVISION:
            store.dispose()
            if revision is None:
                raise LedgerMissing(url)
            raise LedgerOutdated(url, found=str(revision), expected=REVISION)
        return store

    def head(self) -> Head:
        """Return the last event's position and hash; Head(0, GENESIS) when there is none."""
        rows: Sequence[Any] = self.fetch(self.statements.head, ())
        return Head(rows[0][0], rows[0][1]) if rows else Head(0, GENESIS)

    def read(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        branch: str | None = None,
        types: Collection[str] | None = None,
    ) -> Iterator[Recorded]:
        """Read events in order of position: those after `after`, up to and with `upto` (the head at the call
        by default), of one branch, of some types (both given: of the branch and of the types).

        Read in pages, none of which holds a lock or a connection while its events are used.
        """
        if upto is None:
            upto = self.head().position
        elif branch is None and types is None:
            # Every position is looked for, and beyond the head there is none.
            upto = min(upto, self.head().position)
        return read(self.fetch, self.statements, after=after, upto=upto, branch=branch, types=types)

    def rows(self, *, after: int, upto: int) -> Iterator[Row]:
        """Read the plain rows with `after` < position ≤ `upto`, which must be in the log, as `read` does."""
        return all_rows(self.fetch, self.statements, after, upto)

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[BranchRow]]]:
        """Yield the branches that have such rows, in order of code, each with its rows in order of position.

        `upto` is the last position of the prefix; `branches` (all where left out) and `types` narrow what is
        read. A branch is read when it is asked for.
        """
        return branch_rows(self.fetch, self.statements, upto=upto, branches=branches, types=types)

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[tuple[str, Sequence[BranchRow]]]:
        """Yield the same of types that are rare, found by their index instead of walking every branch."""
        return rows_of_types(self.fetch, self.statements, upto=upto, types=types)

    def opener(self) -> "Callable[[], Store]":
        """Return what opens the same ledger in another process."""
        return partial(Store.open, self.url)

    def find(self, event_id: str) -> Recorded | None:
        """Return the event with that id, None where there is none."""
        if not is_storable(event_id):
            return None
        rows = self.fetch(self.statements.find, (event_id,))
        return Recorded(*rows[0]) if rows else None

    def at(self, position: int) -> Recorded | None:
        """Return the event of a position, None where there is none."""
        if not 0 < position < _LARGEST_POSITION:
            return None
        rows = self.fetch(self.statements.at, (position,))
        return Recorded(*rows[0]) if rows else None

    def last(self, branch: str, most: int) -> list[Recorded]:
        """Return the last events of a branch, at most so many, in order of position."""
        rows = self.fetch(self.statements.last_of_branch, (branch, most))
        return [Recorded(*row) for row in reversed(rows)]

    def beginning_with(self, prefix: str, most: int = 10) -> list[Recorded]:
        """Return the events whose ids begin with a text of hexadecimal digits and dashes, at most so many."""
        # g comes after every digit and dash that an id has.
        rows = self.fetch(self.statements.beginning_with, (prefix, f"{prefix}g", most))
        return [Recorded(*row) for row in rows]

    def held(self, ids: Iterable[str]) -> set[str]:
        """Return those of the ids that are in the log; any number of them may be asked for."""
        return held(self.fetch, self.statements, ids)

    def position_at(self, instant: datetime) -> int:
        """Return the position of the last event recorded at or before `instant`, 0 where there is none."""
        rows = self.fetch(self.statements.position_at, (instant_text(instant),))
        return rows[0][0] if rows else 0

    def last_of(self, types: Collection[str], *, upto: int) -> int:
        """Return the position of the last event of some types in a prefix, 0 where there is none."""
        return last_of_types(self.fetch, self.statements, upto=upto, types=types)

    def stand(self, types: Collection[str]) -> Stand:
        """Tell where the log stands, up to which event it told something of some types, and in which time
        zone its days are: at one moment, by one question."""
        return stand(self.fetch, self.statements, types=types)

    def verify(self, against: Head | None = None, progress: "Progress | None" = None) -> "Verified":
        """Recompute the chain of the whole log, and see that an SQLite file's indexes agree with it.

        `against` is an older head: the log must still extend it. `progress` is told now and then up to
        which position it holds. Raises BrokenChain at the first position that does not hold.
        """
        from ledger.store.verify import verify, verify_file

        with self.connection() as connection, in_our_words(self.url):
            if not self.in_file:
                return verify(connection, self.statements, against, progress)
            with self.connection() as other:
                return verify_file(connection, other, self.statements, against, progress)

    @contextmanager
    def trying(self, now: datetime) -> Iterator[Appender]:
        """Give an appender that writes nothing, and takes no lock."""
        from ledger.store.append import Trial

        with self.connection() as connection, in_our_words(self.url):
            last = connection.execute(self.statements.head).fetchone()
            yield Trial(connection, self.statements, self.url, now, last)

    @contextmanager
    def appending(self, now: datetime, *, lines: int = 0) -> Iterator[Appender]:
        """Take the one lock, for appending; commit at the end, roll back where an exception leaves.

        `lines` says how many events may come; very many are given memory for the indexes.

        LedgerUnavailable where another program holds the lock for more than 30 seconds, or the database
        breaks off: nothing was recorded then. Where the confirmation of the commit was lost, what happened
        is looked up; CommitUnknown where that cannot be done.
        """
        with (
            self.autocommitting() as connection,
            _room(connection, self.statements.room) if lines > _MANY else _AS_USUAL,
            in_our_words(self.url),
        ):
            last = self._lock(connection)
            # Whoever holds the lock takes it, and gives it back only once what was appended is there.
            remembered, self._remembered = self._remembered, None
            appender = Appender(connection, self.statements, self.url, now, last, remembered)
            yield appender
            if appender.failed:
                raise RuntimeError("an append failed and was passed over: nothing is recorded")
            try:
                connection.commit()
            except Exception as error:
                if not (is_gone(error) and appender.recorded and self._is_recorded(appender)):
                    raise
            self._remembered = appender.remembered

    def _lock(self, connection: Any) -> Any:
        """Begin the transaction that holds the one lock; return the position, hash, instant of the head."""
        told = connection.execute(self.statements.lock)
        if self.in_file:
            return connection.execute(self.statements.head).fetchone()
        while told.nextset():
            pass
        return told.fetchone()

    def _is_recorded(self, appender: Appender) -> bool:
        """Tell whether what an appender recorded is in the log, though no answer came to its commit.

        Asked on a new connection, inside the lock: the server gives it once the old connection's
        transaction has ended, one way or the other. Raises CommitUnknown where nobody can be asked.
        """
        self.dispose()
        try:
            with self.autocommitting() as connection:
                self._lock(connection)
                rows: list[Row] = connection.execute(
                    self.statements.find, (appender.recorded[-1],)
                ).fetchall()
        except Exception as error:
            raise CommitUnknown(self.url, appender.recorded) from error
        return bool(rows) and rows[0][12] == appender.head.hash

    def setting(self, key: str) -> str | None:
        """Return a setting of the ledger, None where it is not set."""
        rows: Sequence[Any] = self.fetch(self.statements.setting, (key,))
        return rows[0][0] if rows else None

    def set_setting(self, key: str, value: str) -> None:
        """Set a setting of the ledger; settings are no part of the log."""
        with self.connection() as connection, in_our_words(self.url):
            connection.execute(self.statements.set_setting, (key, value))
            connection.commit()


@contextmanager
def _room(connection: Any, pragma: str) -> Iterator[None]:
    """Give a connection to a file more memory for a while."""
    if not pragma:
        yield
        return
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(pragma)
    try:
        yield
    finally:
        # Not worth an error of its own, where there is one already.
        with suppress(connection.Error):
            connection.execute(f"PRAGMA cache_size = {usual}")
