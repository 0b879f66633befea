"""The fields of an event type as options of a command, and what was typed as the cells of a row.

In: the catalogue's description of a type. Out: parameters for Typer with help in both languages, and the
cells that the ledger's one way in will parse. Deliberately absent: checking; an option is refused in the
same words as a cell of a file.
"""

import json
from collections.abc import Mapping
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.ui.language import both
from ledger.words import Language, Words

if TYPE_CHECKING:
    from ledger.events import FieldInfo

_SEVERAL = ("set", "list")
_SHOWN_CHOICES = 30


def option_name(field: str) -> str:
    """Return the option of a field: `due_on` is `--due-on`."""
    return "--" + field.replace("_", "-")


def field_name(option: str) -> str:
    """Return the field of an option."""
    return option.removeprefix("--").replace("-", "_")


def parameters(fields: "Mapping[str, FieldInfo]") -> list[Parameter]:
    """Return one Typer option a field, none of them required (a person may be asked)."""
    return [_parameter(name, info) for name, info in fields.items()]


def _parameter(name: str, info: "FieldInfo") -> Parameter:
    several = info.kind in _SEVERAL
    option = typer.Option(
        option_name(name),
        metavar=_metavar(info),
        help=_help(info),
        show_default=_default(info),
    )
    kind: Any = list[str] if several else str
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option])


def _metavar(info: "FieldInfo") -> str:
    words = "|".join(info.choices)
    if words and len(words) <= _SHOWN_CHOICES and info.kind != "set":
        return words
    return {"day": "DAY", "month": "YYYY-MM", "quarter": "YYYY-Qn", "whole": "N", "flag": "true|false"}.get(
        info.kind, "WORD" if info.choices else "TEXT" if info.kind == "text" else info.kind.upper()
    )


def _help(info: "FieldInfo") -> str:
    return both(_described(info, "zh"), _described(info, "en"))


def _described(info: "FieldInfo", language: Language) -> str:
    about = info.about.pick(language)
    if info.required:
        about = ("（必填）" if language == "zh" else "(required) ") + about
    if not info.choices:
        return about
    words = (_choice(word, described.label.pick(language)) for word, described in info.choices.items())
    colon, comma = ("：", "；") if language == "zh" else (": ", "; ")
    return about.rstrip("。.") + colon + comma.join(words)


def _choice(word: str, label: str) -> str:
    """Return a value with its label, unless that says the same."""
    return f"{word} {label}" if _adds(word, label) else word


def _adds(word: str, label: str) -> bool:
    said = word.replace("_", " ")
    return label.casefold() not in (said, f"{said}s")


def _default(info: "FieldInfo") -> str | bool:
    if info.required or info.default is None or info.default in ((), frozenset()):
        return False
    return str(info.default).lower() if isinstance(info.default, bool) else str(info.default)


def cells(fields: "Mapping[str, FieldInfo]", given: Mapping[str, object]) -> dict[str, str]:
    """Return what was typed as the cells of a sheet's row; fields that were not typed are left out.

    A field given several times is one list.
    """
    texts: dict[str, str] = {}
    for name, info in fields.items():
        value = given.get(name)
        if isinstance(value, list) and value:
            # Sentences may hold commas: one a time the option is given.
            whole = info.element == "text"
            joined = json.dumps(value, ensure_ascii=False) if whole else ",".join(value)
            # An empty list says something (nobody was on leave); an empty set is one left out.
            texts[f"data.{name}"] = "[]" if info.kind == "list" and not "".join(value).strip() else joined
        elif isinstance(value, str):
            texts[f"data.{name}"] = value
    return texts


def question(name: str, info: "FieldInfo") -> Words:
    """Return what to ask a person for a field: the words to choose from with their labels, then its name."""
    return Words(*(_question(name, info, language) for language in ("zh", "en")))


def _question(name: str, info: "FieldInfo", language: Language) -> str:
    labels = {word: described.label.pick(language) for word, described in info.choices.items()}
    room = max(map(len, labels), default=0)
    lines = [
        f"  {word:{room}}  {label}" if _adds(word, label) else f"  {word}" for word, label in labels.items()
    ]
    return "\n".join([*lines, f"{info.label.pick(language)} {option_name(name)}"])
