"""How the form is read where it is silent, and texts that stand in one language only.

In: a rubric, the values of its file. Out: notes, none of them a fault: who reads the other language is shown
this one. Deliberately absent: judging the readings; the texts themselves.
"""

from collections.abc import Iterator
from typing import Any

from rubrics.lint.walk import Note, items_of
from rubrics.model import Rubric
from rubrics.numbers import LANGUAGES, Text
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


def check_readings(rubric: Rubric) -> Iterator[Note]:
    """List how the form is read where it is silent: of the whole, of sections, items and clauses."""
    if rubric.reading is not None:
        yield _reading((), rubric.id, rubric.reading)
    for number, section in enumerate(rubric.sections):
        if section.reading is not None:
            yield _reading(("sections", number), section.id, section.reading)
    for path, item, _ in items_of(rubric):
        if item.reading is not None:
            yield _reading(path, item.id, item.reading)
        for index, clause in enumerate(item.clauses):
            if clause.reading is not None and clause.reading != item.reading:
                yield _reading((*path, "clauses", index), clause.id, clause.reading)


def _reading(path: Path, name: str, text: Text) -> Note:
    return Note((*path, "reading"), f"{name}：{text.zh}", f"{name}: {text.en}", "reading")
