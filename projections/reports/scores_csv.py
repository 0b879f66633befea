"""A score as CSV, for people who go on in a spreadsheet.

In: scores and the rubric. Out: one row an item, a section and a total of every branch, titles and grades in
the reader's language; columns by stored words for programs, by their labels for a page's reader. Deliberately
absent: clauses and entries (JSON has them), and names of people.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from ledger.files.formats import arm
from ledger.words import Language
from projections.engine.results import BranchScore
from projections.text.labels import LABELS
from projections.text.scores import grade_words
from rubrics.model import Rubric
from rubrics.numbers import Text, print_points

_COLUMNS = (
    "branch", "level", "id", "group", "title", "points", "score",
    "at_risk", "unassessed", "in_play", "grade", "rank",
)  # fmt: skip
_LABELLED = {"id": "item", "title": "what"}
"""Columns that a report labels by another word than they are stored by."""
_LEVELS = {"item": "item_row", "section": "subtotal", "total": "total"}


def scores_csv(
    scores: Sequence[BranchScore], rubric: Rubric, language: Language, *, byte_order_mark: bool
) -> str:
    """Return the whole file; spreadsheets want the byte order mark, pipes do not."""
    rows = "".join(rows_csv(score, rubric, language) for score in scores)
    return ("\ufeff" if byte_order_mark else "") + header_csv() + rows


def labelled_csv(scores: Sequence[BranchScore], rubric: Rubric, language: Language) -> str:
    """Return the whole file with its columns and levels called as the reports call them."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([LABELS[_LABELLED.get(name, name)].pick(language) for name in _COLUMNS])
    for score in scores:
        for row in _rows(score, rubric, language):
            told = {**row, "branch": score.branch, "level": LABELS[_LEVELS[row["level"]]].pick(language)}
            writer.writerow([_armed(told.get(name, "")) for name in _COLUMNS])
    return text.getvalue()


def header_csv() -> str:
    """Return the first line."""
    return ",".join(_COLUMNS) + "\r\n"


def rows_csv(score: BranchScore, rubric: Rubric, language: Language) -> str:
    """Return the lines of one branch; the last one ends with its rank."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, restval="")
    for row in _rows(score, rubric, language):
        # A form's titles are its author's: no spreadsheet program shall run them.
        writer.writerow({"branch": score.branch, **{key: _armed(value) for key, value in row.items()}})
    return text.getvalue()


def _rows(score: BranchScore, rubric: Rubric, language: Language) -> Iterator[dict[str, Any]]:
    for part, section in zip(rubric.sections, score.sections, strict=True):
        for item, shown in zip(part.items, section.items, strict=True):
            yield {
                "level": "item",
                "id": item.id,
                "group": _told(item.group, language) if item.group else "",
                "title": _told(item.title, language),
                "points": print_points(item.points),
                "score": print_points(shown.score),
                "at_risk": print_points(shown.at_risk),
                "unassessed": print_points(shown.unassessed),
            }
        yield {
            "level": "section",
            "id": part.id,
            "title": _told(part.title, language),
            "points": print_points(part.points),
            "score": print_points(section.score),
        }
    yield {
        "level": "total",
        "score": print_points(score.total),
        "at_risk": print_points(score.at_risk),
        "unassessed": print_points(score.unassessed),
        "in_play": print_points(score.in_play),
        "grade": grade_words(score).pick(language),
        "rank": score.rank,
    }


def _armed(value: Any) -> Any:
    return arm(value) if isinstance(value, str) else value


def _told(text: Text, language: Language) -> str:
    return text.zh if language == "zh" else text.en
