"""A rubric made ready for replay: compiled once, used for any number of branches.

In: a `Rubric`. Out: a `Plan`: its rules with their prices, and a table by which each event is looked at once:
type → distinguishing field → value → the criteria that it meets, the remaining conditions tested only there.
Deliberately absent: events, periods, branches.

A criterion is a set of matches that one rule looks for (its events, its trigger, its response). A charge is
one price of one rule: most rules have one, dues have two (late, and short or missing).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from projections.engine.criteria import (
    Check,
    Test,
    Want,
    checks_of,
    default_of,
    test_of,
    types_looked_for,
    wants,
)
from projections.engine.reading.facts import Decoder, Fact, decoders
from projections.engine.reading.roster import ROSTER_TYPES
from projections.engine.reading.tree import TREE_TYPES
from rubrics.model import Clause, Rubric
from rubrics.parameters import Shortfall
from rubrics.rules import Dues, Excess, Quota, Rank, Rule, Streak, Submission, Tally

ALWAYS_IN_PLAY = frozenset({"tally", "none_of", "streak", "rank", "assessed", "graded"})
"""Rule kinds that are in play in every period, whatever happened."""

JUDGING_TYPES = frozenset({"clause_assessed", "clause_waived", "grades_tallied"})

Hit = tuple[int, Test | None]
"""A criterion that an event may meet, and what remains to be tested; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One price of one rule, in hundredths. `cap` is what its clause has.

    `shares`: what the rule requires is part of the clause's proportional sum. `single`: of the entries that
    no waiver takes one only counts, the one that moves most.
    """

    mode: str
    price: int
    cap: int
    shares: bool = False
    single: bool = False

    @property
    def plain(self) -> bool:
        """Whether each entry has its price by itself."""
        return self.mode == "each" and not self.shares and not self.single

    def cost(self, missing: int) -> int:
        """Return what so many missing hundredths of a unit cost where each has its price."""
        if self.mode != "each":
            return 0
        return min((2 * self.price * missing + 100) // 200, self.cap)


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """A rule with its clause (-1: the rubric's own) and place in it, its criteria by part, its charges.

    `advisory`: whether it moves no points. `required`: what a quota asks for in a window, in hundredths of a
    unit.
    """

    clause: int
    order: int
    rule: Rule
    criteria: Mapping[str, int]
    charges: tuple[Charge, ...]
    advisory: bool
    required: int = 0


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What to look at in the events of one type: a field, the criteria by its values, those of all others."""

    field: str | None
    default: Any
    table: Mapping[Any, tuple[Hit, ...]]
    rest: tuple[Hit, ...]


class Plan:
    """A rubric as numbered clauses, rules and criteria."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.clauses: tuple[Clause, ...] = tuple(rubric.clauses())
        self.numbers: Mapping[str, int] = {clause.id: number for number, clause in enumerate(self.clauses)}
        self._wants: list[Want] = []
        self.rules_of: tuple[tuple[PlannedRule, ...], ...] = tuple(
            tuple(
                self._planned(rule, number, order, clause.points) for order, rule in enumerate(clause.rules)
            )
            for number, clause in enumerate(self.clauses)
        )
        self.own_rules = tuple(self._planned(rule, -1, order, 0) for order, rule in enumerate(rubric.rules))
        veto = rubric.veto
        self.veto = self._criterion(Want("events", veto.events, "any")) if veto else None

    def _criterion(self, want: Want) -> int:
        self._wants.append(want)
        return len(self._wants) - 1

    def _planned(self, rule: Rule, clause: int, order: int, cap: int) -> PlannedRule:
        shortfalls = _shortfalls(rule)
        shares = any(shortfall.mode == "proportional" for shortfall in shortfalls)
        single = isinstance(rule, Tally) and bool(rule.once)
        charges = tuple(
            Charge(s.mode, cap if s.mode == "all" else s.points, cap, shares=shares, single=single)
            for s in shortfalls
        )
        criteria = {want.part: self._criterion(want) for want in wants(rule)}
        required = int(rule.at_least * 100) if isinstance(rule, Quota) else 0
        return PlannedRule(clause, order, rule, criteria, charges, rule.advisory, required)

    @cached_property
    def rules(self) -> tuple[PlannedRule, ...]:
        """Every rule, in the form's order, the rubric's own last."""
        return tuple(rule for rules in (*self.rules_of, self.own_rules) for rule in rules)

    def start(self, clause: Clause) -> str:
        """Return from where a clause starts; a judged one from its presumption, whatever its file says."""
        if clause.assessed:
            return "full" if self.rubric.unassessed == "full" else "zero"
        return "zero" if clause.graded else clause.start

    @cached_property
    def needs_roster(self) -> bool:
        """Whether a rule looks at members: every one, or those who hold an office."""
        return any(
            isinstance(planned.rule, Dues | Streak)
            or (isinstance(planned.rule, Quota) and planned.rule.each == "member")
            for planned in self.rules
        )

    @cached_property
    def ranks(self) -> tuple[PlannedRule, ...]:
        """The rules that compare the branch with others of the same parent."""
        return tuple(planned for planned in self.rules if isinstance(planned.rule, Rank))

    @cached_property
    def of_subordinates(self) -> tuple[PlannedRule, ...]:
        """The rules that look at every subordinate."""
        return tuple(p for p in self.rules if isinstance(p.rule, Quota) and p.rule.each == "subordinate")

    @cached_property
    def kept_types(self) -> frozenset[str]:
        """The types whose facts rules look at whole, whatever they say."""
        types = set(TREE_TYPES | JUDGING_TYPES)
        if self.needs_roster:
            types |= ROSTER_TYPES
        for planned in self.rules:
            looked_for = types_looked_for(planned.rule)
            if not planned.criteria or isinstance(planned.rule, Streak):
                types |= looked_for
            # A tally of metrics asks for the latest report first, and a term ends the one before it.
            types |= looked_for & {"metric_reported", "term_began"}
        return frozenset(types)

    @cached_property
    def types(self) -> frozenset[str]:
        """Every event type that a replay of this rubric looks at, but for retractions and corrections."""
        return self.kept_types | {match.type for want in self._wants for match in want.matches}

    @cached_property
    def decoders(self) -> Mapping[str, Decoder]:
        """How the payloads of those types are read."""
        return decoders(self.types)

    @cached_property
    def dispatch(self) -> Mapping[str, Dispatch]:
        """The table by which each event is looked at once."""
        checks: defaultdict[str, list[tuple[int, list[Check]]]] = defaultdict(list)
        for number, want in enumerate(self._wants):
            for match in want.matches:
                found = checks_of(match, want.host)
                if found is not None:
                    checks[match.type].append((number, found))
        return {word: _dispatch(word, rows) for word, rows in checks.items()}

    def sort_out(self, facts: Sequence[Fact]) -> tuple[list[list[Fact]], dict[str, list[Fact]]]:
        """Look at each fact once: the facts of every criterion, and those of the kept types, both in
        order.
        """
        found: list[list[Fact]] = [[] for _ in self._wants]
        kept: dict[str, list[Fact]] = {type_: [] for type_ in self.kept_types}
        for fact in facts:
            if fact.type in kept:
                kept[fact.type].append(fact)
            for number in self.met(fact):
                found[number].append(fact)
        return found, kept

    def met(self, fact: Fact) -> Collection[int]:
        """Return the criteria that a fact meets."""
        dispatch = self.dispatch.get(fact.type)
        if dispatch is None:
            return ()
        data, hits = fact.data, dispatch.rest
        if dispatch.field is not None:
            hits = dispatch.table.get(data.get(dispatch.field, dispatch.default), hits)
        # Of the matches of one criterion an event may meet several.
        return {number: None for number, test in hits if test is None or test(data)}


def _dispatch(word: str, rows: list[tuple[int, list[Check]]]) -> Dispatch:
    """Choose the field by which most criteria of a type tell events apart, and sort them by its values."""
    counts = Counter(c.field for _, checks in rows for c in checks if c.values and c.field != "host")
    if not counts:
        return Dispatch(None, None, {}, tuple((number, test_of(checks)) for number, checks in rows))
    [(field, _)] = counts.most_common(1)
    told_by = [c.values for _, checks in rows for c in checks if c.field == field and c.values]
    table: dict[Any, list[Hit]] = {value: [] for values in told_by for value in values}
    rest: list[Hit] = []
    for number, checks in rows:
        told = next((c for c in checks if c.field == field and c.values is not None), None)
        hit = (number, test_of([check for check in checks if check is not told]))
        for value in table if told is None else told.values or ():
            table[value].append(hit)
        if told is None:
            rest.append(hit)
    return Dispatch(field, default_of(word, field), {v: tuple(h) for v, h in table.items()}, tuple(rest))


def _shortfalls(rule: Rule) -> tuple[Shortfall, ...]:
    """Return what a rule can charge: rules that carry their own points charge them as given."""
    if isinstance(rule, Dues):
        return rule.late, rule.short
    if isinstance(rule, Tally | Submission | Excess | Rank):
        return (Shortfall.model_construct(mode="each", points=0),)
    shortfall = getattr(rule, "shortfall", None)
    return (shortfall,) if isinstance(shortfall, Shortfall) else ()
