"""`zhibu score --segments`: a whole replay of a folder, by whoever is there to work.

In: a folder, a form, a question, who works: processes of this machine, or a cluster. Out: the answer's text,
piece by piece, in order of branch, with ranks, equal to that of the ledger's replay. Deliberately absent:
where it is written; the clock; memory for the answer, as texts of shares lie packed on disk, in whatever
order they come, and only codes and totals are held.
"""

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Protocol

import zstandard

from ledger.segments.reading import Segments
from ledger.words import Language
from projections.answers.document import Replayed, document_text
from projections.engine.branch import Frame
from projections.engine.errors import BranchDissolved
from projections.engine.logs import Row
from projections.engine.periods import Period
from projections.engine.plan import Plan
from projections.engine.replays import places
from projections.parallel.survey import build_shares
from projections.parallel.work import Folded, Form, Gathering, Share, Task, program_version
from projections.reports.scores_csv import header_csv
from rubrics.reader.loaded import Loaded

_JSON_RANK = '\n      "rank": 0,'
_CSV_RANK = ",0\r\n"
MANY = 500
"""From so many organisations on several processes are worth their start."""
Progress = Callable[[int], None]


class Workers(Protocol):
    """Who does the work: processes of this machine, or a cluster."""

    def fold(self, shares: Sequence[Share]) -> Iterator[Folded]:
        """Yield what came of each share, in whatever order."""

    def gather(self, asked: Sequence[Gathering]) -> Iterator[dict[str, list[Row]]]:
        """Yield the rows asked for, in whatever order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be replayed. `form`: the id or path by which every worker finds the form; `head`: the hash
    at `upto`, the last position of the prefix."""

    form: str
    loaded: Loaded
    period: Period
    on: date
    upto: int
    head: str
    branches: Collection[str] | None = None
    explain: bool = False
    written_as: Form = "json"
    language: Language = "en"


def replay_segments(
    segments: Segments, asked: Asked, workers: Workers, on_progress: Progress | None = None
) -> Iterator[str]:
    """Yield the text of the answer. Nothing is yielded before every bucket is folded.

    Raises UnknownBranch, NothingToScore, BranchDissolved, and what workers raise.
    """
    plan = Plan(asked.loaded.rubric)
    frame = Frame(plan, asked.period, asked.on, explain=asked.explain)
    task = Task(
        segments.place.address,
        asked.form,
        asked.loaded.digest,
        program_version(),
        asked.period.name,
        asked.on,
        asked.upto,
        segments.manifest.head,
        asked.explain,
        asked.written_as,
        asked.language,
    )
    shares = build_shares(segments, task, frame, asked.branches, workers.gather)
    texts = _merged_texts(_told(workers.fold(shares), on_progress), asked.written_as)
    first = next(texts, None)
    if first is None and asked.branches:
        raise _dissolved(segments, asked)
    rest = _all(first, texts)
    if asked.written_as == "csv":
        yield header_csv()
        yield from rest
        return
    replayed = Replayed(
        asked.loaded.rubric, asked.loaded.digest, asked.period, asked.on, asked.upto, asked.head
    )
    yield from document_text(replayed, rest)


def _merged_texts(folded: Iterable[Folded], written_as: Form) -> Iterator[str]:
    """Yield the text of every branch in order of code, its rank put in."""
    with tempfile.TemporaryFile() as spool:
        index: list[tuple[str, int, int, int]] = []
        at = 0
        for share in folded:
            spool.write(share.packed)
            for code, total, length in zip(share.codes, share.totals, share.lengths, strict=True):
                index.append((code, total, at, length))
                at += length
        index.sort()
        placed = places(total for _, total, _, _ in index)
        for _, total, start, length in index:
            yield _ranked(_unpacked(spool, start, length), placed[total], written_as)


def _unpacked(spool: BinaryIO, start: int, length: int) -> str:
    spool.seek(start)
    return zstandard.ZstdDecompressor().decompress(spool.read(length)).decode()


def _ranked(text: str, rank: int, written_as: Form) -> str:
    if written_as == "csv":
        return f"{text.removesuffix(_CSV_RANK)},{rank}\r\n"
    return text.replace(_JSON_RANK, f'\n      "rank": {rank},', 1)


def _all(first: str | None, rest: Iterator[str]) -> Iterator[str]:
    if first is not None:
        yield first
    yield from rest


def _told(folded: Iterator[Folded], on_progress: Progress | None) -> Iterator[Folded]:
    done = 0
    for share in folded:
        done += len(share.codes)
        if on_progress is not None:
            on_progress(done)
        yield share


def _dissolved(segments: Segments, asked: Asked) -> BranchDissolved:
    from projections.engine.reading.tree import read_tree

    code = min(asked.branches or ())
    ended = read_tree(segments, upto=asked.upto)[code].ends(asked.on.toordinal())
    return BranchDissolved(code, date.fromordinal(ended), asked.period.name)


class Processes:
    """So many processes of this machine; one is this one."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def fold(self, shares: Sequence[Share]) -> Iterator[Folded]:
        """Yield what came of each share, in whatever order."""
        return self._shared("fold_share", shares)

    def gather(self, asked: Sequence[Gathering]) -> Iterator[dict[str, list[Row]]]:
        """Yield the rows asked for, in whatever order."""
        return self._shared("gather", asked)

    def _shared(self, name: str, asked: Sequence[Any]) -> Iterator[Any]:
        from projections.parallel import work
        from projections.parallel.processes import as_they_come

        return as_they_come(getattr(work, name), [(one,) for one in asked], self._jobs)
