"""How the form is read where it is silent.

In: a rubric. Out: notes, none of them a fault. Deliberately absent: judging the readings.
"""

from collections.abc import Iterator

from rubrics.lint.walk import Note, items_of
from rubrics.model import Rubric
from rubrics.numbers import Text
from rubrics.problems import Path


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
