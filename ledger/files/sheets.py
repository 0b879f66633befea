"""Sheets of events, CSV and XLSX alike, as lines for those who take lines.

In: the path of a file and its name as the user gave it. Out: a `Line` for every event that its tables tell,
or why there is none, with the row's number. Deliberately absent: names for codes, and comparing with the log.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ledger.errors import Refused
from ledger.files.tables.reading import Options, read_tables
from ledger.intake.admission import Line
from ledger.problems import Problem


class AsTyped:
    """A directory that takes every text for a code."""

    def branch(self, text: str) -> str | Problem:
        """Return the text."""
        return text.strip()

    def member(self, text: str, branch: str) -> str | Problem:
        """Return the text."""
        return text.strip()

    def organization(self, branch: str) -> str:
        """Take every organisation for a branch."""
        return "branch"


def read_sheets(path: Path, name: str, type_word: str | None = None) -> Iterator[Line]:
    """Yield the rows of all tables of a file."""
    reading = read_tables(path, Options(type_word=type_word), AsTyped(), today=date.max, name=name)
    several = sum(sheet.why is None for sheet in reading.sheets) > 1
    for row in reading.rows:
        place = f"{name}[{row.sheet}]" if several and row.sheet is not None else name
        raw = row.event if row.event is not None else Refused([one.problem for one in row.problems])
        yield Line(place, row.row, raw)
