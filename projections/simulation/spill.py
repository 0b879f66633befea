"""Rows as bytes, and where they lie between a simulation's steps: by week, and by tree.

In: the rows of one organisation, in the order of recording; pieces of rows, tree after tree. Out: lines of
an import or of segments in which nothing but position and hashes is left open; files of one run of trees.
Deliberately absent: the order among them, and hashes (`writing`).

Written directly, since a payload is canonical text already; a test reads each line back through the ledger.
A log lies in the order of recording, segments lie in the order of branches. Rows are therefore put down
twice: by week, from which the hashes are made, and by tree, from which the lines are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import zstandard

from ledger.effective import CONTROLS
from ledger.events import CATALOGUE
from ledger.segments.placement import ABOUT_ORGANISATIONS
from projections.simulation.diary import WEEKS, Calendar, Row
from projections.simulation.tree import Organisation

_BUFFER = 1 << 18
_LEVEL = 1


class Stored(NamedTuple):
    """A row as the log keeps it, in pieces.

    `content`: the line of a full export between position and hashes. `before`, `after`: the canonical bytes
    before the position, and after the previous hash. `concerns`: whether it concerns the tree.
    """

    week: int
    content: bytes
    before: bytes
    after: bytes
    concerns: bool


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


def import_lines(organisation: Organisation, prefix: str, rows: Sequence[Row]) -> Iterator[tuple[int, bytes]]:
    """Yield the week and the import line of each row."""
    branch = organisation.code
    for week, number, type_word, occurred_on, counts_for, data, recorded_by in rows:
        month = f'"counts_for":"{counts_for}",' if counts_for else ""
        line = (
            f'{{"id":"{prefix}{number:012x}","branch":"{branch}","type":"{type_word}",'
            f'"occurred_on":"{occurred_on}",{month}"recorded_by":"{recorded_by}","data":{data}}}\n'
        )
        yield week, line.encode()


def stored_rows(
    organisation: Organisation, prefix: str, rows: Sequence[Row], calendar: Calendar
) -> Iterator[Stored]:
    """Yield each row in the pieces of which its line and its hash are made."""
    branch, share = organisation.code, organisation.share
    concerning: set[str] = set()
    week, instant = -1, ""
    for version, row in enumerate(rows, start=1):
        if row.week != week:
            week, instant = row.week, calendar.instant(row.week, share)
        _, number, type_word, occurred_on, counts_for, data, recorded_by = row
        event_id = f"{prefix}{number:012x}"
        month = f'"{counts_for}"' if counts_for else "null"
        schema = CATALOGUE[type_word].schema_version
        text = data.replace("\\", "\\\\").replace('"', '\\"')
        yield Stored(
            week,
            (
                f'"id":"{event_id}","branch":"{branch}","version":{version},"type":"{type_word}",'
                f'"schema_version":{schema},"occurred_on":"{occurred_on}","counts_for":{month},"data":{data},'
                f'"recorded_by":"{recorded_by}","recorded_at":"{instant}"'
            ).encode(),
            (
                f'{{"branch":"{branch}","counts_for":{month},"data":"{text}","id":"{event_id}",'
                f'"occurred_on":"{occurred_on}","position":'
            ).encode(),
            (
                f'","recorded_at":"{instant}","recorded_by":"{recorded_by}","schema_version":{schema},'
                f'"type":"{type_word}","version":{version}}}'
            ).encode(),
            _concerns(event_id, type_word, data, concerning),
        )


def _concerns(event_id: str, type_word: str, data: str, concerning: set[str]) -> bool:
    """Whether an event concerns the tree; those that do are gathered."""
    if type_word in CONTROLS:
        # The target is the last key of the payload, which is sorted.
        concerns = data.rsplit('"target":"', 1)[1].removesuffix('"}') in concerning
    else:
        concerns = type_word in ABOUT_ORGANISATIONS
    if concerns:
        concerning.add(event_id)
    return concerns


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
