"""Appending, inside the one lock.

In: drafts (text, canonical already), or the rows of a full export. Out: rows in the log with position,
version, instant and hash. Deliberately absent: whether an event makes sense (checks, intake), and the clock.

One writer at a time: positions and versions are counted on from the last committed row, so they have no gaps,
and a reader that follows the positions can miss nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

from ledger.errors import IdTaken, LedgerNotEmpty, VersionConflict
from ledger.store.chain import Chain
from ledger.store.codec import (
    GENESIS,
    Draft,
    Head,
    Recorded,
    Row,
    canonical_bytes,
    instant_text,
    parse_instant,
)
from ledger.store.read import PAGE, held, many, read
from ledger.store.sql.statements import Beside, Statements

# From so many rows on a COPY is quicker than single inserts.
_COPY_FROM = 20
_REMEMBERED = 100


class Remembered(NamedTuple):
    """What a store knows of the log while its head is still this one: versions of some streams."""

    head: Head
    versions: dict[str, int]


class Appender:
    """What may be done while holding the lock; made by `Store.appending` only.

    `head` is the last event, those appended here included. `recorded_at` is the instant that the events
    appended here bear: now, or the last event's where the clock was set back.
    """

    def __init__(
        self,
        connection: Any,
        statements: Statements,
        url: str,
        now: datetime,
        last: Any,
        remembered: Remembered | None = None,
    ) -> None:
        self._connection = connection
        self.statements = statements
        self._url = url
        self.failed = False
        self.recorded: list[str] = []
        self._instant = instant_text(now)
        if last is None:
            self.head = Head(0, GENESIS)
        else:
            self.head = Head(last[0], last[1])
            self._instant = max(self._instant, last[2])
        self._last_instant = last[2] if last is not None else ""
        self._versions = remembered.versions if remembered and remembered.head == self.head else {}

    @property
    def remembered(self) -> Remembered | None:
        """What may be handed to the next appender once this one's events are committed."""
        return Remembered(self.head, self._versions) if len(self._versions) <= _REMEMBERED else None

    @property
    def recorded_at(self) -> datetime:
        """The instant that the events appended here bear, never before the last one's."""
        return parse_instant(self._instant)

    def begin_instant(self) -> None:
        """Let what is appended here bear an instant that nothing before it bears: one import, one instant."""
        if self._instant <= self._last_instant:
            later = parse_instant(self._last_instant) + timedelta(microseconds=1)
            self._instant = instant_text(later)

    def read(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        branch: str | None = None,
        types: Collection[str] | None = None,
    ) -> Iterator[Recorded]:
        """Read as `Store.read` does, with what was appended here."""
        end = self.head.position if upto is None else min(upto, self.head.position)
        return read(self._fetch, self.statements, after=after, upto=end, branch=branch, types=types)

    def stored(self, ids: Collection[str]) -> dict[str, Recorded]:
        """Return those of the ids that are in the log already, with their events."""
        found: dict[str, Recorded] = {}
        wanted = iter(ids)
        while chunk := list(islice(wanted, PAGE)):
            for row in self._fetch(self.statements.stored, many(self.statements, chunk)):
                found[row[1]] = Recorded(*row)
        return found

    def held(self, ids: Iterable[str]) -> set[str]:
        """Return those of the ids that are in the log already."""
        return held(self._fetch, self.statements, ids)

    def versions(self, branches: Iterable[str]) -> dict[str, int]:
        """Return the version of each stream: the number of its events, 0 for one that has none."""
        asked = dict.fromkeys(branches)
        self._learn(asked)
        return {branch: self._versions[branch] for branch in asked}

    def append(self, drafts: Sequence[Draft], *, expected: Mapping[str, int] | None = None) -> list[Recorded]:
        """Append the drafts in their order and return them as stored.

        `expected` names the versions that streams must be at, else VersionConflict; 0 for a new one. IdTaken
        where an id is in the log already: nothing at all is written then.
        """
        self._learn({draft.branch for draft in drafts})
        if expected:
            for branch, version in self.versions(expected).items():
                if version != expected[branch]:
                    raise VersionConflict(branch, found=version, expected=expected[branch])
        if not drafts:
            return []
        versions, instant = self._versions, self._instant
        position, last = self.head
        rows: list[Recorded] = []
        for event_id, branch, word, schema, occurred_on, counts_for, data, recorded_by in drafts:
            position += 1
            version = versions[branch] = versions[branch] + 1
            unhashed = (
                position,
                event_id,
                branch,
                version,
                word,
                schema,
                occurred_on,
                counts_for,
                data,
                recorded_by,
                instant,
                last,
            )
            last = "sha256:" + sha256(canonical_bytes(*unhashed)).hexdigest()
            rows.append(Recorded(*unhashed, last))
        self._insert(rows)
        self.head = Head(position, last)
        self.recorded = [*self.recorded, *(row.id for row in rows[-_REMEMBERED:])][-_REMEMBERED:]
        return rows

    def write_beside(self, table: Beside, rows: Sequence[Sequence[object]]) -> None:
        """Write rows of a table beside the log in the same transaction."""
        was_failed, self.failed = self.failed, True
        if not table.copy:
            self._connection.executemany(table.insert, rows)
        elif len(rows) >= _COPY_FROM:
            self._copy(table.copy, rows)
        else:
            for row in rows:
                self._connection.execute(table.insert, row)
        self.failed = was_failed

    def restore(self, rows: Iterable[Recorded]) -> Head:
        """Take over a full log with its positions, instants and hashes as they were; return its head.

        The chain is verified before anything of it is kept: BrokenChain at the first position that does not
        hold. LedgerNotEmpty where the log holds an event already.
        """
        if self.head.position:
            raise LedgerNotEmpty(self._url, self.head.position)
        chain, last = Chain(), ""
        following = iter(rows)
        self.failed = True
        while chunk := list(islice(following, PAGE)):
            chain.follow_all(chunk)
            last = chunk[-1].id
            self._insert(chunk)
        self.failed = False
        self.head = chain.head
        self.recorded = [last] if last else []
        self._instant = max(self._instant, chain.recorded_at)
        self._versions = dict(chain.versions)
        return self.head

    def _fetch(self, statement: str, values: Sequence[object]) -> list[Row]:
        rows: list[Row] = self._connection.execute(statement, values).fetchall()
        return rows

    def _learn(self, branches: Collection[str]) -> None:
        """Look up the versions that are not known here yet."""
        new = [branch for branch in branches if branch not in self._versions]
        if len(new) == 1:
            (version,) = self._connection.execute(self.statements.version, new).fetchone()
            self._versions[new[0]] = version or 0
            return
        for start in range(0, len(new), PAGE):
            chunk = many(self.statements, new[start : start + PAGE])
            for branch, version in self._connection.execute(self.statements.versions, chunk):
                self._versions[branch] = version or 0

    def _insert(self, rows: Sequence[Row]) -> None:
        """Write rows; after a failure the whole transaction is lost, whoever catches what was raised."""
        was_failed, self.failed = self.failed, True
        statements, connection = self.statements, self._connection
        try:
            if len(rows) == 1:
                written = connection.execute(statements.insert, rows[0]).rowcount
            elif not statements.copy:
                # Plain tuples: sqlite3 binds anything else a tenth slower.
                written = connection.executemany(statements.insert, map(tuple, rows)).rowcount
            elif len(rows) < _COPY_FROM:
                # Never psycopg's executemany: it is a pipeline, which hangs after statements of megabytes.
                written = sum(connection.execute(statements.insert, row).rowcount for row in rows)
            else:
                written = self._copy(statements.copy, rows)
        except Exception as error:
            # The error class differs by driver; both call it by PEP 249's name.
            if "IntegrityError" in {kind.__name__ for kind in type(error).__mro__}:
                self._raise_taken(rows, error)
            raise
        if written != len(rows):
            raise RuntimeError(f"{len(rows)} rows were to be written, the database says {written}")
        self.failed = was_failed

    def _copy(self, statement: str, rows: Iterable[Sequence[object]]) -> int:
        with self._connection.cursor() as cursor:
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            count: int = cursor.rowcount
            return count

    def _raise_taken(self, rows: Sequence[Row], error: Exception) -> None:
        """Say which id was there already, if that was it."""
        seen: set[str] = set()
        for row in rows:
            if row[1] in seen:
                raise IdTaken(row[1]) from error
            seen.add(row[1])
        self._connection.rollback()
        if taken := self.stored(seen):
            raise IdTaken(next(row[1] for row in rows if row[1] in taken)) from error


class Trial(Appender):
    """Goes through all of appending but the writing: for saying beforehand what would come of it.

    What it would have written is kept here and read as if it stood in the log, so that later events of the
    same call may refer to it.
    """

    def __init__(self, connection: Any, statements: Statements, url: str, now: datetime, last: Any) -> None:
        super().__init__(connection, statements, url, now, last)
        self._log_ends = self.head.position
        self._tried: dict[str, Recorded] = {}
        self._of_branch: defaultdict[str, list[Recorded]] = defaultdict(list)

    def read(
        self,
        *,
        after: int = 0,
        upto: int | None = None,
        branch: str | None = None,
        types: Collection[str] | None = None,
    ) -> Iterator[Recorded]:
        """Read the log, and behind it what would have been appended here."""
        end = self._log_ends if upto is None else min(upto, self._log_ends)
        yield from super().read(after=after, upto=end, branch=branch, types=types)
        for one in self._tried.values() if branch is None else self._of_branch.get(branch, ()):
            within = one.position > after and (upto is None or one.position <= upto)
            if within and (types is None or one.type in types):
                yield one

    def stored(self, ids: Collection[str]) -> dict[str, Recorded]:
        """Return those of the ids that are in the log, or would be."""
        tried = {name: self._tried[name] for name in ids if name in self._tried}
        return {**super().stored([name for name in ids if name not in tried]), **tried}

    def held(self, ids: Iterable[str]) -> set[str]:
        """Return those of the ids that are in the log, or would be."""
        asked = set(ids)
        tried = asked & self._tried.keys()
        return tried | super().held(asked - tried)

    def _insert(self, rows: Sequence[Row]) -> None:
        """Write nothing; keep what would be there."""
        for row in rows:
            one = row if isinstance(row, Recorded) else Recorded(*row)
            self._tried[one.id] = one
            self._of_branch[one.branch].append(one)
