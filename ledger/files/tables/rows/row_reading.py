"""What one row of a table says, and of which type it is: its sheet's, what its own column says, or a lecture
among meetings.

In: a row and the columns that are understood. Out: the type, perhaps with who gave the lecture, or the
problem; and the type RowReading, which `reader` fills. Deliberately absent: other types that a register of
meetings may hold: what they need is not in it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from ledger.events import CATALOGUE, Event
from ledger.events.envelope import ENVELOPE
from ledger.events.values.described import folded, nearest, words_of
from ledger.events.values.shown import shown
from ledger.events.vocabularies.gatherings import LECTURERS
from ledger.files.tables.header.columns import Layout
from ledger.files.tables.header.meanings import LECTURE, MEETINGS
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.source.grid import Row
from ledger.files.tables.values import plain_text
from ledger.problems import Problem
from ledger.words import Words

# For each form that asks for dues: what it is called, and the day of the month by which they are due.
DueDays = Callable[[str], Sequence[tuple[Words, int]]]

_NOWHERE: Mapping[str, tuple[int, str]] = MappingProxyType({})
_LECTURE = re.compile("(.{0,10}?)(?:讲授?|上)?(?:专题|微)?党课[(（]?([^)）]{0,10})[)）]?")
_LONGEST_KIND = 40


@dataclass(slots=True)
class RowReading:
    """One event that a table tells, or why it tells none.

    `said` are the keys of the columns whose cells said something; `cell` is the cell of a month, where a
    row tells several.
    """

    file: str
    sheet: str | None
    row: int | None
    cell: str | None = None
    event: Event | None = None
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    said: frozenset[str] = frozenset()
    places: Mapping[str, tuple[int, str]] = field(default_factory=lambda: _NOWHERE)

    def at(self, problem: Problem) -> CellProblem:
        """Return a problem of the event with the cell that says its field."""
        column, header = self.places.get((problem.field or "").removeprefix("data."), (None, None))
        return CellProblem(problem, self.row, column, header)


class RowType(NamedTuple):
    """The type of a row; `passed`: a column that said no more than that; `lecturer`, where it said whose."""

    word: str
    passed: int | None = None
    lecturer: str | None = None


def type_of_row(row: Row, layout: Layout) -> RowType | CellProblem:
    """Return of which type a row is."""
    at = layout.type_at
    if at is None or row.at(at).is_blank:
        if layout.type_word is not None:
            return _among_meetings(row, layout) or RowType(layout.type_word)
        return CellProblem(Problem(Words(zh="必填", en="is required"), "type"), row.number, at)
    text = plain_text(row.at(at))
    words = words_of(text, ENVELOPE["type"].choices)
    if len(words) == 1:
        return RowType(words[0])
    expected = Words(zh="应为记录类型，见目录", en="must be an event type of the catalogue")
    hint = nearest(text, list(CATALOGUE))
    problem = Problem(expected, "type", shown(text), hint)
    return CellProblem(problem, row.number, at, layout.header.texts.get(at))


def _among_meetings(row: Row, layout: Layout) -> RowType | None:
    """Return the lecture that a register of meetings (三会一课) holds in a row, else None."""
    if layout.type_word != MEETINGS:
        return None
    at = next((at for at, column in layout.fields.items() if column.key == "kind"), None)
    text = folded(plain_text(row.at(at)))[:_LONGEST_KIND] if at is not None else ""
    match = _LECTURE.fullmatch(text)
    if match is None:
        return None
    who = match[1] or match[2].removesuffix("讲").removesuffix("主")
    if who and len(words_of(who, LECTURERS)) != 1:
        return None
    return RowType(LECTURE, at, who or None)
