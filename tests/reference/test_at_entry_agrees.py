"""What is said at entry, in plain Python, is what the obligations say, on random logs, forms and days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from ledger.events import CATALOGUE, canonical_data, parse_payload
from ledger.store.codec import Recorded
from projections.at_entry import duties_of, met_by, next_due, types_of
from projections.obligations import Obligation, obligations_in
from projections.plan import Plan
from projections.stream import read_stream

from .engine import log_table
from .strategies import Case, cases
from .test_engine_agrees import CASES, many
from .written import Row, id_of, positioned

NOW = datetime(2026, 1, 1, tzinfo=UTC).isoformat()


@dataclass
class Log:
    """As much of a ledger as a stream is read from."""

    events: list[Row]

    def read(self, *, branch: str, types: Any) -> Iterator[Recorded]:
        for event in self.events:
            if event["branch"] == branch and event["type"] in types:
                yield Recorded(
                    event["position"], event["id"], branch, event["version"], event["type"],
                    CATALOGUE[event["type"]].schema_version, event["occurred_on"], event["counts_for"],
                    canonical_data(parse_payload(event["type"], event["data"])), None, NOW, "", "",
                )  # fmt: skip


def engine(events: list[Row], case: Case, branch: str) -> dict[str, Obligation]:
    found = obligations_in(
        log_table(events), Plan(case.rubric), on=case.on, upto=len(events), branches=[branch],
        adopted_only=False,
    )  # fmt: skip
    subordinates = {
        f"form/{clause.id}/{number}/"
        for clause in case.rubric.clauses()
        for number, rule in enumerate(clause.rules, start=1)
        if getattr(rule, "each", None) == "subordinate"
    }
    return {o.obligation: o for o in found if o.obligation.rpartition("/")[0] + "/" not in subordinates}


@pytest.mark.fuzz
@settings(many, max_examples=max(30, CASES // 3))
@given(case=cases())
def test_at_entry_the_same_is_owed_and_missing(case: Case) -> None:
    events = positioned(case.events)[: case.as_of]
    for branch in case.branches:
        owed = engine(events, case, branch)
        stream = read_stream(Log(events), branch, types_of(case.rubric), case.on)  # type: ignore[arg-type]
        duties = {duty.key: duty for duty in duties_of(case.rubric, stream, {case.on})}
        # spans that ended in an earlier year are no obligation of this one any more
        earlier = {key for key in duties.keys() - owed.keys() if len(key.rpartition("/")[2]) == len(id_of(0))}
        assert duties.keys() - earlier == owed.keys()
        assert all(duties[key].due_on < case.on for key in earlier)
        for key, one in owed.items():
            assert (key, duties[key].due_on, duties[key].missing * 100) == (key, one.due_on, one.missing)
            assert duties[key].what == one.what
        unmet = [one.due_on for one in owed.values() if one.missing and one.due_on >= case.on]
        found = next_due(case.rubric, stream, case.on, case.on.min)
        assert (found.due_on if found else None) == min(unmet, default=None)


@pytest.mark.fuzz
@settings(many, max_examples=max(20, CASES // 5))
@given(case=cases())
def test_an_event_met_what_without_it_would_miss_something(case: Case) -> None:
    events = [e for e in positioned(case.events) if not e["type"].startswith("event_")]
    last = next((e for e in reversed(events) if e["occurred_on"] <= case.on.isoformat()), events[-1])
    branch = last["branch"]
    if last["type"] in ("branch_registered", "member_transferred") or branch not in case.branches:
        return
    stream = read_stream(Log(events), branch, types_of(case.rubric), case.on)  # type: ignore[arg-type]
    met = {duty.key for duty in met_by(case.rubric, stream, last["id"])}
    with_it = engine(events, case, branch)
    without = engine([event for event in events if event is not last], case, branch)
    expected = {
        key for key, one in with_it.items() if not one.missing and key in without and without[key].missing
    }
    # Who is asked at all changes with these; nothing is done by them.
    if last["type"] in ("clause_waived", *(f"member_{what}" for what in ("joined", "left", "exempted"))):
        return
    assert {key for key in met if key in with_it} == expected
