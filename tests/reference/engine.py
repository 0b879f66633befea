"""The door to the engine for the tests that compare it with the reference.

In: what the reference takes. Out: the `scores` of the engine's answer, its obligations. Deliberately absent:
any scoring.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from ledger.events import CATALOGUE, canonical_data, parse_payload
from projections.answers.document import score_row
from projections.engine.entries import Obligation
from projections.engine.logs import Row, RowsAtHand
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import obligations, replay
from rubrics.model import Rubric
from tests.reference.naive.effective import effective_events
from tests.reference.naive.periods import Day, period_named
from tests.reference.naive.roster import Replay

END = 10**9
"""A position after all others."""


def row_of(event: dict[str, Any], corrected: str | None = None) -> Row:
    """One event in full-export shape as the store gives it; `corrected`: what type a correction corrects."""
    type_, payload = event["type"], event["data"]
    if corrected is not None and payload.get("data") is not None:
        inner = canonical_data(parse_payload(corrected, payload["data"]))
        payload = {**payload, "data": orjson.loads(inner)}
    data = canonical_data(parse_payload(type_, payload))
    shape = CATALOGUE[type_].schema_version
    month = event.get("counts_for")
    return (event["position"], event["id"], type_, shape, event["occurred_on"], month, data)


def rows_of(events: Sequence[dict[str, Any]]) -> list[Row]:
    """Events as the store gives them, in their order."""
    types: dict[str, str] = {}
    rows = []
    for event in events:
        target = types.get(event["data"].get("target", ""))
        corrects = event["type"] == "event_corrected"
        # A correction of a correction says what the first one's target is.
        types[event["id"]] = target if corrects and target is not None else event["type"]
        rows.append(row_of(event, target if corrects else None))
    return rows


def log_of(events: Sequence[dict[str, Any]]) -> RowsAtHand:
    """A log of events in full-export shape."""
    rows: dict[str, list[Row]] = {}
    ordered = sorted(events, key=lambda event: int(event["position"]))
    for event, row in zip(ordered, rows_of(ordered), strict=True):
        rows.setdefault(event["branch"], []).append(row)
    return RowsAtHand(rows)


def asked_of_engine(
    events: Sequence[dict[str, Any]],
    rubric: Rubric,
    period: str,
    on: Day,
    as_of: int | None,
    branches: Sequence[str] | None,
) -> list[str]:
    """Who can be asked for: who is registered, and not dissolved before the period."""
    prefix = [event for event in events if as_of is None or event["position"] <= as_of]
    known = Replay(tuple(effective_events(prefix)), rubric, period_named(period, rubric.year_start), on)
    return [code for code in branches or sorted(known.registrations) if known.is_scored(code)]


def score_with_engine(
    events: Sequence[dict[str, Any]],
    rubric: Rubric,
    period: str,
    on: Day,
    as_of: int | None = None,
    branches: Sequence[str] | None = None,
    *,
    explain: bool = True,
) -> list[dict[str, Any]]:
    """Score the events with the engine, entries and all."""
    asked = asked_of_engine(events, rubric, period, on, as_of, branches)
    if not asked:
        return []
    answer = replay(
        log_of(events),
        Plan(rubric),
        parse_period(period, rubric.year_start),
        on=on,
        upto=END if as_of is None else as_of,
        branches=asked,
        explain=explain,
    )
    return [score_row(score, rubric, explain=explain) for score in answer.scores]


def owed_by_engine(
    events: Sequence[dict[str, Any]],
    rubric: Rubric,
    on: Day,
    as_of: int | None = None,
    branches: Sequence[str] | None = None,
    **more: Any,
) -> list[Obligation]:
    """The engine's obligations by one form on the morning of a day, adopted or not."""
    asked: dict[str, Any] = {"adopted_only": False, "branches": branches, **more}
    upto = END if as_of is None else as_of
    return list(obligations(log_of(events), [Plan(rubric)], on=on, upto=upto, **asked))
