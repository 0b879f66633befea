"""The catalogue's names as rubrics are checked against them.

In: the catalogue. Out: its types, fields and values. Deliberately absent: control events; no rule may speak
of them.
"""

from ledger.events import CATALOGUE, FieldInfo, fields_of
from ledger.intake.checks import CONTROL
from rubrics.vocabulary import FieldFacts, Vocabulary


def known_words() -> Vocabulary:
    """Return every type that a rule may speak of, with its fields and their values."""
    return Vocabulary(
        {
            word: {name: FieldFacts(info.kind, _values(info)) for name, info in fields_of(word).items()}
            for word in CATALOGUE
            if word not in CONTROL
        }
    )


def _values(info: FieldInfo) -> tuple[str, ...]:
    """Return the values of a field; a set of codes may hold others than those that are well known."""
    return () if info.kind == "set" and info.element == "code" else tuple(info.choices)
