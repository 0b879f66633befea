"""A rubric made ready for replay: its rules by kind, what each asks of the log, what each charges.

In: a `Rubric`. Out: a `Plan` of flat, numbered tables, so that the rules of one kind are evaluated together.
Deliberately absent: events, periods, branches.

An ask is a set of matches that one rule looks for (its events, its trigger, its response). A charge is one
price of one rule: most rules have one, dues have two (late, and short or missing).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from projections.asks import types_looked_for, wants
from projections.conditions import any_match
from rubrics.matching import Match, Shortfall
from rubrics.model import Clause, Rubric
from rubrics.rules import (
    Deadline,
    Dues,
    Excess,
    Quota,
    Rank,
    Rule,
    Streak,
    Submission,
    Tally,
    Threshold,
)

ALWAYS_IN_PLAY = frozenset({"tally", "none_of", "streak", "rank", "assessed", "graded"})
"""Rule kinds that are in play in every period, whatever happened."""

ROSTER_TYPES = frozenset({"member_joined", "member_left", "member_transferred", "role_assigned"})


@dataclass(frozen=True, slots=True)
class Ask:
    """A set of matches that one rule looks for, and the expression that is true on their rows.

    `host` is the host where a match names none.
    """

    index: int
    matches: tuple[Match, ...]
    host: str
    expr: pl.Expr


@dataclass(frozen=True, slots=True)
class Charge:
    """One price of one rule. `clause` is -1 for a rule of the rubric itself; points in hundredths.

    `single`: of the entries that no waiver takes only the first counts. `shares`: what the rule requires
    is part of the clause's proportional sum.
    """

    index: int
    rule: int
    clause: int
    order: int
    mode: str
    price: int
    cap: int
    advisory: bool
    single: bool
    shares: bool


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """A rule with its place in the clause, the numbers of its asks, and of its charges."""

    index: int
    clause: int
    order: int
    rule: Rule
    asks: Mapping[str, Ask]
    charges: tuple[Charge, ...]


class Plan:
    """A rubric as numbered clauses, rules, asks and charges."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.clauses: tuple[Clause, ...] = tuple(rubric.clauses())
        self.asks: list[Ask] = []
        self.charges: list[Charge] = []
        self.rules: list[PlannedRule] = []
        self._tables: dict[Callable[[Plan], pl.DataFrame], pl.DataFrame] = {}
        for number, clause in enumerate(self.clauses):
            for order, rule in enumerate(clause.rules):
                self._add(rule, number, order, clause.points)
        for order, rule in enumerate(rubric.rules):
            self._add(rule, -1, order, 0)
        self.veto = self._ask(rubric.veto.events, "any") if rubric.veto else None

    def table(self, build: Callable[["Plan"], pl.DataFrame]) -> pl.DataFrame:
        """Build a table of this plan, or return the one that was built before."""
        if build not in self._tables:
            self._tables[build] = build(self)
        return self._tables[build]

    def _ask(self, matches: tuple[Match, ...], host: str) -> Ask:
        ask = Ask(len(self.asks), matches, host, any_match(matches, host))
        self.asks.append(ask)
        return ask

    def _add(self, rule: Rule, clause: int, order: int, cap: int) -> None:
        index = len(self.rules)
        charges = []
        shortfalls = _shortfalls(rule)
        for shortfall in shortfalls:
            charge = Charge(
                len(self.charges),
                index,
                clause,
                order,
                shortfall.mode,
                shortfall.points,
                cap,
                rule.advisory,
                single=isinstance(rule, Tally) and rule.once,
                shares=any(s.mode == "proportional" for s in shortfalls),
            )
            charges.append(charge)
            self.charges.append(charge)
        asks = {want.part: self._ask(want.matches, want.host) for want in wants(rule)}
        self.rules.append(PlannedRule(index, clause, order, rule, asks, tuple(charges)))

    def of_kind(self, kind: str, *, advisory: bool) -> list[PlannedRule]:
        """Return the rules of one kind, advisory ones among them only where asked for."""
        return [r for r in self.rules if r.rule.kind == kind and (advisory or not r.rule.advisory)]

    def start(self, clause: Clause) -> str:
        """Return from where a clause starts; a judged one from its presumption, whatever its file says."""
        if clause.assessed:
            return "full" if self.rubric.unassessed == "full" else "zero"
        return "zero" if clause.graded else clause.start

    @cached_property
    def needs_roster(self) -> bool:
        """Whether a rule looks at every member."""
        return any(
            isinstance(r.rule, Dues) or (isinstance(r.rule, Quota) and r.rule.each == "member")
            for r in self.rules
        )

    @cached_property
    def needs_siblings(self) -> bool:
        """Whether a rule compares the branch with others of the same parent."""
        return any(isinstance(r.rule, Rank) for r in self.rules)

    @cached_property
    def needs_subordinates(self) -> bool:
        """Whether a rule looks at every subordinate."""
        return any(isinstance(r.rule, Quota) and r.rule.each == "subordinate" for r in self.rules)

    @cached_property
    def types(self) -> frozenset[str]:
        """Every event type that a replay of this rubric looks at."""
        types = {"branch_registered", "clause_assessed", "clause_waived", "grades_tallied"}
        if self.veto is not None:
            types |= {match.type for match in self.veto.matches}
        if self.needs_roster:
            types |= ROSTER_TYPES | {"member_exempted"}
        for planned in self.rules:
            types |= types_looked_for(planned.rule)
        return frozenset(types)

    @cached_property
    def fields(self) -> frozenset[str]:
        """Every payload field that a replay of this rubric looks at."""
        fields = {"parent", "organization", "host", "conforming"}
        fields |= {"rubric", "clause", "assessor", "points", "period", "until", "source"}
        fields |= {"excellent", "good", "fair", "poor", "count"}
        for ask in self.asks:
            for match in ask.matches:
                fields |= set(match.where)
        if self.needs_roster:
            fields |= {"member", "direction", "role", "duty"}
        for planned in self.rules:
            fields |= _fields(planned.rule)
        return frozenset(fields)


def _shortfalls(rule: Rule) -> tuple[Shortfall, ...]:
    """Return what a rule can charge: rules that carry their own points charge them as given."""
    if isinstance(rule, Dues):
        return rule.late, rule.short
    if isinstance(rule, Tally | Submission | Excess | Rank):
        return (Shortfall.model_construct(mode="each", points=0),)
    shortfall = getattr(rule, "shortfall", None)
    return (shortfall,) if isinstance(shortfall, Shortfall) else ()


def _fields(rule: Rule) -> set[str]:
    fields: set[str | None] = set()
    if isinstance(rule, Quota):
        fields = {rule.window_from, "member" if rule.each == "member" else None}
        if rule.measure:
            fields |= {rule.measure.sum, rule.measure.distinct}
    elif isinstance(rule, Tally):
        fields = {rule.times, rule.distinct, rule.factor.by if rule.factor else None}
        fields |= {None if isinstance(rule.points, int) else rule.points.by}
    elif isinstance(rule, Deadline):
        fields = {rule.match, "years", "member"}
    elif isinstance(rule, Dues):
        fields = {"member", "month", "amount", "due"}
    elif isinstance(rule, Submission):
        fields = {"ref", "due_on"}
    elif isinstance(rule, Threshold):
        fields = {"metric", "value"}
        if rule.ratio:
            fields = {rule.ratio.of, rule.ratio.to, rule.ratio.less}
    elif isinstance(rule, Excess):
        fields = {rule.of, rule.over}
    elif isinstance(rule, Rank):
        fields = {"metric", "value", "round"}
    elif isinstance(rule, Streak):
        fields = {"on_leave", "member"}
    elif rule.kind == "checklist":
        fields = {"checklist", "items"}
    return {field for field in fields if field is not None}
