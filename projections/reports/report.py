"""What a report shows, whatever it is written as; and the events behind what was lost, gained, judged or
waived.

In: what a replay came to; scores with their entries, an open store. Out: `Report`, down to its entries;
those events as they stand in the replayed prefix, corrections applied. Deliberately absent: fonts, paper,
HTML; what was met as it should be, whose events are counted, not told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import orjson

from ledger.effective import Control, resolve
from ledger.words import Language
from projections.engine.entries import Entry as ScoreEntry
from projections.engine.entries import State
from projections.engine.results import BranchScore

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_CONTROLS = frozenset({"event_retracted", "event_corrected"})
TELLING = frozenset({"lost", "gained", "waived"})
"""The states of entries whose events are told."""
Kind = Literal["scored", "unassessed", "at_risk", "lost", "unearned"]
Fold = Literal["spent", "open", "waived", "met"]
_FOLDS: tuple[Fold, ...] = ("spent", "open", "waived", "met")
_CROWD = 6
"""So many of a kind are told one by one."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An event as it counted: day, month and payload with every standing correction applied.

    `recorded_at` is the instant of the original record (UTC, as stored); `corrected_by` is the id of the
    latest standing correction.
    """

    id: str
    branch: str
    type: str
    occurred_on: str
    counts_for: str | None
    recorded_at: str
    recorded_by: str | None
    data: Mapping[str, Any]
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar. `points`: what its label says; `share`: how long it is, beside the other parts."""

    kind: Kind
    points: int
    share: int


@dataclass(frozen=True, slots=True)
class CitedEvent:
    """An event behind an entry, numbered within its branch's part; `found` is None where it is not known.

    `items` are the numbers of the items (from 1, in the form's order) whose entries cite it.
    """

    number: int
    id: str
    found: Cited | None
    words: str
    items: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in words.

    `asked`: what its rule asks for, empty where its clause asks for one thing only. `judge`: the assessor
    whose judgement it is, `graded` for a tally of grades, empty where the rules made it. `done`: such as
    "1/2", empty where nothing is counted.
    """

    state: State
    points: int
    when: str
    due_on: str | None
    asked: str
    cause: str
    judge: str
    done: str
    member: str | None
    advisory: bool
    events: tuple[int, ...]

    @property
    def fold(self) -> Fold | None:
        """As what it may be folded away: `spent` is a loss that moved nothing, as all was lost already."""
        if self.state == "lost":
            return None if self.points or self.advisory or self.judge else "spent"
        return None if self.state == "gained" else self.state

    @property
    def cites(self) -> bool:
        """Whether the events behind it are told, or that there are none."""
        return self.state in TELLING


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of an item; the title is empty where the item has no other."""

    id: str
    title: str
    points: int
    score: int
    entries: tuple[Entry, ...]

    @property
    def told(self) -> tuple[Entry, ...]:
        """The entries that are told one by one."""
        folded = {id(entry) for _, entries in self.folds for entry in entries}
        return tuple(entry for entry in self.entries if id(entry) not in folded)

    @property
    def folds(self) -> tuple[tuple[Fold, tuple[Entry, ...]], ...]:
        """The entries that are counted, and shown on request: what was met, and long rows of a kind."""
        found: list[tuple[Fold, tuple[Entry, ...]]] = []
        for kind in _FOLDS:
            entries = tuple(entry for entry in self.entries if entry.fold == kind)
            if len(entries) > (_CROWD if kind in ("open", "waived") else 0):
                found.append((kind, entries))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the form.

    `computed`: what the rules came to, None where only people judge. `judged`: a value for each of the
    form's assessor columns, None where that assessor has not judged the whole item. `score`: None where
    nobody has graded it.
    """

    number: int
    id: str
    group: str | None
    title: str
    points: int
    computed: int | None
    judged: tuple[int | None, ...]
    score: int | None
    at_risk: int
    unassessed: int
    clauses: tuple[Clause, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form; `score` is None where nothing in it has been graded."""

    id: str
    title: str
    bonus: bool
    points: int
    score: int | None
    bar: tuple[Segment, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """What one branch scored. `name`: the code with the name beside it; `tab`: both, as a sheet is called."""

    code: str
    name: str
    tab: str
    total: int
    base: int
    bonus: int
    at_risk: int
    unassessed: int
    rank: int
    grade: str
    vetoed: bool
    veto: tuple[Entry, ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    events: tuple[CitedEvent, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A replay as the office reads it.

    `points`: the most that can be scored, bonus up to its caps. `columns`: the titles of the
    columns for assessors, the form's own first. `mean`: points are means on the scale of 100, not summed up.
    """

    language: Language
    title: str
    issuer: str
    rubric: str
    version: str
    digest: str
    period: str
    days: str
    on: str
    position: int
    head: str
    points: int
    base_points: int
    columns: tuple[str, ...]
    mean: bool
    graded: bool
    branches: tuple[Branch, ...]


def cited_ids(score: BranchScore) -> list[str]:
    """Return the ids of the events behind a branch's entries, each once, in the form's order."""
    return list(dict.fromkeys(id_ for entry in _entries(score) for id_ in entry.events))


def read_cited(store: "Store", scores: Sequence[BranchScore], upto: int) -> dict[str, Cited]:
    """Read the events that a report on the scores shows, as they stood at the replayed position."""
    controls = store.read(upto=upto, types=_CONTROLS)
    corrected = resolve(Control(found.id, found.type, found.data) for found in controls).corrected()
    cited = {}
    for id_ in dict.fromkeys(id_ for score in scores for id_ in cited_ids(score)):
        found = store.find(id_)
        if found is None or found.position > upto:
            continue
        correction = corrected.get(id_)
        cited[id_] = Cited(
            id=id_,
            branch=found.branch,
            type=found.type,
            occurred_on=(correction.occurred_on if correction else None) or found.occurred_on,
            counts_for=(correction.counts_for if correction else None) or found.counts_for,
            recorded_at=found.recorded_at,
            recorded_by=found.recorded_by,
            data=orjson.loads(correction.data if correction else found.data),
            corrected_by=correction.id if correction else None,
        )
    return cited


def _entries(score: BranchScore) -> Iterator[ScoreEntry]:
    yield from score.veto
    for clause in score.clauses():
        yield from (entry for entry in clause.entries if entry.state in TELLING)
