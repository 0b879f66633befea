"""Grades: bands in order and within reach, words and sources of graded forms complete.

In: a rubric. Out: notes. Deliberately absent: whether grades are tallied (the log says that).
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

from rubrics.lint.walk import Note
from rubrics.model import Grades, Rubric
from rubrics.numbers import print_points


def check_bands(rubric: Rubric) -> Iterator[Note]:
    """Bands stand from the highest to the lowest, and can be reached."""
    for index, (upper, lower) in enumerate(pairwise(rubric.bands)):
        if lower.at_least >= upper.at_least:
            bound = print_points(upper.at_least)
            yield Note(
                ("bands", index + 1, "at_least"),
                f"等次须从高到低，应小于 {bound}，实际为 {print_points(lower.at_least)}",
                f"bands stand from the highest to the lowest: must be below {bound}, "
                f"got {print_points(lower.at_least)}",
            )
    most = rubric.points + sum(section.points for section in rubric.sections if section.bonus)
    for index, band in enumerate(rubric.bands):
        if band.at_least > most:
            yield Note(
                ("bands", index, "at_least"),
                f"最多只能得 {print_points(most)} 分，这个等次达不到",
                f"at most {print_points(most)} points can be had: nobody reaches this grade",
            )


def check_grades(rubric: Rubric) -> Iterator[Note]:
    """Every word has a value and every source a weight."""
    if rubric.grades is None:
        return
    if not any(clause.graded for clause in rubric.clauses()):
        yield Note(
            ("grades",),
            "没有 graded 条款，grades 不起作用",
            "no clause is graded: this has no effect",
            "inconsistency",
        )
    for name, given in (("values", rubric.grades.values), ("weights", rubric.grades.weights)):
        words = get_args(get_args(Grades.model_fields[name].annotation)[0])
        missing = [word for word in words if word not in given]
        if missing:
            yield Note(
                ("grades", name),
                f"缺少 {'、'.join(missing)}",
                f"must name every word, missing: {', '.join(missing)}",
            )
    if sum(rubric.grades.weights.values()) <= 0 or min(rubric.grades.weights.values(), default=0) < 0:
        yield Note(
            ("grades", "weights"),
            "权重不能为负，且不能全为 0",
            "weights must not be negative, nor all of them 0",
        )
