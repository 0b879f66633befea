"""Rows of text cells as events, and payloads as text cells.

In: the cells of one row by the name of their field, as people fill in sheets: numbers as text, stored words
or their labels in either language, lists with separators. Out: Events, checked as strictly as JSON; and for
each payload the texts that read back as the same. Deliberately absent: files, headers, workbooks.
"""

import re
from collections.abc import Mapping

import orjson

from ledger.events.catalogue import CATALOGUE, kinds_of
from ledger.events.envelope import STORE_FIELDS, Event
from ledger.events.parse import parse_event
from ledger.events.values.described import Vocabulary, folded, word_of
from ledger.events.values.kinds import FieldKind, ListOf, SetOf, Text
from ledger.events.values.spellings import day_text, month_text, number_text, quarter_text
from ledger.events.vocabularies.synonyms import SAID_BY_COMMITTEES

_BETWEEN = re.compile("[,，、;；\n]")
_BETWEEN_CODES = re.compile(r"[,，、;；\s]+")
_BETWEEN_TEXTS = re.compile("[;；\n]")
_WHOLE = re.compile("[+-]?[0-9]{1,18}")
_FLAGS = {
    **dict.fromkeys(("true", "yes", "是", "有", "√"), True),
    **dict.fromkeys(("false", "no", "否", "无", "没有"), False),
}
_NOBODY = frozenset({"无", "没有", "none", "-", "—", "/"})
_AMOUNTS = frozenset({"money", "points", "hours"})


def parse_cells(type_word: str | None, cells: Mapping[str, str], organization: str = "branch") -> Event:
    """Check one row; the keys are the envelope's names, the payload's, or `data.` and the payload's.

    `type_word` is the type of all rows of a sheet; without it the row's own `type` cell says it, as a stored
    word or a label. Blank cells are left out. `organization` is the kind of organisation whose row it is: a
    committee calls its congress what a branch calls its general meeting. Raises Refused with all problems, as
    `parse_event` does.
    """
    envelope = kinds_of(Event)
    raw: dict[str, object] = {}
    if type_word is None:
        type_word = _word(cells.get("type", "").strip(), envelope["type"].choices)
    raw["type"] = type_word or None
    kinds = kinds_of(CATALOGUE[type_word]) if type_word in CATALOGUE else {}
    data: dict[str, object] = {}
    for key, text in cells.items():
        name = key.removeprefix("data.")
        if not text.strip() or key == "type":
            continue
        if key in envelope and key != "data":
            raw[key] = _read(text, envelope[key])
        elif key in STORE_FIELDS:
            raw[key] = text
        elif own := _said_by_committee(type_word, name, text, organization):
            data[name] = own
        else:
            data[name] = _read(text, kinds[name]) if name in kinds else text
    return parse_event({**raw, "data": data})


def said_otherwise_by_committees(type_word: str, cells: Mapping[str, str]) -> bool:
    """Return whether a cell holds a word by which a committee means something else than a branch."""
    return any(_said_by_committee(type_word, key, text, "committee") for key, text in cells.items())


def _said_by_committee(type_word: str, name: str, text: str, organization: str) -> str | None:
    if organization != "committee":
        return None
    return SAID_BY_COMMITTEES.get((type_word, name.removeprefix("data.")), {}).get(folded(text))


def cells_of(type_word: str, data: Mapping[str, object]) -> dict[str, str]:
    """Return the texts by field that `parse_cells` reads back as this decoded canonical payload."""
    kinds = kinds_of(CATALOGUE[type_word])
    return {name: _written(value, kinds[name]) for name, value in data.items()}


def _read(text: str, kind: FieldKind) -> object:
    """Return the JSON value that a text stands for; as it is where it stands for none."""
    if isinstance(kind, Text):
        return text
    text = text.strip()
    match kind.kind:
        case "whole":
            text = number_text(_word(text, kind.choices), "whole")
            return int(text) if _WHOLE.fullmatch(text) else text
        case "flag":
            return _FLAGS.get(text.lower(), text)
        case "choice" | "code":
            return _word(text, kind.choices)
        case "set" | "list":
            return _read_list(text, kind)
        case "day":
            return day_text(text)
        case "month":
            return month_text(text)
        case "quarter":
            return quarter_text(text)
        case "object":
            return _decoded(text)
        case _:
            return number_text(text, kind.kind) if kind.kind in _AMOUNTS else text


def _read_list(text: str, kind: FieldKind) -> object:
    if text.casefold() in _NOBODY:
        return []
    if text.startswith("["):
        return _decoded(text)
    if isinstance(kind, SetOf) and isinstance(kind.element, Text):
        return [part.strip() for part in _BETWEEN_TEXTS.split(text) if part.strip()]
    if not kind.choices:
        return [part for part in _BETWEEN_CODES.split(text) if part]
    words = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        word = _word(part, kind.choices)
        # labels may have spaces inside; what is none may be several words
        words += [word] if word in kind.choices else [_word(one, kind.choices) for one in part.split()]
    return words


def _word(text: str, choices: Vocabulary) -> str:
    return word_of(text, choices) or text


def _decoded(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _written(value: object, kind: FieldKind) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _written_list(value, kind)
    if isinstance(value, dict):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return str(value)


def _written_list(elements: list[str], kind: FieldKind) -> str:
    if isinstance(kind, ListOf) and isinstance(kind.element, Text):
        plain = all(text == text.strip() and not _BETWEEN_TEXTS.search(text) for text in elements)
        joined = "; ".join(elements)
    else:
        plain, joined = True, ", ".join(elements)
    if not plain or not elements or joined.startswith("["):
        return orjson.dumps(elements).decode()
    return joined
