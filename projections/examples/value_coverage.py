"""Which values of a table of points the examples of a rubric ever moved.

In: a rubric and the results of its examples. Out: every value that is worth points, with whether an example
that says what the clause comes to has an event of that value. Deliberately absent: the rest of what may go
unmoved (`coverage`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.events import fields_of
from projections.examples.run import Result
from rubrics.examples.notation import WrittenEvent
from rubrics.model import Clause, Rubric
from rubrics.rules import PointsBy, Tally

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a table of points: of which clause, in which of its rules (from 1), worth points."""

    clause: Clause
    rule: int
    field: str
    word: str


def values_of(rubric: Rubric) -> Iterator[tuple[Value, Tally]]:
    """List the values that are worth points, with the rule that says so."""
    for clause in rubric.clauses():
        for number, rule in enumerate(clause.rules, start=1):
            if isinstance(rule, Tally) and isinstance(rule.points, PointsBy) and not rule.advisory:
                for word, points in rule.points.values.items():
                    if points:
                        yield Value(clause, number, rule.points.by, word), rule


def moved_values(tally: Tally, field: str, shown: Iterable[tuple[Result, Row]]) -> set[str]:
    """Return the values of a field that events had which moved points of a clause, by its rows."""
    types = {match.type for match in tally.events}
    found: set[str] = set()
    for result, row in shown:
        written = {event.text: event for event, _ in result.case.events}
        ids = {id_ for entry in row["entries"] if entry["points"] != "0.00" for id_ in entry["events"]}
        for event in (written.get(result.shown.get(id_, "")) for id_ in ids):
            if event is not None and event.type in types and (value := _value(event, field)) is not None:
                found.add(value)
    return found


def _value(event: WrittenEvent, field: str) -> str | None:
    """Return what an event gives for a field, its default where it gives nothing."""
    given = event.value(field)
    if given is None and (info := fields_of(event.type).get(field)) is not None:
        return None if info.default is None else str(info.default)
    return given
