"""One clause of one branch: its rules' entries, priced, and what stands in the end.

In: a branch, the number of a clause. Out: a `ClauseScore`, and the entries that make it. Deliberately absent:
items, sections, totals.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from projections.engine.branch import Branch
from projections.engine.entries import Entry, State
from projections.engine.plan import ALWAYS_IN_PLAY, Plan, PlannedRule
from projections.engine.results import ASSESSORS, Assessor, ClauseScore, Grade, Judgement
from projections.engine.rules import EVALUATORS, Evaluator
from projections.engine.rules.events import tallied
from projections.engine.scoring.judgements import (
    Waiver,
    apply_waivers,
    read_assessments,
    read_grades,
    read_waivers,
)
from projections.engine.scoring.prices import price, told_order
from rubrics.rules import Rule, Tally, Threshold

WHOLE = 10_000
"""The scale of 100, in hundredths."""
NONE: tuple[Waiver, ...] = ()


Evaluated = tuple[Evaluator, PlannedRule, int | None]
"""What makes the entries of a rule, the rule, and the criterion without whose events it makes none."""
ON_EVENTS = {"tally": "events", "none_of": "events", "excess": "events", "deadline": "trigger"}
"""Rule kinds that say nothing where what they look for did not happen, and the part that tells."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of a clause before anything happened; points in hundredths.

    `start`: where it starts; `earns`: whether points are gained rather than lost; `always`: whether it is in
    play in every period. `rules`: what makes its entries. `waits_for`: the criteria without whose events none
    of its rules that move points says anything; None where one speaks of what did not happen, or people give
    grades. `plain`: every entry has its own price, whatever the others are. `tallies`: its rules are plain
    tallies, or advisory.
    """

    id: str
    points: int
    start: int
    earns: bool
    assessed: bool
    graded: bool
    always: bool
    rules: tuple[Evaluated, ...]
    waits_for: frozenset[int] | None = None
    plain: bool = False
    tallies: tuple[tuple[PlannedRule, Tally], ...] = ()


@lru_cache(maxsize=16)
def terms_of(plan: Plan) -> tuple[Terms, ...]:
    """Return the terms of every clause of a plan."""
    found = []
    for clause, rules in zip(plan.clauses, plan.rules_of, strict=True):
        earns = plan.start(clause) == "zero"
        making = evaluated(rules)
        found.append(
            Terms(
                clause.id,
                clause.points,
                0 if earns else clause.points,
                earns,
                clause.assessed,
                clause.graded,
                any(p.rule.kind in ALWAYS_IN_PLAY and not p.advisory for p in rules),
                making,
                None if clause.graded else _waits_for([e for e in making if not e[1].advisory]),
                plain := all(charge.plain for planned in rules for charge in planned.charges),
                _tallies(making) if plain else (),
            )
        )
    return tuple(found)


def _tallies(rules: Sequence[Evaluated]) -> tuple[tuple[PlannedRule, Tally], ...]:
    """Return the rules that move points where all of those are tallies; else none."""
    moving = [planned for _, planned, _ in rules if not planned.advisory]
    found = tuple((planned, planned.rule) for planned in moving if isinstance(planned.rule, Tally))
    return found if len(found) == len(moving) else ()


def _waits_for(rules: Sequence[Evaluated]) -> frozenset[int] | None:
    criteria = [criterion for _, _, criterion in rules]
    return None if None in criteria else frozenset(c for c in criteria if c is not None)


def evaluated(rules: Sequence[PlannedRule]) -> tuple[Evaluated, ...]:
    """Pair the rules with what makes their entries; judgements make none."""
    return tuple(
        (EVALUATORS[p.rule.kind], p, p.criteria.get(_awaited_part(p.rule)))
        for p in rules
        if p.rule.kind in EVALUATORS
    )


def _awaited_part(rule: Rule) -> str:
    if isinstance(rule, Threshold) and rule.per == "event":
        return "events"
    return ON_EVENTS.get(rule.kind, "")


@dataclass(frozen=True, slots=True)
class Judged:
    """What people decided about the clauses of one branch.

    `clauses`: those that somebody assessed.
    """

    assessments: Mapping[tuple[int, Assessor], Judgement]
    waivers: Mapping[int, Sequence[Waiver]]
    grades: Mapping[int, Grade]
    clauses: frozenset[int]


def read_judged(branch: Branch) -> Judged:
    """Read the assessments, waivers and grades of a branch."""
    found = read_assessments(branch), read_waivers(branch), read_grades(branch)
    clauses = frozenset(number for number, _ in found[0])
    return Judged(*found, clauses)


def find_entries(branch: Branch, rules: Sequence[Evaluated], waivers: Sequence[Waiver]) -> list[Entry]:
    """Evaluate the rules of one clause, and apply its waivers; entries have no price yet."""
    entries: list[Entry] = []
    advisory, found = branch.frame.advisory, branch.found
    for evaluate, planned, criterion in rules:
        if (criterion is None or found[criterion]) and (advisory or not planned.advisory):
            entries += evaluate(branch, planned, planned.rule)
    if waivers:
        apply_waivers(entries, waivers, explain=branch.frame.explain)
    return entries


class ClauseScorer:
    """Scores the clauses of a plan; keeps what is alike between branches, which most clauses are."""

    def __init__(self, plan: Plan) -> None:
        self.terms = terms_of(plan)
        self._alike: dict[tuple[int, int, int, bool], ClauseScore] = {}
        self.alike: set[int] = set()
        """The `id`s of the scores that are shared."""
        self._untouched = [self._as_computed(n, 0, 0, owed=t.always) for n, t in enumerate(self.terms)]

    def scores(self, branch: Branch, judged: Judged) -> Iterator[tuple[ClauseScore, Collection[Entry]]]:
        """Score every clause, in the form's order; the entries of its rules beside it.

        Where only sums are asked for, a clause that waits for events and had none, and that nobody decided
        anything about, is what it is for every branch.
        """
        lean, happened = branch.frame.lean, branch.happened
        for number, terms in enumerate(self.terms):
            if (
                lean
                and terms.waits_for is not None
                and terms.waits_for.isdisjoint(happened)
                and number not in judged.clauses
                and number not in judged.waivers
            ):
                yield self._untouched[number], ()
            else:
                yield self.score(branch, number, judged)

    def score(self, branch: Branch, number: int, judged: Judged) -> tuple[ClauseScore, Collection[Entry]]:
        """Score one clause; the entries of its rules beside it."""
        terms = self.terms[number]
        waivers = judged.waivers.get(number, NONE) if judged.waivers else NONE
        owed, points, risk = terms.always, 0, 0
        entries: list[Entry] = []
        if terms.tallies and branch.sums_only:
            points = sum([tallied(branch, planned, rule) for planned, rule in terms.tallies])
        elif terms.rules:
            entries = find_entries(branch, terms.rules, waivers)
        if entries:
            entries = price(entries, in_order=not branch.frame.lean, plain=terms.plain)
            for entry in entries:
                points += entry.points
                risk += entry.risk
                owed = owed or not (entry.advisory or entry.state == "waived")
        columns: Sequence[Judgement | None] = NOBODY
        if number in judged.clauses:
            columns = [judged.assessments.get((number, who)) for who in ASSESSORS]
        explain = branch.frame.explain
        alike = not explain and not terms.graded and not (waivers and terms.assessed)
        if alike and not any(columns):
            return self._as_computed(number, points, risk, owed=owed), entries
        score = self._judged(branch, number, judged, columns, points, risk, owed=owed)
        if explain:
            told = [*sorted(entries, key=told_order), *_judgement_entries(branch, number, score, waivers)]
            score = replace(score, entries=tuple(told))
        return score, entries

    def _as_computed(self, number: int, points: int, risk: int, *, owed: bool) -> ClauseScore:
        """Return the score of a clause that nobody judged, made once for all who came to the same."""
        key = (number, points, risk, owed)
        found = self._alike.get(key)
        if found is None:
            terms = self.terms[number]
            unclipped = terms.start + points
            computed = _clip(unclipped, terms.points)
            found = self._alike[key] = ClauseScore(
                terms.id, terms.points, computed, computed, unclipped,
                computed - _clip(unclipped + risk, terms.points),
                terms.points if terms.assessed else 0, owed,
            )  # fmt: skip
            self.alike.add(id(found))
        return found

    def _judged(
        self,
        branch: Branch,
        number: int,
        judged: Judged,
        columns: Sequence[Judgement | None],
        points: int,
        risk: int,
        *,
        owed: bool,
    ) -> ClauseScore:
        terms = self.terms[number]
        by_self, superior, department = columns
        standing = department or superior or (by_self if terms.assessed else None)
        if terms.graded:
            return _graded(terms, judged.grades.get(number), columns)
        covered = terms.assessed and any(
            w.first <= branch.frame.end <= w.last for w in judged.waivers.get(number, NONE)
        )
        waived = covered and standing is None
        unclipped = (terms.points if waived else terms.start) + points
        computed = _clip(unclipped, terms.points)
        unassessed = terms.points if terms.assessed and not waived and standing is None else 0
        at_risk = 0 if standing else computed - _clip(unclipped + risk, terms.points)
        return ClauseScore(
            terms.id, terms.points, standing.points if standing else computed, computed, unclipped, at_risk,
            unassessed, owed or standing is not None, by_self, superior, department, standing, waived,
        )  # fmt: skip


NOBODY: tuple[Judgement | None, ...] = (None, None, None)


def _clip(points: int, top: int) -> int:
    return 0 if points < 0 else min(points, top)


def half_up(value: Fraction | None) -> int:
    """Round half up to a whole number; 0 for nothing."""
    return 0 if value is None else int((value * 2 + 1) // 2)


def _graded(terms: Terms, grade: Grade | None, columns: Sequence[Judgement | None]) -> ClauseScore:
    """Score a criterion on the scale of 100: the judgement that stands, else the grade."""
    by_self, superior, department = columns
    standing = department or superior
    value = Fraction(standing.points) if standing else grade.value if grade else None
    computed = half_up(grade.value if grade else None)
    return ClauseScore(
        terms.id, terms.points, half_up(value), computed, computed, 0, WHOLE if value is None else 0, True,
        by_self, superior, department, standing, False, grade, value,
    )  # fmt: skip


def _judgement_entries(
    branch: Branch, number: int, score: ClauseScore, waivers: Sequence[Waiver]
) -> list[Entry]:
    """Return what judgements add to the entries: a grade, the difference of a standing one, a waived one."""
    found = []
    if score.grade is not None:
        day = score.grade.day.toordinal()
        found.append(_plain(number, "gained", half_up(score.grade.value), "graded", day, score.grade.events))
    standing = score.standing
    if standing is not None:
        moved = standing.points - score.unclipped
        state: State = "gained" if moved >= 0 else "lost"
        cause, day = f"assessed:{standing.assessor}", standing.day.toordinal()
        found.append(_plain(number, state, moved, cause, day, (standing.event,)))
    elif score.waived:
        end = branch.frame.end
        event = next(w.event for w in waivers if w.first <= end <= w.last)
        found.append(_plain(number, "waived", 0, "assessed:waived", end, (event,)))
    return found


def _plain(clause: int, state: State, points: int, cause: str, day: int, events: tuple[str, ...]) -> Entry:
    return Entry(clause, None, state, cause, day, points=points, events=events, began=day)
