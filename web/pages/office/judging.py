"""What there is to judge, and what was judged: a row a clause and branch; how much by hand, how much of it
is left, where next; from what was typed to judgements on record, all or none.

In: scores, a form, an assessor; rows with points and notes. Out: rows, counts by clause, sentences; one
judgement for each row that has points, or what is wrong, row by row. Deliberately absent: passing over
another's newer judgement unseen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import Refused
from ledger.events import Event, parse_event
from ledger.intake.batch import Outcome
from ledger.problems import Problem
from ledger.words import Words
from projections.engine.results import Assessor, BranchScore, ClauseScore
from rubrics.model import Rubric
from web.forms import without_place
from web.pages.office.scope import Asked
from web.pages.saying import Entered, ImpactLine, impact_lines
from web.request.asked import Ask, address

if TYPE_CHECKING:
    from ledger.store.codec import Recorded


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
    stands: str = ""


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


def take_typed(ask: Ask, rows: list[Judged]) -> None:
    """Put what was typed into its rows, with the newer judgement of whom it would pass over."""
    for row in rows:
        row.points = ask.form.text(f"points.{row.key}")
        row.note = ask.form.text(f"note.{row.key}")
        known = ask.form.text(f"seen.{row.key}")
        if row.points and known != row.seen:
            row.newer = row.stands


def would_move(ask: Ask, outcomes: Sequence[Outcome]) -> list[ImpactLine]:
    """Return what judgements that were only tried would move, branch by branch."""
    by_branch: dict[str, list[Recorded]] = {}
    for outcome in outcomes:
        by_branch.setdefault(outcome.recorded.branch, []).append(outcome.recorded)
    return [line for events in by_branch.values() for line in impact_lines(ask, ask.desk.impact_of(events))]


def record(ask: Ask, asked: Asked, rows: list[Judged], assessor: str) -> list[Outcome]:
    """Record what was typed, or only try. Raises Refused, also where somebody judged meanwhile unseen."""
    problems: list[Problem] = []
    events: list[Event] = []
    places: list[int] = []
    for at, row in enumerate(rows):
        if not row.points:
            if row.note:
                hint = Words("请填评分，或清空备注", "Give the points, or clear the note")
                problems.append(
                    Problem(
                        Words("只有备注，没有评分", "has a note and no points"), "points", hint=hint, line=at
                    )
                )
            continue
        if row.newer:
            words = Words(f"其间已有新的评分 {row.newer}", f"was judged meanwhile: {row.newer}")
            hint = Words("看过后仍要改，请再保存一次", "Save once more to pass over it")
            problems.append(Problem(words, "points", hint=hint, line=at))
            continue
        try:
            events.append(_event(ask, asked, row, assessor))
            places.append(at)
        except Refused as refused:
            problems += [Problem(p.expected, p.field, p.found, p.hint, line=at) for p in refused.problems]
    if problems:
        raise Refused(problems)
    if not events:
        return []
    try:
        return ask.desk.record(events, trial=not ask.saves)
    except Refused as refused:
        raise Refused(
            [
                Problem(p.expected, p.field, p.found, p.hint, line=places[(p.line or 1) - 1])
                for p in refused.problems
            ]
        ) from None


def _event(ask: Ask, asked: Asked, row: Judged, assessor: str) -> Event:
    code = row.key.removesuffix(f".{row.clause}")
    data: dict[str, object] = {
        "rubric": asked.plan.rubric.id,
        "clause": row.clause,
        "assessor": assessor,
        "points": row.points,
        "period": asked.period.name,
        "note": row.note or None,
    }
    return parse_event(
        {
            "branch": code,
            "type": "clause_assessed",
            "occurred_on": ask.today.isoformat(),
            "recorded_by": ask.actor.code,
            "data": data,
        }
    )


def tell(ask: Ask, rows: list[Judged], refused: Refused) -> list[str]:
    """Put each problem into its row; return the sentences of a summary."""
    told = []
    for problem in refused.problems:
        said = without_place(problem, ask.language)
        if problem.line is not None:
            rows[problem.line].problem = said
            row = rows[problem.line]
            said = f"{row.branch} {row.clause}：{said}"
        told.append(said)
    return told
