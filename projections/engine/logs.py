"""What the engine reads: a prefix of a log, branch by branch; and one with events on top that are not in it,
or come after the prefix.

In: whatever can give the rows of branches: a store, rows at hand, a folder of segments. Out: a `Log`.
Deliberately absent: SQL, files, decoding; whether a log would take what is laid on top.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

Row = tuple[int, str, str, int, str, str | None, str]
"""position, id, type, schema_version, occurred_on, counts_for, data (the payload as JSON text), as stored."""

FEW = 50
"""Of so many branches whole streams are read; of more only the rows that somebody looks at."""


class Log(Protocol):
    """A log that can be read branch by branch. Both ways yield the branches that have any such rows, in order
    of code, each with its rows in order of position; `upto` is the last position of the prefix.
    """

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield branch by branch; `branches` (all where left out) and `types` narrow what is read."""
        ...

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield the rows of types that are rare, of all branches: the tree, reports of metrics, control
        events."""
        ...


class RowsAtHand:
    """A log of rows that are at hand, by branch."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = rows

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield branch by branch, as a store does."""
        for code in sorted(self._rows.keys() if branches is None else self._rows.keys() & set(branches)):
            rows = [row for row in self._rows[code] if row[0] <= upto and (types is None or row[2] in types)]
            if rows:
                yield code, rows

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield the rows of some types, as a store does."""
        return self.streams(upto=upto, types=types)


class AskedOnce:
    """A log that is asked each question about a few branches once: for who folds them several times.

    A prefix never changes, so that the answers stay true; they go with whoever asks.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._told: dict[tuple[object, ...], Sequence[tuple[str, Sequence[Row]]]] = {}

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield branch by branch, as the log does; of many branches one is held at a time."""
        if branches is None or len(branches) > FEW:
            return self._log.streams(upto=upto, branches=branches, types=types)
        few = frozenset(branches)
        question = (upto, few, None if types is None else frozenset(types))
        told, whole = self._told.get(question), self._told.get((upto, few, None))
        if told is None and whole is not None:
            told = list(RowsAtHand(dict(whole)).streams(upto=upto, types=types))
        elif told is None:
            told = list(self._log.streams(upto=upto, branches=branches, types=types))
        self._told[question] = told
        return iter(told)

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield the rows of some types, as the log does."""
        return self._log.rare_streams(upto=upto, types=types)


class Overlay:
    """A log as it stands once some rows of one branch are appended, whatever their positions."""

    def __init__(self, log: Log, branch: str, rows: Sequence[Row]) -> None:
        self._log = log
        self._branch = branch
        self._rows = rows

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield branch by branch, as the log does."""
        found = self._log.streams(upto=upto, branches=branches, types=types)
        wanted = branches is None or self._branch in branches
        return self._laid_over(found, types) if wanted else found

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield the rows of some types, as the log does."""
        return self._laid_over(self._log.rare_streams(upto=upto, types=types), types)

    def _laid_over(
        self, found: Iterator[tuple[str, Sequence[Row]]], types: Collection[str] | None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        own = [row for row in self._rows if types is None or row[2] in types]
        for code, rows in found:
            if own and code > self._branch:
                yield self._branch, own
                own = []
            if own and code == self._branch:
                yield code, [*rows, *own]
                own = []
            else:
                yield code, rows
        if own:
            yield self._branch, own
