"""What a replay answers, as a typed tree: an answer of branches of sections of items of clauses; and what
new events change, the difference of two replays clause by clause.

In: what a fold comes to. Out: the one value that JSON, tables, sheets, explanations, comparisons and
certificates are made of. Points are whole hundredths everywhere; nothing is a text that must be parsed back.
Deliberately absent: words (titles stand in the rubric, sentences in `projections.text`); how an impact is
found (`impact`).

The tree runs parallel to the rubric: `zip(branch.sections, rubric.sections)`, and so on down, meets the same
section, item and clause.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from projections.engine.entries import Entry, Obligation
from projections.engine.periods import Period
from rubrics.model import Rubric
from rubrics.numbers import Text

Assessor = Literal["self", "superior", "department"]
ASSESSORS: tuple[Assessor, ...] = ("self", "superior", "department")
"""Who may judge a clause, the least first."""
Why = Literal[
    "cap", "full", "floor", "short", "founding", "roster", "exempt", "period", "judged", "waived", "other"
]
"""Why an event that a clause's rules match moved no points of it.

cap: the clause, item or section gives no more; full: nothing was lost that it could win back (what was asked
is met already); floor: the clause has nothing left to lose; short: too little, or too late, to count;
founding: it lies before the day from which the branch owes; roster: the member is not on the roster; exempt:
the member is exempt; period: it stands in no window of the period; judged: a judgement stands; waived: the
clause is waived; other.
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The latest judgement of one assessor: points in hundredths, its day, the id of its event, its note."""

    assessor: Assessor
    points: int
    day: date
    event: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What one source of a graded criterion came to: voices a grade, their mean in hundredths, its weight."""

    name: str
    voices: Mapping[str, int]
    value: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Grade:
    """The value of a graded criterion, unrounded, in hundredths; the tallies behind it, and the last one's
    day."""

    value: Fraction
    events: tuple[str, ...]
    day: date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ClauseScore:
    """A clause: what it scores, what the rules came to, what people judged.

    `score` stands; `computed` is what the rules came to, clipped; `unclipped` the same before the clip (start
    and sum of the entries' points). `self_`, `superior`, `department` are the columns; `standing` the one of
    them that stands over the rules, None where none does. `at_risk`: what it would still lose if nothing more
    came. `unassessed`: the points of an assessed clause that nobody judged. `owed`: whether the period asked
    for anything. `waived`: an assessed clause that was waived. `grade` and `value`: of a graded criterion,
    unrounded; `value` is None while nobody judged it. `entries` are in the order in which they are told,
    judgements last; empty where the replay was not asked to explain.
    """

    id: str
    points: int
    score: int
    computed: int
    unclipped: int
    at_risk: int
    unassessed: int
    owed: bool
    self_: Judgement | None = None
    superior: Judgement | None = None
    department: Judgement | None = None
    standing: Judgement | None = None
    waived: bool = False
    grade: Grade | None = None
    value: Fraction | None = None
    entries: tuple[Entry, ...] = ()

    def judged_by(self, assessor: Assessor) -> Judgement | None:
        """Return the judgement of one assessor."""
        if assessor == "self":
            return self.self_
        return self.superior if assessor == "superior" else self.department


@dataclass(frozen=True, slots=True)
class ItemScore:
    """An item. `unclipped`: the sum of its clauses before the item's own bounds; on the scale of 100 in a
    form of means. `in_play`: its points that the period asked for.
    """

    id: str
    points: int
    score: int
    unclipped: int
    at_risk: int
    unassessed: int
    in_play: int
    clauses: tuple[ClauseScore, ...]


@dataclass(frozen=True, slots=True)
class SectionScore:
    """A section. `unclipped`: the sum of its items, before the cap of a bonus section."""

    id: str
    points: int
    bonus: bool
    score: int
    unclipped: int
    in_play: int
    items: tuple[ItemScore, ...]


@dataclass(frozen=True, slots=True)
class BranchScore:
    """All that a replay answers about one branch.

    `grade` is the band's, or the veto's; None where the form has none. `veto` lists the entries that caused a
    veto. `rank` is the place among the branches replayed together, 0 while it is not known (branches come one
    by one). `adopted_on`, `owed_from`, `dissolved_on`: the adoption of this form that the replay goes by, the
    day from which it lets windows be owed, and the dissolution. `before_adoption`: hundredths (≥ 0) that
    windows due before `adopted_on` cost.
    """

    branch: str
    total: int
    base: int
    bonus: int
    at_risk: int
    unassessed: int
    in_play: int
    grade: Text | None
    veto: tuple[Entry, ...]
    sections: tuple[SectionScore, ...]
    rank: int = 0
    adopted_on: date | None = None
    owed_from: date | None = None
    dissolved_on: date | None = None
    before_adoption: int = 0
    judged_elsewhere: tuple[str, ...] = ()

    @property
    def vetoed(self) -> bool:
        """Whether a veto leaves the branch unrated."""
        return bool(self.veto)

    def items(self) -> Iterator[ItemScore]:
        """Every item, in the form's order."""
        for section in self.sections:
            yield from section.items

    def clauses(self) -> Iterator[ClauseScore]:
        """Every clause, in the form's order."""
        for item in self.items():
            yield from item.clauses

    def clause(self, clause_id: str) -> ClauseScore:
        """Return the clause of that id. Raises KeyError where the form has none."""
        for found in self.clauses():
            if found.id == clause_id:
                return found
        raise KeyError(clause_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a replay: what was asked, and the branches in order of code, each with its rank.

    `position`: the last position of the prefix that was replayed.
    """

    rubric: Rubric
    period: Period
    on: date
    position: int
    explain: bool
    scores: tuple[BranchScore, ...]

    def branch(self, code: str) -> BranchScore:
        """Return the score of a branch. Raises KeyError where it was not replayed."""
        for score in self.scores:
            if score.branch == code:
                return score
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Impact:
    """A clause of one rubric year of one branch that new events move, or whose rules match them.

    `period` is the rubric year's name. `before`, `after`: the branch's total, `score_before`, `score_after`
    the clause's score, as of today, in hundredths. `met`: obligations that became met or late by the events;
    `unmet` the reverse. `why` is None where the clause's score moved. `events`: ids of those of the events
    that the clause's rules match, empty where it moved by others (a member who joined).
    """

    branch: str
    rubric: str
    period: str
    clause: str
    before: int
    after: int
    score_before: int
    score_after: int
    met: tuple[Obligation, ...]
    unmet: tuple[Obligation, ...]
    why: Why | None
    events: tuple[str, ...] = ()
