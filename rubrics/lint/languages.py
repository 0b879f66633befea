"""Texts that stand in one language only.

In: the values of a file. Out: notes, none of them a fault: who reads the other language is shown this one.
Deliberately absent: the texts themselves.
"""

from collections.abc import Iterator
from typing import Any

from rubrics.lint.walk import Note
from rubrics.numbers import LANGUAGES
from rubrics.problems import Path

_MISSING = {"zh": ("缺少中文（zh）", "has no Chinese (zh)"), "en": ("缺少英文（en）", "has no English (en)")}


def check_languages(data: Any, path: Path = ()) -> Iterator[Note]:
    """Name every text that is given in one of the two languages."""
    if isinstance(data, dict):
        given = [key for key in LANGUAGES if data.get(key) is not None]
        if len(given) == 1 and data.keys() <= set(LANGUAGES):
            [missing] = set(LANGUAGES) - set(given)
            zh, en = _MISSING[missing]
            yield Note(path, f"{zh}，显示另一种文字", f"{en}: the other language is shown instead", "note")
            return
    for key, value in _parts(data):
        yield from check_languages(value, (*path, key))


def _parts(data: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)
