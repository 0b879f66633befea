"""One text in the two languages that people read.

In: the Chinese and the English wording, side by side where they are written, so that neither can be
forgotten. Out: one of them. Deliberately absent: any notion of which language is current; the doors know.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """A text in Chinese and in English."""

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        """Return the wording in one language."""
        return self.zh if language == "zh" else self.en


def word_labelled(text: str, labels: Iterable[tuple[str, Words]]) -> str | None:
    """Return the word whose label a text is, in either language and whatever its case; else None."""
    folded = text.strip().casefold()
    for word, label in labels:
        if folded in (label.zh.casefold(), label.en.casefold()):
            return word
    return None
