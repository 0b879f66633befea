"""Lines of a log, put down by bucket and given back by branch.

In: lines in the order of the log. Out: runs, in order of branch. Deliberately absent: compressing them.

What does not fit into memory lies meanwhile beside the segments, or in the machine's temporary folder where
the segments lie elsewhere.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from ledger.segments.parts import Run, branch_of
from ledger.segments.places import UNFINISHED, Folder, Place

_IN_MEMORY = 96 << 20

Bucket = int | None


class Sorter:
    """Takes lines, each for a bucket; gives each bucket back sorted. To be used in a `with`."""

    def __init__(self, place: Place, in_memory: int = _IN_MEMORY) -> None:
        beside = place.path if isinstance(place, Folder) else None
        self._folder = tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=beside)
        self._lines: dict[Bucket, list[bytes]] = {}
        self._size = 0
        self._most = in_memory
        self._put_down: set[Bucket] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def put(self, bucket: Bucket, line: bytes) -> None:
        """Add a line to a bucket; None is that of the organisations."""
        lines = self._lines.get(bucket)
        if lines is None:
            self._lines[bucket] = [line]
        else:
            lines.append(line)
        self._size += len(line)
        if self._size > self._most:
            self._flush()

    def buckets(self) -> list[Bucket]:
        """Return the buckets that hold anything, the organisations' last."""
        held = self._lines.keys() | self._put_down
        return [*sorted(bucket for bucket in held if bucket is not None), *([None] if None in held else [])]

    def runs(self, bucket: Bucket) -> Iterator[Run]:
        """Yield the lines of a bucket by branch; they are forgotten then."""
        lines = self._lines.pop(bucket, [])
        if bucket in self._put_down:
            path = self._file(bucket)
            lines = path.read_bytes().splitlines(keepends=True) + lines
            path.unlink()
        # They came in the order of the log, so that of each branch they are in order already.
        by_branch: dict[str, list[bytes]] = {}
        for line in lines:
            by_branch.setdefault(branch_of(line), []).append(line)
        del lines
        for branch in sorted(by_branch):
            yield branch, by_branch.pop(branch)

    def _flush(self) -> None:
        for bucket, lines in self._lines.items():
            with self._file(bucket).open("ab") as stream:
                stream.write(b"".join(lines))
        self._put_down.update(self._lines)
        self._lines.clear()
        self._size = 0

    def _file(self, bucket: Bucket) -> Path:
        return Path(self._folder.name) / ("organisations" if bucket is None else str(bucket))
