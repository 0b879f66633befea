"""Lines of a log, given back by branch.

In: lines in the order of the log. Out: the lines of any branch. Deliberately absent: compressing them.

What does not fit into memory is put down beside the segments, or in the machine's temporary folder where the
segments lie elsewhere: the lines of a branch together, so that nothing has to be taken apart again.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from ledger.segments.parts import Run
from ledger.segments.places import UNFINISHED, Folder, Place

_IN_MEMORY = 96 << 20


class Sorter:
    """Takes lines, each of a branch; gives the lines of each branch back. To be used in a `with`."""

    def __init__(self, place: Place, in_memory: int = _IN_MEMORY) -> None:
        beside = place.path if isinstance(place, Folder) else None
        self._spool = tempfile.TemporaryFile(prefix=UNFINISHED, dir=beside)  # noqa: SIM115 - closed on exit
        # One buffer a branch: a line by itself takes much more room than its bytes.
        self._lines: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._put_down: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._size = 0
        self._end = 0
        self._most = in_memory

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def put_all(self, lines: Iterable[tuple[str, bytes]]) -> None:
        """Add lines, each with its branch."""
        kept, size = self._lines, self._size
        for branch, line in lines:
            kept[branch] += line
            size += len(line)
        self._size = size
        if self._size > self._most:
            self._flush()

    def branches(self) -> list[str]:
        """Return the branches of which there are lines, in order of code."""
        return sorted(self._lines.keys() | self._put_down.keys())

    def run(self, branch: str) -> Run:
        """Return the lines of a branch, in the order in which they came; they are forgotten then."""
        pieces: list[bytes | bytearray] = []
        for start, length in self._put_down.pop(branch, ()):
            self._spool.seek(start)
            pieces.append(self._spool.read(length))
        lines = b"".join([*pieces, self._lines.pop(branch, b"")])
        return Run(branch, lines.count(b"\n"), lines)

    def _flush(self) -> None:
        self._spool.seek(self._end)
        for branch, lines in self._lines.items():
            length = self._spool.write(lines)
            self._put_down[branch].append((self._end, length))
            self._end += length
        self._lines.clear()
        self._size = 0
