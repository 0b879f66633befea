"""What a report shows, whatever it is written as.

In: nothing. Out: frozen values: points in whole hundredths, texts in the reader's language already.
Deliberately absent: how any of it looks.
"""

from dataclasses import dataclass
from typing import Literal

from ledger.words import Language
from projections.reports.entries import TELLING, Cited

Kind = Literal["scored", "unassessed", "at_risk", "lost", "unearned"]
State = Literal["met", "lost", "gained", "open", "waived"]
Fold = Literal["spent", "open", "waived", "met"]
FOLDS: tuple[Fold, ...] = ("spent", "open", "waived", "met")
CROWD = 6
"""So many of a kind are told one by one."""


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
        for kind in FOLDS:
            entries = tuple(entry for entry in self.entries if entry.fold == kind)
            if len(entries) > (CROWD if kind in ("open", "waived") else 0):
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
