"""What there is to judge: a row a clause and branch; how much by hand, how much of it is left, where next.

In: scores, a form, an assessor. Out: rows, counts by clause, sentences. Deliberately absent: recording.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.words import Words
from projections.engine.results import Assessor, BranchScore, ClauseScore
from rubrics.model import Rubric
from web.pages.saying import Entered
from web.request.asked import Ask, address


@dataclass(slots=True)
class Judged:
    """One clause of one branch: what stands, what is typed.

    `unjudged`: what is counted while nobody has judged a clause that is judged by hand; empty for all others.
    `computed`: what the log comes to; empty for what it does not compute.
    """

    key: str
    branch: str
    clause: str
    full: str
    computed: str
    unjudged: str
    waived: bool
    judgements: Sequence[tuple[str, str, str]]
    entries: Sequence[Entered]
    bound: str
    seen: str
    score: str
    what: str = ""
    left: bool = False
    points: str = ""
    note: str = ""
    problem: str = ""
    newer: str = ""
    stands: str = field(default="")


class Place(NamedTuple):
    """What is judged: one clause over all branches, or one branch over all clauses, or a clause of a branch;
    `left`: only what the assessor has not judged yet."""

    clause: str
    branch: str
    assessor: Assessor
    left: bool

    def address(self, ask: Ask, rubric: str, period: str, **more: str) -> str:
        """Return where it is judged."""
        kept = {"clause": self.clause, "branch": self.branch, "as": self.assessor}
        return address(
            "o", ask.branch, "assess", rubric, period, **kept, **more, left="1" if self.left else None
        )


class Count(NamedTuple):
    """Places of a form, a clause of a branch each, that are judged by hand, and those judged already."""

    asked: int
    judged: int

    @property
    def left(self) -> int:
        """Those that nobody judged yet as this assessor."""
        return self.asked - self.judged

    def plus(self, other: "Count") -> "Count":
        """Return both together."""
        return Count(self.asked + other.asked, self.judged + other.judged)


def by_hand(rubric: Rubric) -> frozenset[str]:
    """Return the ids of the clauses whose points a person gives."""
    return frozenset(clause.id for clause in rubric.clauses() if clause.assessed)


def is_left(clause: ClauseScore, hand: frozenset[str], assessor: Assessor) -> bool:
    """Whether a clause is judged by hand, and not yet as this assessor; what was waived is not judged."""
    return clause.id in hand and not clause.waived and clause.judged_by(assessor) is None


def counts(scores: Iterable[BranchScore], hand: frozenset[str], assessor: Assessor) -> dict[str, Count]:
    """Count by clause, in the form's order, what is judged by hand in some branches."""
    found: dict[str, Count] = {}
    for score in scores:
        for clause in score.clauses():
            if clause.id in hand and not clause.waived:
                here = Count(1, int(not is_left(clause, hand, assessor)))
                found[clause.id] = found.get(clause.id, Count(0, 0)).plus(here)
    return found


def total(found: Mapping[str, Count]) -> Count:
    """Return the counts of all clauses together."""
    whole = Count(0, 0)
    for one in found.values():
        whole = whole.plus(one)
    return whole


def counted_words(count: Count, whom: Words) -> Words:
    """Say how much there is to judge by hand, how much was judged, how much is left."""
    if not count.asked:
        return Words(
            "本细则在这里没有须人工评分的条款；按记录计算的条款也可以评，评了以评分为准。",
            "Nothing here is judged by hand. What the log computes may be judged all the same: then the "
            "judgement stands.",
        )
    return Words(
        f"须人工评分 {count.asked} 处：{whom.zh}已评 {count.judged} 处，还剩 {count.left} 处。",
        f"To be judged by hand: {count.asked}. Judged ({whom.en}): {count.judged}. Left: {count.left}.",
    )


def next_left(found: Mapping[str, Count], ids: Sequence[str], after: str) -> str | None:
    """Return the next clause of which something is left, from the one after on, round to the first; None
    where nothing else is."""
    at = ids.index(after) + 1
    return next((one for one in (*ids[at:], *ids[: at - 1]) if one in found and found[one].left), None)
