"""Logs written as text, for the engine: what `tests.reference.written` reads, as rows at hand."""

from projections.engine.logs import RowsAtHand
from tests.reference.engine import log_of, row_of
from tests.reference.written import parse_log, positioned

__all__ = ["log_of", "read_log", "row_of"]


def read_log(text: str) -> tuple[RowsAtHand, int]:
    """A log written line by line, and its last position."""
    events = positioned(parse_log(text))
    return log_of(events), len(events)
