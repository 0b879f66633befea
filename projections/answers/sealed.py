"""A sealed answer, read again.

In: the JSON of a certificate's answer, as an older program may have written it. Out: the total and the
clauses with their entries, typed. Deliberately absent: whether it is what was sealed (`seals` asks first).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from projections.engine.entries import Entry
from projections.engine.periods import Window, parse_period
from projections.engine.results import ClauseScore, Judgement
from rubrics.numbers import parse_points

_NUMBERS = ("points", "score", "computed", "at_risk", "unassessed")


@dataclass(frozen=True, slots=True)
class SealedScore:
    """What a certificate says of a branch: points in hundredths."""

    total: int
    clauses: Sequence[ClauseScore]


def read_sealed(answer: Mapping[str, Any], year_start: int) -> SealedScore:
    """Read the one score of a sealed answer. Raises KeyError, ValueError, TypeError where it is none."""
    score = answer["scores"][0]
    clauses = [
        _clause(clause, year_start)
        for section in score["sections"]
        for item in section["items"]
        for clause in item["clauses"]
    ]
    return SealedScore(parse_points(score["total"]), clauses)


def _clause(row: Mapping[str, Any], year_start: int) -> ClauseScore:
    number = {name: parse_points(row[name]) for name in _NUMBERS}
    return ClauseScore(
        id=row["id"],
        points=number["points"],
        score=number["score"],
        computed=number["computed"],
        unclipped=number["computed"],
        at_risk=number["at_risk"],
        unassessed=number["unassessed"],
        owed=bool(row["owed"]),
        self_=_judgement(row, "self"),
        superior=_judgement(row, "superior"),
        department=_judgement(row, "department"),
        entries=tuple(_entry(entry, year_start) for entry in row["entries"]),
    )


def _judgement(row: Mapping[str, Any], assessor: Any) -> Judgement | None:
    points = row[assessor]
    return None if points is None else Judgement(assessor, parse_points(points), date.min, "")


def _entry(row: Mapping[str, Any], year_start: int) -> Entry:
    return Entry(
        clause=0,
        rule=None,
        state=row["state"],
        cause=str(row["cause"]),
        due=date.fromisoformat(row["due_on"]).toordinal(),
        window=_window(row["window"], year_start),
        member=row["member"],
        required=_units(row["required"]),
        done=_units(row["done"]),
        advisory=bool(row["advisory"]),
        points=parse_points(row["points"]),
        events=tuple(map(str, row["events"])),
    )


def _window(label: str | None, year_start: int) -> Window | None:
    if label is None:
        return None
    period = parse_period(label, year_start)
    return Window("", 0, label, period.start, period.end, period.start.toordinal(), period.end.toordinal())


def _units(text: str | None) -> int | None:
    return None if text is None else int(Decimal(text) * 100)
