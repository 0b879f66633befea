"""Events in words: what happened, in one line.

In: a type's word and a stored payload. Out: words made of the catalogue's labels; types as a person
names them, and their families, as lists and pages group them. Deliberately absent: labels of types.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.events import CATALOGUE, ENVELOPE, FieldInfo, fields_of
from ledger.events.values.described import word_of
from ledger.words import COLON, COMMA, LIST, Text, Words, as_words, joined
from projections.text.labels import NAMELESS, Names

_MEMBERS = frozenset({"member", "on_leave"})
# Whole files inside an event, and digests: nothing to read in a line.
_NOT_READ = frozenset({"rubric_text", "answer", "head", "rubric_digest", "answer_digest"})
_YES, _NO, _NOBODY = Words("是", "yes"), Words("否", "no"), Words("无", "nobody")


def type_label(type_word: str) -> Words:
    """Return what a type is called; an unknown word stands for itself."""
    model = CATALOGUE.get(type_word)
    return as_words(type_word) if model is None else model.label


def type_named(word: str) -> str | None:
    """Return the type that a word is, in snake or kebab case, or is called by any name; else None."""
    stored = word.replace("-", "_")
    return stored if stored in CATALOGUE else word_of(word.strip(), ENVELOPE["type"].choices)


def event_words(type_word: str, payload: Mapping[str, Any], names: Names = NAMELESS) -> Words:
    """Return an event in one line: its type's label, then its fields; members by `names`, too."""
    if type_word not in CATALOGUE:
        return as_words(type_word)
    fields = fields_of(type_word)
    payload = {name: value for name, value in payload.items() if name not in _NOT_READ}
    order = [*(name for name in fields if name in payload), *(name for name in payload if name not in fields)]
    said = joined((_field(name, fields.get(name), payload[name], names) for name in order), COMMA)
    label = type_label(type_word)
    return label + COLON + said if said else label


def _field(name: str, info: FieldInfo | None, value: Any, names: Names) -> Words:
    if info is None:
        return as_words(f"{name} {value}")
    if name in _MEMBERS:
        codes = value if isinstance(value, list) else [value]
        return info.label + " " + (joined(map(names.member, codes)) or _NOBODY)
    said: Text
    if isinstance(value, list):
        said = joined((_value(info, element) for element in value), LIST)
    elif isinstance(value, dict):
        said = ", ".join(f"{key} {element}" for key, element in value.items())
    else:
        said = _value(info, value)
    # What a label says of itself needs no name of its field; a free word does.
    speaks = info.kind == "choice" or (
        info.kind == "code" and isinstance(value, str) and value in info.choices
    )
    return as_words(said) if speaks else info.label + " " + said


def _value(info: FieldInfo, value: Any) -> Words:
    if isinstance(value, bool):
        return _YES if value else _NO
    known = info.choices.get(str(value))
    if known is None and info.kind == "money":
        return Words(f"{value} 元", f"{value} yuan")
    return known.label if known is not None else as_words(str(value))


FAMILIES = {
    "gatherings": Words("会议与活动", "Gatherings"),
    "members": Words("党员与职务", "Members and offices"),
    "dues": Words("党费", "Dues"),
    "publicity": Words("宣传、荣誉、研究", "Publicity, honours, research"),
    "papers": Words("材料与督查", "Papers and supervision"),
    "judgements": Words("考核与评分", "Assessments"),
    "organizations": Words("党组织与细则", "Organizations and their forms"),
    "control": Words("更正与程序记录", "Control events"),
}
_PLACES = {label: place for place, label in enumerate(FAMILIES.values())}


def family_of(type_word: str) -> Words:
    """Return the label of the family that a type belongs to."""
    return FAMILIES[CATALOGUE[type_word].__module__.rpartition(".")[2]]


def by_family(type_words: Iterable[str]) -> list[str]:
    """Return types sorted by family, what is logged daily first; inside a family in the order given."""
    return sorted(type_words, key=lambda word: _PLACES[family_of(word)])
