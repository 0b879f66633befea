"""A share of a replay: one bucket, folded and written, wherever it is done.

In: where the bucket lies, which form, period, day and prefix, and the little that its branches need of
others. Out: the texts of its branches, packed, each by itself, with their totals. Deliberately absent: other
buckets; paths travel here, not rows.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import Literal

import zstandard

from ledger.segments.errors import changed_part
from ledger.segments.manifest import NAME, Manifest, read_manifest
from ledger.segments.places import Place, place_of
from ledger.segments.reading import Bucket
from ledger.words import Language
from projections.answers.document import ScoreTexts
from projections.engine.branch import NOBODY, Beside, Branch, Frame
from projections.engine.fold import Source
from projections.engine.logs import Log, Row, RowsAtHand
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.results import BranchScore
from projections.engine.rules.rank import Race
from projections.engine.scoring.branches import scorer_of
from projections.parallel.errors import OtherForm, OtherProgram
from projections.reports.scores_csv import rows_csv
from rubrics.library import Library
from rubrics.model import Rubric
from rubrics.problems import RubricError

Form = Literal["json", "csv"]
Races = Mapping[tuple[int, int], Mapping[Race, Sequence[int]]]
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Task:
    """What all shares of a replay have in common. `form`: an id or a path; `digest`: of its text; `program`:
    the version of zhibu that asks; `folder`: the hash of the last event that the folder holds."""

    address: str
    form: str
    digest: str
    program: str
    period: str
    on: date
    upto: int
    folder: str
    explain: bool
    written_as: Form
    language: Language


@dataclass(frozen=True, slots=True)
class Share:
    """One bucket, and which of its branches. `strays`: rows of branches of other buckets that stand, or
    stood, below one of these."""

    task: Task
    bucket: int
    codes: Sequence[str]
    races: Races
    strays: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Folded:
    """What came of a share: its branches in order of code, their totals, and their texts, packed one by one,
    of so many bytes each."""

    bucket: int
    codes: tuple[str, ...]
    totals: tuple[int, ...]
    lengths: tuple[int, ...]
    packed: bytes


def program_version() -> str:
    """Return the version of this program."""
    return version("zhibu")


def fold_share(share: Share) -> Folded:
    """Fold one bucket. OtherProgram, OtherForm where this worker is not like the one that asks; SegmentsError
    where the bucket is not the one that was written."""
    texts = _texts(share.task)
    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    codes, totals, packed = [], [], []
    for score in scores_of(share):
        codes.append(score.branch)
        totals.append(score.total)
        packed.append(compressor.compress(texts.text(score).encode()))
    return Folded(share.bucket, tuple(codes), tuple(totals), tuple(map(len, packed)), b"".join(packed))


def facts_of(form: str) -> tuple[str, str]:
    """Return which zhibu this worker has, and the digest of its text of a form; empty where it has none."""
    try:
        return program_version(), Library.named_by(os.environ).load(form).digest
    except RubricError:
        return program_version(), ""


@lru_cache(maxsize=4)
def _plan_of(form: str, digest: str, program: str) -> Plan:
    """Compile a form as this worker has it, once for all its buckets."""
    if program != program_version():
        raise OtherProgram(program_version(), program)
    try:
        loaded = Library.named_by(os.environ).load(form)
    except RubricError:
        raise OtherForm(form, "", digest) from None
    if loaded.digest != digest:
        raise OtherForm(form, loaded.digest, digest)
    return Plan(loaded.rubric)


@lru_cache(maxsize=4)
def _folder_at(address: str, head: str) -> tuple[Place, Manifest]:
    """Open a folder once for all its buckets. SegmentsError where it has gained something meanwhile."""
    place = place_of(address)
    manifest = read_manifest(place)
    if manifest.head != head:
        raise changed_part(address, NAME, manifest.head[:19], head[:19])
    return place, manifest


def _bucket(address: str, head: str, number: int) -> Bucket:
    place, manifest = _folder_at(address, head)
    return Bucket(place, manifest.holding("events", number))


def scores_of(share: Share) -> Iterator[BranchScore]:
    """Yield the scores of a share, ranks left at 0."""
    task = share.task
    plan = _plan_of(task.form, task.digest, task.program)
    frame = Frame(plan, parse_period(task.period, plan.rubric.year_start), task.on, explain=task.explain)
    bucket = _bucket(task.address, task.folder, share.bucket)
    source = Source(With(bucket, share.strays) if share.strays else bucket, task.upto, [plan])
    beside = NOBODY
    if plan.ranks or plan.of_subordinates:
        below = source.below(plan, frame.on, share.codes) if plan.of_subordinates else {}
        beside = Beside(share.races, below)
    scorer = scorer_of(plan)
    for organization, facts in source.registered(share.codes):
        if organization.ends(frame.on) >= frame.start:
            yield scorer.score(Branch(frame, organization, facts, beside))


@dataclass(frozen=True, slots=True)
class Gathering:
    """Rows of some branches of one bucket, asked for by others."""

    address: str
    folder: str
    bucket: int
    codes: Sequence[str]
    types: Collection[str]
    upto: int


def gather(asked: Gathering) -> dict[str, list[Row]]:
    """Return the rows asked for, by branch."""
    bucket = _bucket(asked.address, asked.folder, asked.bucket)
    return {
        code: list(rows)
        for code, rows in bucket.streams(upto=asked.upto, branches=asked.codes, types=asked.types)
    }


class With:
    """A bucket, and rows of branches of other buckets beside it."""

    def __init__(self, bucket: Bucket, strays: Mapping[str, Sequence[Row]]) -> None:
        self._logs: tuple[Log, Log] = (bucket, RowsAtHand(strays))

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield branch by branch, in order of code."""
        from heapq import merge
        from operator import itemgetter

        yield from merge(
            *(log.streams(upto=upto, branches=branches, types=types) for log in self._logs), key=itemgetter(0)
        )

    def rare_streams(self, *, upto: int, types: Collection[str]) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield the rows of some types."""
        return self.streams(upto=upto, types=types)


class _CsvTexts:
    def __init__(self, rubric: Rubric, language: Language) -> None:
        self._rubric, self._language = rubric, language

    def text(self, score: BranchScore) -> str:
        return rows_csv(score, self._rubric, self._language)


def _texts(task: Task) -> ScoreTexts | _CsvTexts:
    plan = _plan_of(task.form, task.digest, task.program)
    if task.written_as == "csv":
        return _CsvTexts(plan.rubric, task.language)
    return _json_texts(plan, explain=task.explain)


@lru_cache(maxsize=2)
def _json_texts(plan: Plan, *, explain: bool) -> ScoreTexts:
    return ScoreTexts(plan.rubric, explain=explain)
