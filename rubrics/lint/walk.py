"""What the checks of `lint` yield and share: the walk through a rubric, and what the event catalogue tells
them.

In: a rubric; the ledger's catalogue. Out: its parts with their places, notes about places; types that a rule
may speak of, their fields and values. Deliberately absent: judgements; control events, of which no rule may
speak.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ledger.effective import NO_FACTS
from ledger.events import CATALOGUE, FieldInfo, fields_of
from ledger.problems import Severity
from rubrics.model import Clause, Item, Rubric, Section
from rubrics.parameters import Match
from rubrics.problems import Path
from rubrics.rules import Rule

NUMBERS = frozenset({"whole", "money", "points", "hours", "decimal"})
WORDS = frozenset({"text", "code", "choice"})

_NO_FIELDS: Mapping[str, FieldInfo] = {}


class Note(NamedTuple):
    """Something to say about a place, named as the model names it (short forms unfolded)."""

    path: Path
    zh: str
    en: str
    severity: Severity = "error"


class PlacedItem(NamedTuple):
    """An item, where it stands, and in which section."""

    path: Path
    item: Item
    section: Section


class PlacedClause(NamedTuple):
    """A clause and where it stands."""

    path: Path
    clause: Clause


class PlacedRule(NamedTuple):
    """A rule, where it stands, and its clause; None for a rule of the rubric itself."""

    path: Path
    rule: Rule
    clause: Clause | None


class PlacedMatch(NamedTuple):
    """What a rule or the veto looks for, and where that stands."""

    path: Path
    match: Match


@cache
def known_types() -> tuple[str, ...]:
    """Return the types that a rule may speak of, in the catalogue's order."""
    return tuple(word for word in CATALOGUE if word not in NO_FACTS)


def is_known(type_word: str) -> bool:
    """Tell whether a rule may speak of events of that type."""
    return type_word in CATALOGUE and type_word not in NO_FACTS


def known_fields(type_word: str) -> Mapping[str, FieldInfo]:
    """Return the fields of a type; none for a type that no rule may speak of."""
    return fields_of(type_word) if is_known(type_word) else _NO_FIELDS


def values(info: FieldInfo) -> tuple[str, ...]:
    """Return the values of a field: all there are, or of a code those in use; of an open set none."""
    return () if info.kind == "set" and info.element == "code" else tuple(info.choices)


@cache
def hosted() -> tuple[str, ...]:
    """Return the types whose events are the branch's own or the superior's: the gatherings."""
    return tuple(word for word in known_types() if "host" in known_fields(word))


def items_of(rubric: Rubric) -> Iterator[PlacedItem]:
    """Walk through the items."""
    for number, section in enumerate(rubric.sections):
        for index, item in enumerate(section.items):
            yield PlacedItem(("sections", number, "items", index), item, section)


def clauses_of(rubric: Rubric) -> Iterator[PlacedClause]:
    """Walk through the clauses."""
    for path, item, _ in items_of(rubric):
        for index, clause in enumerate(item.clauses):
            yield PlacedClause((*path, "clauses", index), clause)


def rules_of(rubric: Rubric) -> Iterator[PlacedRule]:
    """Walk through the rules of the clauses, then those of the rubric itself."""
    for path, clause in clauses_of(rubric):
        for index, rule in enumerate(clause.rules):
            yield PlacedRule((*path, "rules", index, rule.kind), rule, clause)
    for index, rule in enumerate(rubric.rules):
        yield PlacedRule(("rules", index, rule.kind), rule, None)


def matches_of(path: Path, rule: Rule) -> Iterator[PlacedMatch]:
    """Walk through what one rule looks for: each `Match` among its parameters, whatever its kind."""
    for name, value in rule:
        if isinstance(value, Match):
            yield PlacedMatch((*path, name), value)
        elif isinstance(value, tuple):
            for index, match in enumerate(value):
                if isinstance(match, Match):
                    yield PlacedMatch((*path, name, index), match)


def all_matches(rubric: Rubric) -> Iterator[PlacedMatch]:
    """Walk through everything that the rubric looks for, its veto included."""
    for path, rule, _ in rules_of(rubric):
        yield from matches_of(path, rule)
    for index, match in enumerate(rubric.veto.events if rubric.veto else ()):
        yield PlacedMatch(("veto", "events", index), match)
