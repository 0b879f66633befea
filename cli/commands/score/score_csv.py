"""A score as CSV, for people who go on in a spreadsheet.

In: the replay's JSON document, and the rubric for titles and grades in the reader's language. Out: one row
an item, a section and a total of every branch. Deliberately absent: clauses and entries; JSON has them.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from cli.ui.language import told
from ledger.words import Language
from rubrics.model import Rubric

_COLUMNS = (
    "branch", "level", "id", "group", "title", "points", "score",
    "at_risk", "unassessed", "in_play", "grade", "rank",
)  # fmt: skip


def score_csv(
    document: Mapping[str, Any], rubric: Rubric, language: Language, *, byte_order_mark: bool
) -> str:
    """Return the whole file; spreadsheets want the byte order mark, pipes do not."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    for row in _rows(document, rubric, language):
        writer.writerow(row)
    return ("\ufeff" if byte_order_mark else "") + text.getvalue()


def _rows(document: Mapping[str, Any], rubric: Rubric, language: Language) -> Iterator[dict[str, Any]]:
    grades = grade_words(rubric, language)
    for score in document["scores"]:
        branch = {"branch": score["branch"]}
        for part, section in zip(rubric.sections, score["sections"], strict=True):
            for item, row in zip(part.items, section["items"], strict=True):
                group = told(item.group, language) if item.group else ""
                yield {**branch, "level": "item", **row, "title": told(item.title, language), "group": group}
            yield {**branch, "level": "section", **section, "title": told(part.title, language)}
        grade = grades.get(score["grade"], score["grade"])
        yield {**score, "level": "total", "score": score["total"], "grade": grade}


def grade_words(rubric: Rubric, language: Language) -> dict[str, str]:
    """Return the form's grades by the words of the document."""
    grades = [band.grade for band in rubric.bands] + ([rubric.veto.grade] if rubric.veto else [])
    return {grade.zh: told(grade, language) for grade in grades}
