"""Labels and descriptions, written once and read by help texts, tables, sheets and docs.

In: short tables of words, Chinese and English one under the other. Out: a label and a description for
each name. Deliberately absent: which names exist; the families of events say that.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ledger.words import Words, word_labelled


class Described(NamedTuple):
    """What a name is called, and a sentence on what it means (with its unit, where it has one)."""

    label: Words
    about: Words


Vocabulary = Mapping[str, Described]


def word_of(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the word that a text is, or whose label it is in either language, else None."""
    if text in vocabulary:
        return text
    return word_labelled(text, ((word, described.label) for word, described in vocabulary.items()))


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

    Example::

        photo
          照片 | 现场照片。
          photos | Pictures of the occasion.

    Keeps the order of the table. Raises ValueError where a line or a text is missing, or a word is
    there twice.
    """
    lines = [line.strip() for line in table.strip().splitlines()]
    words = lines[::3]
    if len(lines) % 3 or len(set(words)) != len(words):
        raise ValueError(f"three lines a word expected, each word once: {words}")
    return MappingProxyType({lines[at]: said(lines[at + 1], lines[at + 2]) for at in range(0, len(lines), 3)})
