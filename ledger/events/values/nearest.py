"""The words that come nearest to one that is none.

In: what somebody wrote, the words that there are. Out: the nearest of them, and the hint that names one.
Deliberately absent: deciding for anybody; what may be meant is told, never taken.
"""

import difflib
from collections.abc import Mapping, Sequence

from ledger.events.values.described import Vocabulary, folded, synonyms_of, words_of
from ledger.words import Words

_LONGEST_LIKENESS = 64


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
