"""Events in words: what happened, in the reader's language and in one line.

In: a type's word and a stored payload. Out: texts made of the catalogue's labels; and types as a person
names them. Deliberately absent: printing, and any label of our own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ledger.events import CATALOGUE, FieldInfo, fields_of
from ledger.words import Language, Words, word_labelled

Names = Mapping[str, str]
"""Display names by members' codes."""

ADVISORY = Words("仅提醒", "advisory")
"""What stands in the place of points where an obligation moves none."""

NAMELESS: Names = MappingProxyType({})
_MEMBERS = frozenset({"member", "on_leave"})
# Whole files inside an event, and digests: nothing to read in a line.
_NOT_READ = frozenset({"rubric_text", "answer", "head", "rubric_digest", "answer_digest"})


def type_label(type_word: str, language: Language) -> str:
    """Return what a type is called; an unknown word stands for itself."""
    model = CATALOGUE.get(type_word)
    return type_word if model is None else model.label.pick(language)


def type_named(word: str) -> str | None:
    """Return the type that a word is, in snake or kebab case, or whose label it is; else None."""
    stored = word.replace("-", "_")
    if stored in CATALOGUE:
        return stored
    return word_labelled(word, ((known, model.label) for known, model in CATALOGUE.items()))


def named(code: str, names: Names, language: Language) -> str:
    """Return a member's code, with the name that is kept for it, where one is."""
    if code not in names:
        return code
    return f"{code}（{names[code]}）" if language == "zh" else f"{code} ({names[code]})"


def in_words(type_word: str, payload: Mapping[str, Any], language: Language, names: Names = NAMELESS) -> str:
    """Return an event in one line: its type's label, then its fields; members by `names`, too.

    Names are for the screen of whoever asked, never for files or messages.
    """
    if type_word not in CATALOGUE:
        return type_word
    fields = fields_of(type_word)
    payload = {name: value for name, value in payload.items() if name not in _NOT_READ}
    payload |= {
        name: [named(code, names, language) for code in value]
        if isinstance(value, list)
        else named(value, names, language)
        for name, value in payload.items()
        if name in _MEMBERS
    }
    order = [*(name for name in fields if name in payload), *(name for name in payload if name not in fields)]
    parts = [_field(name, fields.get(name), payload[name], language) for name in order]
    told = "，" if language == "zh" else ", "
    colon = "：" if language == "zh" else ": "
    label = type_label(type_word, language)
    return f"{label}{colon}{told.join(parts)}" if parts else label


def _field(name: str, info: FieldInfo | None, value: Any, language: Language) -> str:
    if info is None:
        return f"{name} {value}"
    if isinstance(value, list):
        told = (", " if language == "en" else "、").join(_value(info, element, language) for element in value)
    elif isinstance(value, dict):
        told = ", ".join(f"{key} {element}" for key, element in value.items())
    else:
        told = _value(info, value, language)
    # What a label says of itself needs no name of its field; a free word does.
    speaks = info.kind == "choice" or (info.kind == "code" and value in info.choices)
    return told if speaks else f"{info.label.pick(language)} {told}"


def _value(info: FieldInfo, value: Any, language: Language) -> str:
    if isinstance(value, bool):
        yes, no = ("是", "否") if language == "zh" else ("yes", "no")
        return yes if value else no
    known = info.choices.get(str(value))
    return known.label.pick(language) if known is not None else str(value)
