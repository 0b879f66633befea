"""What the engine reads: a prefix of a log, branch by branch.

Whatever can give the rows of branches is a log: a store, rows at hand, a folder of segments. Deliberately
absent: SQL, files, decoding.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

Row = tuple[int, str, str, int, str, str | None, str]
"""position, id, type, schema_version, occurred_on, counts_for, data (the payload as JSON text), as stored."""


class Log(Protocol):
    """A log that can be read branch by branch."""

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield the branches that have any such rows, in order of code, each with its rows in order of
        position.

        `upto` is the last position of the prefix; `branches` (all where left out) and `types` narrow what is
        read. All of one call is of one snapshot.
        """
        ...
