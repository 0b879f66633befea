"""The names that a rubric is checked against: event types, their fields, and what the fields hold.

In: facts that somebody who knows the catalogue hands over. Out: two small records. Deliberately absent: the
catalogue itself (rubrics import nobody), and how a field is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NUMBERS = frozenset({"whole", "money", "points", "hours", "decimal"})
WORDS = frozenset({"text", "code", "choice"})


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What a field holds.

    `kind`: text, code, whole, money, points, hours, decimal, day, month, quarter, flag, choice, set, list or
    object. `choices`: the allowed values of a choice and of a set's elements; for a code, words that are in
    use (others may be taken).
    """

    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Event types that a rule may speak of, with their fields. Control events are none of them."""

    types: Mapping[str, Mapping[str, FieldFacts]]

    def hosted(self) -> tuple[str, ...]:
        """List the types whose events are the branch's own or the superior's: the gatherings."""
        return tuple(name for name, fields in self.types.items() if "host" in fields)
