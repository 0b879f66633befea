"""One file of segments: lines, compressed by zstd, with what the manifest says of them.

In: lines in order of branch and position, or a file. Out: a `Part`, or the lines again once the file was seen
to be the one that was written. Deliberately absent: what a line means.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO, NamedTuple, cast

import zstandard

from ledger.segments.errors import changed_part, missing_part
from ledger.segments.manifest import Holds, Part
from ledger.segments.places import Place

# Of lines like ours the quickest level makes the smallest files, too.
LEVEL = 1
_BLOCK = 1 << 18
_IN_MEMORY = 64 << 20
_BRANCH = b'"branch":"'
_POSITION = len('{"position":')


def part_name(holds: Holds, bucket: int | None, number: int) -> str:
    """Name a part: the first of a bucket has no number, so that most folders show none."""
    stem = holds if bucket is None else f"bucket-{bucket:05d}"
    return f"{stem}.jsonl.zst" if number == 1 else f"{stem}.{number}.jsonl.zst"


def part_number(name: str) -> int:
    """Return the number of a part by its name."""
    pieces = name.removesuffix(".jsonl.zst").split(".")
    return int(pieces[1]) if len(pieces) > 1 else 1


@dataclass(frozen=True, slots=True)
class Slot:
    """Which part is to be written: what it holds, its number, the position of the export that writes it."""

    holds: Holds
    bucket: int | None
    number: int
    upto: int


class Run(NamedTuple):
    """A branch and lines of it: how many, and the lines, in order, with their line ends."""

    branch: str
    rows: int
    lines: bytes


def write_part(place: Place, slot: Slot, runs: Iterable[Run]) -> Part | None:
    """Write a part of runs in order of branch; None, and no file, where there is no line."""
    following = iter(runs)
    run = next(following, None)
    if run is None:
        return None
    name = part_name(slot.holds, slot.bucket, slot.number)
    first = last = run.branch
    rows = 0
    with place.writing(name) as stream:
        digested = _Digesting(stream)
        compressor = zstandard.ZstdCompressor(level=LEVEL).stream_writer(
            cast("BinaryIO", digested), closefd=False, write_size=_BLOCK
        )
        while run is not None:
            last, count, lines = run
            rows += count
            compressor.write(lines)
            run = next(following, None)
        compressor.flush(zstandard.FLUSH_FRAME)
    return Part(
        name, slot.holds, slot.bucket, rows, digested.bytes, first, last, slot.upto, digested.hexdigest()
    )


class _Digesting:
    """A stream that counts and digests what goes through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, block: bytes) -> int:
        self._digest.update(block)
        self.bytes += len(block)
        return self._stream.write(block)

    def flush(self) -> None:
        """Nothing is held back here."""

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def read_blocks(place: Place, part: Part) -> Iterator[bytes]:
    """Yield the decompressed bytes of a part, block by block, once it is seen to be the one written.

    SegmentsError, before anything is yielded, where the file is missing, short, long or changed.
    """
    with _checked(place, part) as stream:
        reader = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True, closefd=False)
        while block := reader.read(_BLOCK * 4):
            yield block


def read_whole_lines(place: Place, part: Part) -> Iterator[bytes]:
    """Yield the same, each piece ending where a line does."""
    rest = b""
    for block in read_blocks(place, part):
        end = block.rfind(b"\n") + 1
        if end:
            yield rest + block[:end]
            rest = block[end:]
        else:
            rest += block
    if rest:
        yield rest


def read_lines(place: Place, part: Part) -> Iterator[bytes]:
    """Yield the lines of a part, line ends left out; otherwise as `read_blocks`."""
    for piece in read_whole_lines(place, part):
        yield from piece.removesuffix(b"\n").split(b"\n")


def read_runs(place: Place, part: Part) -> Iterator[Run]:
    """Yield the lines of a part by branch, with their line ends; otherwise as `read_blocks`."""
    for branch, found in groupby(read_lines(place, part), key=branch_of):
        lines = list(found)
        yield Run(branch, len(lines), b"\n".join(lines) + b"\n")


def branch_of(line: bytes) -> str:
    """Return the branch of a line of segments."""
    # Before it stand a number and an id, in which no quote can be.
    begins = line.index(_BRANCH) + len(_BRANCH)
    return line[begins : line.index(b'"', begins)].decode()


def check_part(place: Place, part: Part) -> None:
    """See that a file is there and is the one that was written. SegmentsError where it is not."""
    _checked(place, part).close()


def _checked(place: Place, part: Part) -> BinaryIO:
    """Open a part, its digest taken first; what comes from afar is kept meanwhile, so that it comes once."""
    try:
        source = place.read(part.path)
    except FileNotFoundError:
        raise missing_part(place.address, part.path) from None
    digest = hashlib.sha256()
    size = 0
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by whoever reads it
    with source:
        while block := source.read(_BLOCK * 4):
            digest.update(block)
            size += len(block)
            kept.write(block)
    if size != part.bytes:
        kept.close()
        raise changed_part(place.address, part.path, f"{size:,} B", f"{part.bytes:,} B")
    if digest.hexdigest() != part.sha256:
        kept.close()
        raise changed_part(place.address, part.path, digest.hexdigest()[:12], part.sha256[:12])
    kept.seek(0)
    return cast("BinaryIO", kept)


def position_of(line: bytes) -> int:
    """Return the position of a line of segments."""
    return int(line[_POSITION : line.index(b",", _POSITION)])
