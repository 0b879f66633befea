"""Labels and descriptions, written once and read by help texts, tables, sheets and docs; and the words that
come nearest to one that is none.

In: short tables of words, Chinese and English one under the other, everyday synonyms after them. Out: a
label and a description for each name, and which names a text of people's own may mean. Deliberately absent:
which names exist; the families of events say that.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, Self

from ledger.words import Words

_BLANKS = re.compile(r"[\s_-]+")
_BETWEEN = re.compile("[、,，;；]")
# Every vocabulary of the catalogue, some times over.
_MOST_INDEXES = 256
_LONGEST_LIKENESS = 64


class Described(NamedTuple):
    """What a name is called, and a sentence on what it means (with its unit, where it has one)."""

    label: Words
    about: Words


class Named(Described):
    """A value of a vocabulary, with the everyday words that are taken for it as well."""

    synonyms: tuple[str, ...]

    def __new__(cls, label: Words, about: Words, synonyms: tuple[str, ...] = ()) -> Self:
        """Make a description that knows its synonyms."""
        value = super().__new__(cls, label, about)
        value.synonyms = synonyms
        return value


Vocabulary = Mapping[str, Described]


def folded(text: str) -> str:
    """Return what is left of a text when width, case, blanks, dashes and underscores count for nothing."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def words_of(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words that a text may mean: the one that it is, or is labelled with in either language,
    else all that have it as a synonym; none where nobody calls anything so.
    """
    if text in vocabulary:
        return (text,)
    return _index(_ById(vocabulary)).get(folded(text), ())


def word_of(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the one word that a text means, else None."""
    words = words_of(text, vocabulary)
    return words[0] if len(words) == 1 else None


def synonyms_of(described: Described) -> tuple[str, ...]:
    """Return the everyday words for a value."""
    return described.synonyms if isinstance(described, Named) else ()


class _ById:
    """A vocabulary as the key of a cache: a mapping has no hash of its own."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.vocabulary is self.vocabulary


@lru_cache(_MOST_INDEXES)
def _index(key: _ById) -> Mapping[str, tuple[str, ...]]:
    named: dict[str, dict[str, None]] = {}
    everyday: dict[str, dict[str, None]] = {}
    for word, described in key.vocabulary.items():
        for text in (word, *described.label):
            named.setdefault(folded(text), {})[word] = None
        for text in synonyms_of(described):
            everyday.setdefault(folded(text), {})[word] = None
    # What the program itself calls a thing comes before what people call others.
    return MappingProxyType({text: tuple(words) for text, words in (everyday | named).items()})


def said(zh: str, en: str) -> Described:
    """Read `label | description`, once in Chinese and once in English.

    Raises ValueError where one of the four texts is missing.
    """
    zh_label, zh_bar, zh_about = zh.partition(" | ")
    en_label, en_bar, en_about = en.partition(" | ")
    if not (zh_label and zh_bar and zh_about and en_label and en_bar and en_about):
        raise ValueError(f"label | description expected, in both languages: {zh!r}, {en!r}")
    return Described(Words(zh=zh_label, en=en_label), Words(zh=zh_about, en=en_about))


def read_vocabulary(table: str) -> Vocabulary:
    """Read a table of three lines a word: the word as stored, its Chinese, its English.

    A third part of a line holds everyday words that are taken for the value as well. Example::

        photo
          照片 | 现场照片。 | 相片、图片
          photos | Pictures of the occasion. | pictures

    Keeps the order of the table. Raises ValueError where a line or a text is missing, or a word is
    there twice.
    """
    lines = [line.strip() for line in table.strip().splitlines()]
    words = lines[::3]
    if len(lines) % 3 or len(set(words)) != len(words):
        raise ValueError(f"three lines a word expected, each word once: {words}")
    return MappingProxyType(
        {lines[at]: _value(lines[at + 1], lines[at + 2]) for at in range(0, len(lines), 3)}
    )


def _value(zh: str, en: str) -> Named:
    told, everyday = [], []
    for line in (zh, en):
        label, _, rest = line.partition(" | ")
        about, _, synonyms = rest.partition(" | ")
        told.append(f"{label} | {about}")
        everyday += [synonym.strip() for synonym in _BETWEEN.split(synonyms) if synonym.strip()]
    return Named(*said(*told), tuple(everyday))


def nearest_words(value: object, choices: Vocabulary, most: int = 3) -> tuple[str, ...]:
    """Return the words of a vocabulary that come nearest to a value by any of their names; all of a few."""
    if len(choices) <= most or not isinstance(value, str):
        return tuple(choices)[:most]
    text = folded(value[:_LONGEST_LIKENESS])
    likeness = {
        word: max(_likeness(folded(name), text) for name in (word, *described.label, *synonyms_of(described)))
        for word, described in choices.items()
    }
    return tuple(sorted(likeness, key=lambda word: -likeness[word])[:most])


def _likeness(name: str, text: str) -> float:
    # A part of a name (大会 of 支部党员大会) is nearer than anything that merely looks alike.
    part = 1 if text and text in name else 0
    return part + difflib.SequenceMatcher(None, name, text).ratio()


def nearest(value: object, words: Vocabulary | Sequence[str]) -> Words | None:
    """Return "did you mean" for a text that is close to one of the words, or a name of one; else None."""
    if not isinstance(value, str) or len(value) > _LONGEST_LIKENESS:
        return None
    if isinstance(words, Mapping) and len(meant := words_of(value.strip(), words)) == 1:
        return did_you_mean(meant[0])
    close = difflib.get_close_matches(value.strip().lower().replace("-", "_"), list(words), 1)
    return did_you_mean(close[0]) if close else None


def did_you_mean(word: str) -> Words:
    """Return the hint that names one word."""
    return Words(zh=f"是否指 {word}？", en=f"Did you mean {word}?")
