"""One text in the two languages that people read.

In: the Chinese and the English wording, side by side where they are written, so that neither can be
forgotten. Out: one of them; texts put together of others, in both languages at once. Deliberately absent: any
notion of which language is current; the doors know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Union

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and in English. `+` puts texts together; a plain string is the same in both."""

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        """Return the wording in one language."""
        return self.zh if language == "zh" else self.en

    def __iter__(self) -> Iterator[str]:
        """Yield both wordings."""
        return iter((self.zh, self.en))

    def __add__(self, other: "Text") -> "Words":
        """Put a text behind this one."""
        other = as_words(other)
        return Words(self.zh + other.zh, self.en + other.en)

    def __radd__(self, other: str) -> "Words":
        """Put this text behind a plain one."""
        return as_words(other) + self

    def __bool__(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.zh or self.en)


Text = Union[Words, str]  # noqa: UP007 - the class is not there yet when an annotation would want it
"""A text in two languages, or one that is the same in both: a code, a number, a day."""

NOTHING = Words("", "")
LIST = Words("、", ", ")
"""What stands between the members of a list."""
COMMA = Words("，", ", ")
COLON = Words("：", ": ")
SEMICOLON = Words("；", "; ")
OR = Words("或", " or ")
LINE = Words("\n", "\n")


def as_words(text: Text) -> Words:
    """Return a text in two languages; a plain one is the same in both."""
    return text if isinstance(text, Words) else Words(text, text)


def joined(texts: Iterable[Text], joint: Text = LIST) -> Words:
    """Join texts in both languages, leaving out the empty ones."""
    parts = [words for words in map(as_words, texts) if words]
    between = as_words(joint)
    return Words(between.zh.join(part.zh for part in parts), between.en.join(part.en for part in parts))


def bracketed(text: Text) -> Words:
    """Put a text into brackets, as each language writes them; nothing stays nothing."""
    words = as_words(text)
    return Words(f"（{words.zh}）", f" ({words.en})") if words else NOTHING


def counted(number: int, zh: str, en: str, several: str | None = None) -> Words:
    """Say how many: `counted(2, "个支部", "branch")` is 2 个支部, 2 branches.

    `zh` begins with the measure word. `several` is the English plural where no rule makes it.
    """
    return Words(f"{number} {zh}", f"{number} {en if number == 1 else several or plural(en)}")


def plural(noun: str) -> str:
    """Return the plural of a regular English noun."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def word_labelled(text: str, labels: Iterable[tuple[str, Words]]) -> str | None:
    """Return the word whose label a text is, in either language and whatever its case; else None."""
    folded = text.strip().casefold()
    for word, label in labels:
        if folded in (label.zh.casefold(), label.en.casefold()):
            return word
    return None
