"""What a table shows: columns, rows, and how each is toned.

Deliberately absent: printing it (`cli.ui.terminal`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ledger.words import Words

Tone = Literal["plain", "good", "bad", "warn", "faint", "strong"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `whole`: never broken or shortened (ids, codes, numbers)."""

    title: Words
    right: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `rule` draws a line under it."""

    cells: Sequence[str]
    tone: Tone = "plain"
    rule: bool = False

    def ruled(self) -> "Row":
        """Return the row with a line under it."""
        return replace(self, rule=True)


@dataclass(slots=True)
class Table:
    """What a table shows: columns, rows, and a caption above."""

    columns: Sequence[Column]
    rows: list[Row] = field(default_factory=list)
    caption: Words | None = None

    def add(self, *cells: str, tone: Tone = "plain", rule: bool = False) -> None:
        """Add a row."""
        self.rows.append(Row(cells, tone, rule))
