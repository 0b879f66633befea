"""The catalogue of events: what a branch can log, parsed strictly and written one way.

In: JSON objects, JSON lines, rows of cells. Out: frozen events whose payload is a model of the catalogue,
or `Refused` with every problem. Deliberately absent: the log itself, the clock, and what earlier events
say.
"""

from ledger.events.catalogue import CATALOGUE, FieldInfo, fields_of
from ledger.events.cells import cells_of, parse_cells
from ledger.events.envelope import ENVELOPE, STORE_FIELDS, Event, day_problems
from ledger.events.lines import parse_line
from ledger.events.parse import parse_event, parse_payload
from ledger.events.payload import Payload, canonical_data
from ledger.events.values.described import Described, Vocabulary

__all__ = [
    "CATALOGUE",
    "ENVELOPE",
    "STORE_FIELDS",
    "Described",
    "Event",
    "FieldInfo",
    "Payload",
    "Vocabulary",
    "canonical_data",
    "cells_of",
    "day_problems",
    "fields_of",
    "parse_cells",
    "parse_event",
    "parse_line",
    "parse_payload",
]
