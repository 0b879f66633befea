"""What one row of a table says: an event, or why there is none, and where each field stands.

In: nothing; `rows` fills it. Out: the type RowReading. Deliberately absent: reading.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ledger.events import Event
from ledger.files.tables.problems import CellProblem
from ledger.problems import Problem
from ledger.words import Words

# For each form that asks for dues: what it is called, and the day of the month by which they are due.
DueDays = Callable[[str], Sequence[tuple[Words, int]]]

NOWHERE: Mapping[str, tuple[int, str]] = MappingProxyType({})


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
    places: Mapping[str, tuple[int, str]] = field(default_factory=lambda: NOWHERE)

    def at(self, problem: Problem) -> CellProblem:
        """Return a problem of the event with the cell that says its field."""
        column, header = self.places.get((problem.field or "").removeprefix("data."), (None, None))
        return CellProblem(problem, self.row, column, header)
