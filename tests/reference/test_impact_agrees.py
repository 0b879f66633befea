"""What new events change, by the engine, is the difference of two whole replays by the reference."""

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from projections.engine.plan import Plan
from projections.engine.replays import impact
from rubrics.numbers import print_points

from .engine import log_of, row_of
from .periods import Day, period_named, year_of
from .scorer import scores
from .strategies import Case, cases
from .test_engine_agrees import CASES, many
from .written import Row, positioned

if TYPE_CHECKING:
    from projections.engine.impacts import Impact

ADOPTED = "2010-01-02"


def adopted_first(case: Case) -> list[Row]:
    """The events of the case in order, every branch having adopted the form long ago."""
    registered = [e for e in case.events if e["type"] == "branch_registered"]
    adoptions = [
        {
            "id": f"{e['id'][:-4]}ad0{n}", "branch": e["branch"], "type": "rubric_adopted",
            "occurred_on": ADOPTED, "data": {"rubric": "form"},
        }
        for n, e in enumerate(registered)
    ]  # fmt: skip
    left_out = ("branch_registered", "rubric_adopted", "rubric_dropped", "branch_dissolved")
    rest = [e for e in case.events if e["type"] not in left_out]
    ids = {e["id"] for e in case.events if e["type"] in left_out[1:]}
    # Control events of what was left out go, too, and those of these.
    while gone := {e["id"] for e in rest if e["data"].get("target") in ids}:
        rest = [e for e in rest if e["id"] not in gone]
        ids = gone
    return positioned([*registered, *adoptions, *rest])


def new_ones(events: list[Row], first: int) -> int:
    """Where the last events of one branch begin, at most four of them."""
    start = len(events) - 1
    while start > max(first, len(events) - 4) and events[start - 1]["branch"] == events[-1]["branch"]:
        start -= 1
    return start


def clauses_of(row: Row) -> dict[str, Any]:
    return {c["id"]: c["score"] for s in row["sections"] for i in s["items"] for c in i["clauses"]}


@pytest.mark.fuzz
@settings(many, max_examples=max(60, CASES // 2))
@given(case=cases())
def test_the_impact_is_the_difference_of_two_replays(case: Case) -> None:
    events = adopted_first(case)
    start = new_ones(events, first=2 * len(case.branches))
    branch = events[-1]["branch"]
    old, new = events[:start], [row_of(event) for event in events[start:]]
    found = impact(log_of(old), [Plan(case.rubric)], branch, new, today=case.on, upto=start)
    by_year: dict[tuple[str, str], list[Impact]] = {}
    for one in found:
        by_year.setdefault((one.branch, one.period), []).append(one)
    plain = [e for e in events[start:] if not e.get("counts_for") and not e["type"].startswith("event_")]
    days = [Day.fromisoformat(event["occurred_on"]) for event in plain]
    touched = {(branch, f"{year_of(day, case.rubric.year_start):04d}") for day in days}
    for code, period in by_year.keys() | touched:
        [before], [after] = (scores(log, case.rubric, period, case.on, None, [code]) for log in (old, events))
        assert period_named(period, case.rubric.year_start).label == period
        listed = by_year.get((code, period), [])
        was, now = clauses_of(before), clauses_of(after)
        assert {one.clause for one in listed} >= {id_ for id_ in now if was[id_] != now[id_]}
        for one in listed:
            if one.clause == "-":
                continue
            told = [one.before, one.after, one.score_before, one.score_after]
            expected = [before["total"], after["total"], was[one.clause], now[one.clause]]
            assert list(map(print_points, told)) == expected
            assert (one.why is None) == (was[one.clause] != now[one.clause])
