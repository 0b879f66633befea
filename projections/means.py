"""Graded forms: means of judged criteria on the scale of 100, instead of sums.

In: a `Replay` of a rubric with `aggregate: mean`. Out: clauses, items, sections and totals in hundredths;
means are taken of unrounded values. Deliberately absent: everything that could be lost or gained; grades
are all there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from projections.judgements import Grade, read_grades
from projections.replay import Replay

Row = dict[str, Any]
WHOLE = 10_000
"""The scale of 100, in hundredths."""


@dataclass(frozen=True, slots=True)
class MeanScores:
    """Values of criteria (None where nobody judged), and what they come to."""

    values: dict[tuple[int, int], Fraction | None]
    grades: dict[tuple[int, int], Grade]
    items: dict[tuple[int, int], Row]
    sections: dict[tuple[int, int], int]
    totals: dict[int, Row]

    def clause_points(self, row: Row) -> Row:
        """Put the criterion's own numbers in the place of the sums'."""
        place = row["b"], row["clause"]
        grade = self.grades.get(place)
        return {**row, **_points(self.values[place]), "computed": half_up(grade.value if grade else None)}

    def item_points(self, row: Row) -> Row:
        """Put the item's own numbers in the place of the sums'."""
        return self.items[row["b"], row["item"]]


def build_means(replayed: Replay) -> MeanScores:
    """Take the means of what was judged: of clauses in items, of criteria in sections and in all."""
    grades = read_grades(replayed.context)
    values: dict[tuple[int, int], Fraction | None] = {}
    members: dict[tuple[str, int, int], list[Fraction | None]] = {}
    for row in replayed.scores.clauses.iter_rows(named=True):
        place = (row["b"], row["clause"])
        graded = grades.get(place)
        judged = row["department"] if row["department"] is not None else row["superior"]
        value = Fraction(judged) if judged is not None else graded.value if graded else None
        values[place] = value
        for level in ("item", "section"):
            members.setdefault((level, row["b"], row[level]), []).append(value)
        members.setdefault(("all", row["b"], 0), []).append(value)
    totals = {b: _total(found) for (level, b, _), found in members.items() if level == "all"}
    ordered = sorted((row["total"] for row in totals.values()), reverse=True)
    for row in totals.values():
        row["rank"] = ordered.index(row["total"]) + 1
    return MeanScores(
        values,
        grades,
        {(b, n): _item(found) for (level, b, n), found in members.items() if level == "item"},
        {(b, n): half_up(_mean(found)) for (level, b, n), found in members.items() if level == "section"},
        totals,
    )


def half_up(value: Fraction | None) -> int:
    """Round half up to a whole number; 0 for nothing."""
    return 0 if value is None else int((value * 2 + 1) // 2)


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    judged = [value for value in values if value is not None]
    return sum(judged, Fraction(0)) / len(judged) if judged else None


def _points(value: Fraction | None) -> Row:
    score = half_up(value)
    return {
        "score": score,
        "computed": score,
        "at_risk": 0,
        "unassessed": WHOLE if value is None else 0,
        "owed": True,
    }


def _item(values: list[Fraction | None]) -> Row:
    unjudged = sum(value is None for value in values)
    return {**_points(_mean(values)), "unassessed": half_up(Fraction(WHOLE * unjudged, len(values)))}


def _total(values: list[Fraction | None]) -> Row:
    mean = _mean(values)
    unjudged = sum(value is None for value in values)
    total = half_up(mean)
    return {
        "total": total,
        "base": total,
        "bonus": 0,
        "at_risk": 0,
        "unassessed": half_up(Fraction(WHOLE * unjudged, len(values))),
        "in_play": WHOLE,
        "judged": mean is not None,
    }
