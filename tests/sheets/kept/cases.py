"""Small sheets as text, and beside each what must come of it.

A case: the table (tabs between cells are written `|`), what was said beside it, and the rows that come of it.
"""

from typing import Any, NamedTuple


class Case(NamedTuple):
    """A table and what it says."""

    name: str
    table: str
    said: dict[str, Any]
    rows: list[str]
    left_out: tuple[str, ...] = ()
    left_rows: int = 0


B1 = {"branch": "b1"}
DUES = {"branch": "b1", "type_word": "dues_paid"}
MEETING = {"branch": "b1", "type_word": "meeting_held"}
