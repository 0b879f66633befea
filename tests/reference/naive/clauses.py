"""One clause of one branch: its entries, its score, what is at risk.

In: a replay, a branch, a clause. Out: a `ClauseScore`. Deliberately absent: items, sections, totals.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from rubrics import rules as kinds
from rubrics.model import Clause
from rubrics.numbers import print_points
from rubrics.rules import Rule
from tests.reference.naive.entries import Entry, State, in_order, points_of, printed, rounded, waived
from tests.reference.naive.judgements import Judgement, Waiver, graded, judged, waivers
from tests.reference.naive.kinds.answers import deadline, streak, submission
from tests.reference.naive.kinds.events import excess, none_of, rank, tally, threshold_per_event
from tests.reference.naive.kinds.windows import checklist, dues, quota, threshold_over_windows
from tests.reference.naive.roster import Replay

ALWAYS_IN_PLAY = (kinds.Tally, kinds.NoneOf, kinds.Streak, kinds.Rank, kinds.Assessed, kinds.Graded)


@dataclass(frozen=True)
class ClauseScore:
    """All that a replay answers about a clause; points in hundredths.

    `full`: whether points are lost from it (rather than gained up to it). `value`: the exact score of a
    graded criterion; None where nobody judged it, and in all other clauses.
    """

    clause: Clause
    full: bool
    score: int
    computed: int
    self_: Judgement | None
    superior: Judgement | None
    department: Judgement | None
    at_risk: int
    unassessed: int
    owed: bool
    value: Fraction | None
    entries: list[dict[str, Any]]

    def printed(self) -> dict[str, Any]:
        columns = {"self": self.self_, "superior": self.superior, "department": self.department}
        return {
            "id": self.clause.id,
            "points": print_points(self.clause.points),
            "score": print_points(self.score),
            "computed": print_points(self.computed),
            **{name: print_points(said.points) if said else None for name, said in columns.items()},
            "at_risk": print_points(self.at_risk),
            "unassessed": print_points(self.unassessed),
            "owed": self.owed,
            "entries": self.entries,
        }


def entries_of(replay: Replay, branch: str, rule: Rule, waived_days: list[Waiver]) -> Iterator[Entry]:
    """What one rule finds."""
    match rule:
        case kinds.Quota():
            yield from quota(replay, branch, rule)
        case kinds.NoneOf():
            yield from none_of(replay, branch, rule)
        case kinds.Tally():
            yield from tally(replay, branch, rule, lambda day: any(w.covers(day) for w in waived_days))
        case kinds.Deadline():
            yield from deadline(replay, branch, rule)
        case kinds.Dues():
            yield from dues(replay, branch, rule)
        case kinds.Submission():
            yield from submission(replay, branch, rule)
        case kinds.Threshold(per="event"):
            yield from threshold_per_event(replay, branch, rule)
        case kinds.Threshold():
            yield from threshold_over_windows(replay, branch, rule)
        case kinds.Excess():
            yield from excess(replay, branch, rule)
        case kinds.Rank():
            yield from rank(replay, branch, rule)
        case kinds.Checklist():
            yield from checklist(replay, branch, rule)
        case kinds.Streak():
            yield from streak(replay, branch, rule)


def found_entries(replay: Replay, branch: str, clause: Clause, waived_days: list[Waiver]) -> list[Entry]:
    """What all rules of the clause find, in order; what the superior waived is no loss."""
    found = []
    for number, rule in enumerate(clause.rules):
        for entry in entries_of(replay, branch, rule, waived_days):
            placed = replace(entry, rule=number, advisory=rule.advisory)
            taken = placed.state in {"lost", "open"} and any(waiver.takes(placed) for waiver in waived_days)
            found.append(waived(placed) if taken else placed)
    return in_order(found)


def score_clause(replay: Replay, branch: str, clause: Clause) -> ClauseScore:
    waived_days = waivers(replay, branch, clause)
    entries = found_entries(replay, branch, clause, waived_days)
    by_self = judged(replay, branch, clause, "self")
    superior = judged(replay, branch, clause, "superior")
    department = judged(replay, branch, clause, "department")
    standing = department or superior or (by_self if clause.assessed else None)

    full = clause.start == "full"
    counts_full = False
    unassessed = 0
    value = None
    if clause.assessed:
        full = replay.rubric.unassessed == "full"
        covering = [waiver for waiver in waived_days if waiver.covers(replay.period.end)]
        if standing is None and covering:
            # It comes out full; what no clause of the item can take away is what it was.
            counts_full = True
            entries.append(Entry("waived", replay.period.end, "waived", events=(covering[0].fact,)))
        elif standing is None:
            unassessed = clause.points
    if clause.graded:
        full = False
        assert replay.rubric.grades is not None
        grade = graded(replay, branch, clause, replay.rubric.grades)
        if grade is not None:
            value = grade.value
            day = max(fact.day for fact in grade.tallies)
            entries.append(Entry("gained", day, "graded", price=rounded(value * 100), events=grade.tallies))
        if standing is not None:
            value = Fraction(standing.points, 100)
        unassessed = 0 if value is not None else 10000

    start = clause.points if full or counts_full else 0
    points = points_of(entries, clause.points)
    most = 10000 if clause.graded else clause.points
    reached = start + sum(points)
    computed = min(max(reached, 0), most)
    if_nothing_came = min(max(start + sum(points_of(entries, clause.points, open_too=True)), 0), most)
    score, at_risk = computed, computed - if_nothing_came
    lines = list(zip(entries, points, strict=True))
    if standing is not None:
        score, at_risk = standing.points, 0
        difference = standing.points - reached
        state: State = "gained" if difference >= 0 else "lost"
        fact = standing.fact
        judgement = Entry(state, fact.day, "assessed", events=(fact,))
        lines.append((judgement, difference))
    always = any(isinstance(rule, ALWAYS_IN_PLAY) and not rule.advisory for rule in clause.rules)
    return ClauseScore(
        clause=clause,
        full=full,
        score=score,
        computed=computed,
        self_=by_self,
        superior=superior,
        department=department,
        at_risk=at_risk,
        unassessed=unassessed,
        owed=always or any(not entry.advisory and entry.state != "waived" for entry, _ in lines),
        value=value,
        entries=[printed(entry, moved) for entry, moved in lines],
    )
