"""What a simulation keeps on disk between its steps: rows by week, and rows by tree.

In: pieces of rows, tree after tree. Out: files of one run of trees. Deliberately absent: their order among
each other, and hashes (`writing`).

A log lies in the order of recording, segments lie in the order of branches. Rows are therefore put down
twice: by week, from which the hashes are made, and by tree, from which the lines are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from projections.simulation.diary import WEEKS

_BUFFER = 1 << 18
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class SpilledTree:
    """Where the rows of a tree lie in its run's file, and how many it recorded in each week."""

    number: int
    start: int
    length: int
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpilledRun:
    """What one run of trees left: how many rows in each week, and its trees."""

    run: int
    weeks: tuple[int, ...]
    trees: tuple[SpilledTree, ...]


class WeekFiles:
    """Writes what belongs to each week into a file of its own."""

    def __init__(self, folder: Path, run: int) -> None:
        self._folder, self._run = folder, run
        self._buffers: list[list[bytes]] = [[] for _ in range(WEEKS)]
        self._sizes = [0] * WEEKS
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self.counts = [0] * WEEKS

    def put(self, week: int, piece: bytes) -> None:
        """Add a row to a week."""
        self._buffers[week].append(piece)
        self._sizes[week] += len(piece)
        self.counts[week] += 1
        if self._sizes[week] > _BUFFER:
            self._flush(week)

    def close(self) -> None:
        """Write what is left."""
        for week in range(WEEKS):
            self._flush(week)

    def _flush(self, week: int) -> None:
        if self._buffers[week]:
            with week_file(self._folder, self._run, week).open("ab") as stream:
                stream.write(self._compressor.compress(b"".join(self._buffers[week])))
            self._buffers[week].clear()
            self._sizes[week] = 0


def week_file(folder: Path, run: int, week: int) -> Path:
    """Name the file of a run's week."""
    return folder / f"run-{run:05d}-week-{week:02d}.zst"


def tree_file(folder: Path, run: int) -> Path:
    """Name the file of a run's trees."""
    return folder / f"run-{run:05d}-trees.zst"


def week_lines(folder: Path, run: int, week: int) -> Iterator[list[bytes]]:
    """Yield what was put into a week, in lists of lines, line ends left out."""
    path = week_file(folder, run, week)
    if not path.exists():
        return
    with path.open("rb") as stream:
        reader = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
        rest = b""
        while block := reader.read(1 << 20):
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            yield lines
    if rest:
        yield [rest]


def tree_lines(folder: Path, run: int, tree: SpilledTree) -> list[bytes]:
    """Return what was put down of a tree, line ends left out."""
    with tree_file(folder, run).open("rb") as stream:
        stream.seek(tree.start)
        packed = stream.read(tree.length)
    return zstandard.ZstdDecompressor().decompress(packed).split(b"\n")[:-1]
