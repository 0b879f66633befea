"""Logs written as text, for the engine: what `tests.reference.written` reads, as rows at hand."""

from collections.abc import Sequence

from ledger.events import CATALOGUE, canonical_data, parse_payload
from projections.engine.logs import Row, RowsAtHand
from tests.reference.written import Row as Event
from tests.reference.written import parse_log, positioned


def row_of(event: Event) -> Row:
    """One event in full-export shape as the store gives it."""
    data = canonical_data(parse_payload(event["type"], event["data"]))
    shape = CATALOGUE[event["type"]].schema_version
    month = event.get("counts_for")
    return (event["position"], event["id"], event["type"], shape, event["occurred_on"], month, data)


def log_of(events: Sequence[Event]) -> RowsAtHand:
    """A log of events in full-export shape."""
    rows: dict[str, list[Row]] = {}
    for event in sorted(events, key=lambda event: int(event["position"])):
        rows.setdefault(event["branch"], []).append(row_of(event))
    return RowsAtHand(rows)


def read_log(text: str) -> tuple[RowsAtHand, int]:
    """A log written line by line, and its last position."""
    events = positioned(parse_log(text))
    return log_of(events), len(events)
