"""The door to the engine for the tests that compare it with the reference.

In: what the reference takes. Out: the `scores` of the engine's answer. Deliberately absent: any scoring.
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from ledger.events import CATALOGUE, canonical_data, parse_payload
from projections.answer import build_answer
from projections.engine.periods import parse_period
from projections.examples.logs import COLUMNS
from projections.plan import Plan
from projections.replay import replay_table
from rubrics.model import Rubric

from .periods import Day


def log_table(events: Sequence[dict[str, Any]]) -> pa.Table:
    """Write events in full-export shape as the columns that the store would give."""
    rows = [
        {
            **{name: event.get(name) for name in COLUMNS},
            "schema_version": CATALOGUE[event["type"]].schema_version,
            "data": canonical_data(parse_payload(event["type"], event["data"])),
        }
        for event in sorted(events, key=lambda event: event["position"])
    ]
    return pa.table({name: pa.array([row[name] for row in rows], dtype) for name, dtype in COLUMNS.items()})


def score_with_engine(
    events: Sequence[dict[str, Any]],
    rubric: Rubric,
    period: str,
    on: Day,
    as_of: int | None = None,
    branches: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Score the events with the engine, entries and all."""
    prefix = [event for event in events if as_of is None or event["position"] <= as_of]
    registered = {event["branch"] for event in prefix if event["type"] == "branch_registered"}
    replayed = replay_table(
        log_table(prefix),
        Plan(rubric),
        parse_period(period, rubric.year_start),
        on=on,
        upto=len(prefix),
        branches=sorted(registered) if branches is None else branches,
        explain=True,
    )
    answer: list[dict[str, Any]] = build_answer(replayed, "", len(prefix), "")["scores"]
    return answer
