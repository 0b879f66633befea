"""Free words that look like misspellings: finding categories, kinds of documents, metrics, checklists.

In: a rubric, and the other forms. Out: notes where a word is a letter or two away from one
that is in use. Deliberately absent: refusing new words; whoever writes a form may take them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rubrics.lint.walk import Note, all_matches, known_fields, rules_of, values
from rubrics.model import Rubric
from rubrics.problems import Path
from rubrics.rules import Checklist, Rank, Threshold

Slot = tuple[str, str]
_LETTERS_APART = 2
_LONG_ENOUGH = 6
_UNNUMBERED = re.compile(r"_?[0-9]+")


class FreeWord(NamedTuple):
    """A word that no catalogue lists, the event type and field that it stands for, and its place."""

    slot: Slot
    word: str
    path: Path


def check_words(rubric: Rubric, others: Iterable[Rubric]) -> Iterator[Note]:
    """Name the word in use that was probably meant."""
    known: defaultdict[Slot, dict[str, str]] = defaultdict(dict)
    for other in others:
        for slot, word, _ in free_words(other):
            known[slot].setdefault(word, other.id)
    own: defaultdict[Slot, dict[str, str]] = defaultdict(dict)
    for slot, word, path in free_words(rubric):
        listed = known_fields(slot[0]).get(slot[1])
        if word in own[slot] or word in known[slot] or (listed and word in values(listed)):
            own[slot].setdefault(word, rubric.id)
            continue
        like = _resembled(
            word, {**dict.fromkeys(values(listed) if listed else (), ""), **own[slot], **known[slot]}
        )
        own[slot][word] = rubric.id
        if like is not None:
            meant, where = like
            yield Note(
                path,
                f"{word} 与已用的 {meant}{f'（{where}）' if where else ''}很像：是否同一个词？",
                f"{word} looks like {meant}{f' of {where}' if where else ''}, a word in use: is it the same?",
                "inconsistency",
            )


def free_words(rubric: Rubric) -> Iterator[FreeWord]:
    """Walk through the words of fields that have no closed list of values."""
    for path, match in all_matches(rubric):
        for name, condition in match.where.items():
            facts = known_fields(match.type).get(name)
            if facts is not None and facts.kind in ("code", "text"):
                for word in condition.among:
                    if isinstance(word, str):
                        yield FreeWord((match.type, name), word, (*path, "where", name))
    for path, rule, _ in rules_of(rubric):
        if isinstance(rule, Rank | Threshold) and rule.metric is not None:
            yield FreeWord(("metric_reported", "metric"), rule.metric, (*path, "metric"))
        elif isinstance(rule, Checklist):
            yield FreeWord(("checklist_confirmed", "checklist"), rule.checklist, (*path, "checklist"))


def _resembled(word: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    for other, where in known.items():
        if min(len(word), len(other)) >= _LONG_ENOUGH and _near(word, other):
            return other, where
    return None


def _near(one: str, two: str) -> bool:
    """Tell whether at most two letters inserted, dropped or replaced make one word the other.

    Words that are numbered through (late_1, late_2) are meant to be alike.
    """
    if _UNNUMBERED.sub("", one) == _UNNUMBERED.sub("", two):
        return False
    if abs(len(one) - len(two)) > _LETTERS_APART:
        return False
    row = list(range(len(two) + 1))
    for index, left in enumerate(one, 1):
        diagonal, row[0] = row[0], index
        for column, right in enumerate(two, 1):
            diagonal, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, diagonal + (left != right)),
            )
    return row[-1] <= _LETTERS_APART
