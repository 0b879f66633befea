"""The columns of a sheet of events: one a field, by its stored name or its label in either language.

In: a type's fields, or the texts of a header row. Out: the columns to write, or which column means what.
Deliberately absent: the cells below (`sheets`), and the kinds of file.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ledger.errors import Refused
from ledger.events import CATALOGUE, ENVELOPE, STORE_FIELDS, FieldInfo, Payload, fields_of
from ledger.events.kinds import did_you_mean
from ledger.events.shown import safe
from ledger.problems import Problem
from ledger.words import Language, Words

_BLANKS = re.compile(r"[\s_-]+")


class Column(NamedTuple):
    """One column: the name by which it is stored and read (`present`, `data.occurred_on`), and its field."""

    key: str
    info: FieldInfo

    @property
    def of_payload(self) -> bool:
        """Whether it is a field of the payload, not of the envelope."""
        return self.key not in ENVELOPE

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.key.removeprefix("data.")

    @property
    def path(self) -> str:
        """The field as problems name it: `branch`, `data.present`."""
        return f"data.{self.name}" if self.of_payload else self.key


@cache
def columns_of(type_word: str) -> tuple[Column, ...]:
    """Return the columns of a sheet that holds events of one type, what must be filled in first.

    All fields that a client can give, but for the type itself.
    """
    payload = [Column(_key(name), info) for name, info in fields_of(type_word).items()]
    needed = [column for column in payload if column.info.required]
    optional = [column for column in payload if not column.info.required]
    envelope = {name: Column(name, info) for name, info in ENVELOPE.items() if name != "type"}
    if not may_count_for(CATALOGUE[type_word]):
        del envelope["counts_for"]
    return (
        envelope.pop("branch"),
        envelope.pop("occurred_on"),
        *needed,
        *optional,
        *envelope.values(),
    )


def may_count_for(model: type[Payload]) -> bool:
    """Return whether events of that type can count for another month than that of their day."""
    return model.may_count_for is not Payload.may_count_for


def header_of(column: Column, among: Sequence[Column], language: Language) -> str:
    """Return the label that heads a column; the stored name follows where two columns share a label."""
    label = column.info.label.pick(language)
    if sum(other.info.label.pick(language) == label for other in among) == 1:
        return label
    return f"{label}（{column.key}）" if language == "zh" else f"{label} ({column.key})"


def type_named(text: str) -> str | None:
    """Return the type whose stored word, or label in either language, a text is; else None."""
    return _types().get(_folded(text))


class Headers:
    """The header row of a sheet, understood.

    `type_word` is the type of all rows that do not say theirs. Raises `Refused` with every problem of the
    header row, each with the header as its field.
    """

    def __init__(self, texts: Sequence[str], type_word: str | None) -> None:
        self.texts = {at: text for at, text in enumerate(texts) if text.strip()}
        self._columns: dict[str, Mapping[int, Column]] = {}
        if problems := list(self._problems(type_word)):
            raise Refused(problems)
        folded = {_folded(text): at for at, text in self.texts.items()}
        self.type_at = next((folded[name] for name in _names_of_type() if name in folded), None)

    def columns(self, type_word: str) -> Mapping[int, Column]:
        """Return by place the columns that mean something for events of that type."""
        if type_word not in self._columns:
            meanings = _meanings(type_word)
            columns = {}
            for at, text in self.texts.items():
                if at != self.type_at and (found := meanings.get(_folded(text))):
                    # Of a shared label the envelope's meaning: an id that is none is refused loudly.
                    columns[at] = next((column for column in found if not column.of_payload), found[0])
            self._columns[type_word] = MappingProxyType(columns)
        return self._columns[type_word]

    def _problems(self, type_word: str | None) -> Iterator[Problem]:
        meanings = _all_meanings() if type_word is None else _meanings(type_word)
        seen: dict[str, str] = {}
        for text in self.texts.values():
            folded, header = _folded(text), safe(text.strip())
            found = meanings.get(folded, ())
            # Labels of several types' fields may stand side by side where rows are of several types.
            key = next((one.key for one in found if type_word or not one.of_payload), folded)
            if key in seen:
                yield _twice(header, seen[key])
            elif folded in _store_names():
                yield _set_by_the_store(header)
            elif not found and folded not in _names_of_type():
                yield _unknown(header, folded, meanings)
            elif type_word and len(found) > 1:
                yield _ambiguous(header, found)
            seen[key] = header
        if not seen.keys() & _names_of_type() and type_word is None:
            yield _missing("type", None)
        for key in _needed(type_word):
            if key not in seen:
                yield _missing(key, type_word)


def _set_by_the_store(header: str) -> Problem:
    return Problem(
        Words(zh="由台账自行记录，不能填写", en="is set by the store and cannot be given"),
        header,
        hint=Words(zh="请删去此列", en="Remove the column"),
    )


def _twice(header: str, earlier: str) -> Problem:
    return Problem(
        Words(zh=f"与“{earlier}”列是同一字段", en=f'is the same field as the column "{earlier}"'),
        header,
        hint=Words(zh="请只保留一列", en="Keep one of the two"),
    )


def _unknown(header: str, folded: str, meanings: Mapping[str, Sequence[Column]]) -> Problem:
    close = difflib.get_close_matches(folded, list(meanings), n=1)
    hint = Words(zh="请改用字段名，或删去此列", en="Give it the name of a field, or remove the column")
    if close:
        hint = did_you_mean(meanings[close[0]][0].key)
    return Problem(Words(zh="不是已知的列", en="is not a known column"), header, hint=hint)


def _ambiguous(header: str, found: Sequence[Column]) -> Problem:
    names = [column.key for column in found]
    return Problem(
        Words(zh="可以指几个字段：" + "、".join(names), en="may mean several fields: " + ", ".join(names)),
        header,
        hint=Words(zh="请改用字段名", en="Give it the name of the field that is meant"),
    )


def _missing(key: str, type_word: str | None) -> Problem:
    if key == "type":
        return Problem(
            Words(zh="缺少“记录类型”列", en="is a column that is missing"),
            key,
            hint=Words(
                zh="请加上此列，或以记录类型命名工作表",
                en="Add it, or name the sheet after the type of its events",
            ),
        )
    label = (ENVELOPE.get(key) or fields_of(type_word or "")[key.removeprefix("data.")]).label
    return Problem(Words(zh=f"缺少此列（{label.zh}）", en=f"is a column that is missing ({label.en})"), key)


def _needed(type_word: str | None) -> list[str]:
    if type_word is None:
        return ["branch", "occurred_on"]
    return [column.key for column in columns_of(type_word) if column.info.required]


def _key(name: str) -> str:
    return f"data.{name}" if name in ENVELOPE or name in STORE_FIELDS else name


def _folded(text: str) -> str:
    """Return what is left of a header when width, case and blanks count for nothing."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _spellings(column: Column) -> set[str]:
    key, labels = column.key, tuple(column.info.label)
    names = {key, column.path}
    return {_folded(text) for text in (*names, *labels, *(f"{label} ({key})" for label in labels))}


@cache
def _meanings(type_word: str) -> Mapping[str, tuple[Column, ...]]:
    meanings: dict[str, list[Column]] = {}
    for column in columns_of(type_word):
        for text in _spellings(column):
            meanings.setdefault(text, []).append(column)
    if not may_count_for(CATALOGUE[type_word]):
        # By its name alone: a cell in it is refused, while its label may be another field's.
        meanings.setdefault(_folded("counts_for"), [Column("counts_for", ENVELOPE["counts_for"])])
    return MappingProxyType({text: tuple(columns) for text, columns in meanings.items()})


@cache
def _all_meanings() -> Mapping[str, tuple[Column, ...]]:
    meanings: dict[str, dict[str, Column]] = {}
    for type_word in CATALOGUE:
        for text, columns in _meanings(type_word).items():
            meanings.setdefault(text, {}).update({column.key: column for column in columns})
    return MappingProxyType({text: tuple(columns.values()) for text, columns in meanings.items()})


@cache
def _types() -> Mapping[str, str]:
    return MappingProxyType(
        {
            _folded(text): word
            for word, described in ENVELOPE["type"].choices.items()
            for text in (word, *described.label)
        }
    )


@cache
def _names_of_type() -> frozenset[str]:
    return frozenset(map(_folded, ("type", *ENVELOPE["type"].label)))


@cache
def _store_names() -> frozenset[str]:
    return frozenset(
        _folded(text) for name, described in STORE_FIELDS.items() for text in (name, *described.label)
    )
