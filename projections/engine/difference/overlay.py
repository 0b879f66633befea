"""A log with events on top that are not in it, or come after the prefix.

In: a log, a branch, rows. Out: a log. Deliberately absent: whether the log would take them.
"""

from collections.abc import Collection, Iterator, Sequence

from projections.engine.logs import Log, Row


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
