"""What the event catalogue tells the checks: types that a rule may speak of, their fields and values.

In: the ledger's catalogue. Out: descriptions of fields by type. Deliberately absent: control events, of which
no rule may speak.
"""

from collections.abc import Mapping
from functools import cache

from ledger.events import CATALOGUE, FieldInfo, fields_of

NUMBERS = frozenset({"whole", "money", "points", "hours", "decimal"})
WORDS = frozenset({"text", "code", "choice"})

_CONTROL = frozenset(
    {"event_retracted", "event_corrected", "reminder_raised", "reminder_acknowledged", "score_sealed"}
)
_NO_FIELDS: Mapping[str, FieldInfo] = {}


@cache
def known_types() -> tuple[str, ...]:
    """Return the types that a rule may speak of, in the catalogue's order."""
    return tuple(word for word in CATALOGUE if word not in _CONTROL)


def is_known(type_word: str) -> bool:
    """Tell whether a rule may speak of events of that type."""
    return type_word in CATALOGUE and type_word not in _CONTROL


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
