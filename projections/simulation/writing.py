"""A whole simulation, on disk: as lines of an import, or as segments.

In: how many branches, a year, a seed, forms, where to. Out: a file, or a folder of segments with positions,
instants and hashes. Deliberately absent: what happens in a year (`year`).

1. Runs of trees are made, each by any process, and put down by week and by tree (`spill`).
2. Week after week, run after run, the log is numbered and hashed: one chain, one process.
3. Bucket after bucket, each by any process, lines are put together from their tree and their hash.

An import file needs the first step, and its weeks one after another.
"""

import mmap
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import zstandard

from ledger.segments.manifest import NAME, Manifest, Part
from ledger.segments.parts import Run, Slot, write_part
from ledger.segments.placement import bucket_of, render_places, usual_buckets
from ledger.segments.places import Folder, place_of
from ledger.store.codec import GENESIS, Head
from projections.parallel.processes import each
from projections.simulation.diary import WEEKS
from projections.simulation.spill import (
    SpilledRun,
    SpilledTree,
    WeekFiles,
    import_lines,
    stored_rows,
    tree_file,
    tree_lines,
    week_file,
    week_lines,
)
from projections.simulation.tree import Tree
from projections.simulation.year import Setting, id_prefix, year_of

_TREES_OF_A_RUN = 100
_HASH = 32
# Where the branch begins in a row that was put down: after the week, a mark, and `"id":"…","branch":"`.
_BRANCH = 57
# How what follows the previous hash begins.
_RECORDED = b'","recorded_at":"'
_FEW = 12

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a simulation wrote: how many organisations and events; of segments, the head of their log."""

    organisations: int
    events: int
    head: Head | None = None


def write_import_file(
    setting: Setting, stream: BinaryIO, beside: Path, jobs: int, on_progress: Progress | None = None
) -> Written:
    """Write the simulation as import lines, in the order of recording; `beside` is a folder for the time."""
    told = _told(on_progress, 0.9)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=beside) as folder:
        spilled = _spill(setting, Path(folder), jobs, "import", told)
        for week in range(WEEKS):
            for run in spilled:
                _copy(week_file(Path(folder), run.run, week), stream)
    return Written(setting.forest.size, sum(sum(run.weeks) for run in spilled))


def write_segments(
    setting: Setting,
    address: str,
    jobs: int,
    buckets: int | None = None,
    on_progress: Progress | None = None,
) -> Written:
    """Write the simulation as segments into an empty folder."""
    place = place_of(address)
    place.make()
    beside = place.path if isinstance(place, Folder) else None
    with place.locked(), tempfile.TemporaryDirectory(prefix=".unfinished-", dir=beside) as name:
        folder = Path(name)
        spilled = _spill(setting, folder, jobs, "segments", _told(on_progress, 0.55))
        head, instant = _chain(spilled, folder, _told(on_progress, 0.2, 0.55))
        count = buckets or usual_buckets(head.position)
        parts = _assemble(setting, spilled, folder, place.address, count, head.position, jobs,
                          _told(on_progress, 0.25, 0.75))  # fmt: skip
        about = Slot("organisations", None, 1, head.position)
        parts.append(write_part(place, about, _organisations(spilled, folder)))
        where = Slot("branches", None, 1, head.position)
        parts.append(write_part(place, where, render_places(_places(setting, count))))
        written = tuple(part for part in parts if part)
        manifest = Manifest(head.position, head.hash, instant, count, written)
        with place.writing(NAME) as stream:
            stream.write(manifest.render())
    return Written(setting.forest.size, head.position, head)


def _told(on_progress: Progress | None, part: float, begun: float = 0.0) -> Progress:
    if on_progress is None:
        return lambda _: None
    return lambda share: on_progress(begun + part * share)


def _copy(path: Path, stream: BinaryIO) -> None:
    if path.exists():
        with path.open("rb") as packed:
            reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True)
            while block := reader.read(1 << 20):
                stream.write(block)


# Step 1: rows by week and by tree.


def _spill(setting: Setting, folder: Path, jobs: int, form: str, told: Progress) -> list[SpilledRun]:
    trees = setting.forest.trees
    runs = [trees[start : start + _TREES_OF_A_RUN] for start in range(0, len(trees), _TREES_OF_A_RUN)]
    work = [(setting, folder, number, run, form) for number, run in enumerate(runs)]
    spilled: list[SpilledRun] = []
    for run in each(spill_run, work, jobs if len(trees) >= _FEW else 1):
        spilled.append(run)
        told(len(spilled) / len(work))
    return spilled


def spill_run(setting: Setting, folder: Path, run: int, trees: Sequence[Tree], form: str) -> SpilledRun:
    """Make a run of trees and put its rows down."""
    weeks = WeekFiles(folder, run)
    spilled: list[SpilledTree] = []
    compressor = zstandard.ZstdCompressor(level=1)
    with tree_file(folder, run).open("wb") as stream:
        for tree in trees:
            before = tuple(weeks.counts)
            lines: list[bytes] = []
            for organisation in setting.forest.organisations(tree):
                rows = year_of(organisation, setting)
                prefix = id_prefix(setting.seed, organisation.number)
                if form == "import":
                    for week, line in import_lines(organisation, prefix, rows):
                        weeks.put(week, line)
                    continue
                for stored in stored_rows(organisation, prefix, rows, setting.calendar):
                    weeks.put(stored.week, b"%b\t%b\n" % (stored.before, stored.after))
                    lines.append(b"%02d%d%b\n" % (stored.week, stored.concerns, stored.content))
            start = stream.tell()
            length = stream.write(compressor.compress(b"".join(lines))) if lines else 0
            spilled.append(SpilledTree(tree.number, start, length, before))
    weeks.close()
    return SpilledRun(run, tuple(weeks.counts), tuple(spilled))


# Step 2: one chain.


def _chain(spilled: Sequence[SpilledRun], folder: Path, told: Progress) -> tuple[Head, str]:
    """Number and hash all rows; return the head, and the instant of the last row."""
    position, last, after = 0, GENESIS, b""
    digest = sha256
    with _hash_file(folder).open("wb") as stream:
        for week in range(WEEKS):
            for run in spilled:
                for lines in week_lines(folder, run.run, week):
                    hashes = []
                    for line in lines:
                        before, after = line.split(b"\t")
                        position += 1
                        made = digest(b'%b%d,"prev_hash":"%b%b' % (before, position, last.encode(), after))
                        last = f"sha256:{made.hexdigest()}"
                        hashes.append(made.digest())
                    stream.write(b"".join(hashes))
                week_file(folder, run.run, week).unlink(missing_ok=True)
            told((week + 1) / WEEKS)
    instant = after[len(_RECORDED) :].split(b'"', 1)[0].decode()
    return Head(position, last), instant


def _hash_file(folder: Path) -> Path:
    return folder / "hashes"


# Step 3: lines by bucket.


def _first_positions(spilled: Sequence[SpilledRun]) -> Iterator[tuple[SpilledRun, tuple[int, ...]]]:
    """Yield each run with the position before its first row of each week."""
    begins = [0] * WEEKS
    for week in range(1, WEEKS):
        begins[week] = begins[week - 1] + sum(run.weeks[week - 1] for run in spilled)
    for run in spilled:
        yield run, tuple(begins)
        begins = [begin + count for begin, count in zip(begins, run.weeks, strict=True)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A tree, the run in which it lies, and the positions before its first rows, week by week."""

    tree: SpilledTree
    run: int
    begins: tuple[int, ...]


def _assemble(
    setting: Setting, spilled: Sequence[SpilledRun], folder: Path, address: str, buckets: int, upto: int,
    jobs: int, told: Progress,
) -> list[Part | None]:  # fmt: skip
    placed: dict[int, list[Placed]] = {}
    for run, begins in _first_positions(spilled):
        for tree in run.trees:
            bucket = bucket_of(setting.forest.code(tree.number), buckets)
            at = tuple(begin + before for begin, before in zip(begins, tree.weeks, strict=True))
            placed.setdefault(bucket, []).append(Placed(tree, run.run, at))
    work = [(folder, address, bucket, trees, upto) for bucket, trees in sorted(placed.items())]
    parts: list[Part | None] = []
    for part in each(assemble_bucket, work, jobs if len(work) > 1 and upto > 20_000 else 1):
        parts.append(part)
        told(len(parts) / len(work))
    return parts


def assemble_bucket(
    folder: Path, address: str, bucket: int, trees: Sequence[Placed], upto: int
) -> Part | None:
    """Write one bucket; what concerns the tree is put down for the organisations' file."""
    with (
        _hash_file(folder).open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as hashes,
    ):
        return write_part(place_of(address), Slot("events", bucket, 1, upto), _runs_of(folder, trees, hashes))


def _runs_of(folder: Path, trees: Sequence[Placed], hashes: mmap.mmap) -> Iterator[Run]:
    compressor = zstandard.ZstdCompressor(level=1)
    for placed in trees:
        at = list(placed.begins)
        concerning: list[bytes] = []
        branch = b""
        lines: list[bytes] = []
        for row in tree_lines(folder, placed.run, placed.tree):
            week = int(row[:2])
            at[week] = position = at[week] + 1
            end = _HASH * position
            before = hashes[end - 2 * _HASH : end - _HASH].hex() if position > 1 else GENESIS[7:]
            line = b'{"position":%d,%b,"prev_hash":"sha256:%b","hash":"sha256:%b"}\n' % (
                position, row[3:], before.encode(), hashes[end - _HASH : end].hex().encode(),
            )  # fmt: skip
            of = row[_BRANCH : row.index(b'"', _BRANCH)]
            if of != branch:
                if lines:
                    yield Run(branch.decode(), len(lines), b"".join(lines))
                branch, lines = of, []
            lines.append(line)
            if row[2] == 49:  # "1": it concerns the tree
                concerning.append(line)
        if lines:
            yield Run(branch.decode(), len(lines), b"".join(lines))
        _organisations_of(folder, placed.tree.number).write_bytes(compressor.compress(b"".join(concerning)))


def _organisations_of(folder: Path, tree: int) -> Path:
    return folder / f"organisations-{tree}.zst"


def _places(setting: Setting, buckets: int) -> dict[str, int]:
    return {
        organisation.code: bucket_of(setting.forest.code(tree.number), buckets)
        for tree in setting.forest.trees
        for organisation in setting.forest.organisations(tree)
    }


def _organisations(spilled: Sequence[SpilledRun], folder: Path) -> Iterator[Run]:
    for run in spilled:
        for tree in run.trees:
            packed = _organisations_of(folder, tree.number).read_bytes()
            lines = zstandard.ZstdDecompressor().decompress(packed).splitlines(keepends=True)
            by_branch: dict[str, list[bytes]] = {}
            for line in lines:
                begins = line.index(b'"branch":"') + 10
                by_branch.setdefault(line[begins : line.index(b'"', begins)].decode(), []).append(line)
            for branch, own in by_branch.items():
                yield Run(branch, len(own), b"".join(own))
