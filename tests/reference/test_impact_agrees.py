"""What the engine says that new events change is the difference of two whole replays by the reference."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.engine.plan import Plan
from projections.engine.replays import impact
from rubrics.numbers import print_points
from tests.reference.drawn.random_logs import OLD
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import log_of, rows_of
from tests.reference.naive.impacts import Change, Year, is_true, must_be_listed
from tests.reference.test_engine_agrees import many, one_in
from tests.reference.written import Row, id_of, positioned

if TYPE_CHECKING:
    from rubrics.model import Clause


def with_adoptions(case: Case, *, plain: bool) -> Case:
    """The case, with every branch going by the form from of old; `plain`: without control events."""
    founded = [event for event in case.events if event["type"] == "branch_registered"]
    adopted = [
        {
            "id": id_of(f"adoption of {event['branch']}"),
            "branch": event["branch"],
            "type": "rubric_adopted",
            "occurred_on": OLD.isoformat(),
            "data": {"rubric": "form"},
        }
        for event in founded
    ]
    rest = [event for event in case.events if event["type"] != "branch_registered"]
    if plain:
        rest = [event for event in rest if not event["type"].startswith("event_")]
    return replace(case, events=[*founded, *adopted, *rest])


def last_of_one_branch(events: list[Row], most: int) -> int:
    """How many events at the end of the log, at most so many, are of one branch."""
    branch, count = events[-1]["branch"], 0
    for event in reversed(events):
        if event["branch"] != branch or event["type"] == "branch_registered" or count == most:
            break
        count += 1
    return count


@pytest.mark.fuzz
@settings(many, max_examples=one_in(10, 20))
@given(case=cases(), most=st.integers(1, 3), plain=st.booleans())
def test_impact_is_the_difference_of_two_replays(case: Case, most: int, plain: bool) -> None:
    assert disagreements(with_adoptions(case, plain=plain), most) == []


def disagreements(case: Case, most: int) -> list[str]:
    """Where the engine's answer is not what two replays say."""
    events = positioned(case.events)
    new = last_of_one_branch(events, most)
    if not new:
        return []
    change = Change(events, new, case.rubric, case.on)
    before, rows = events[:-new], rows_of(events)[-new:]
    branch = events[-1]["branch"]
    found = impact(log_of(before), [Plan(case.rubric)], branch, rows, today=case.on, upto=len(before))
    clauses: dict[str, Clause | None] = {clause.id: clause for clause in case.rubric.clauses()}
    told: list[str] = []
    years: dict[str, Year] = {}
    for one in found:
        where = f"{one.branch} {one.period} {one.clause}"
        clause = clauses.get(one.clause)
        year = years.setdefault(one.period, change.year(int(one.period)))
        expected: dict[str, Any] = {"totals": year.totals(one.branch)}
        got: dict[str, Any] = {"totals": (print_points(one.before), print_points(one.after))}
        if clause is not None:
            was, now = year.scores(one.branch, clause)
            expected["scores"], got["scores"] = (was.score, now.score), (one.score_before, one.score_after)
            expected["moved"], got["moved"] = was.score != now.score, one.why is None
            if one.why is not None and not is_true(change, year, one.branch, clause, one.why):
                told.append(f"{where}: {one.why} is not true")
        expected["became"] = year.became(one.branch, clause)
        got["became"] = ({o.obligation for o in one.met}, {o.obligation for o in one.unmet})
        told += [f"{where} {k}: {expected[k]}, got {got[k]}" for k in expected if expected[k] != got[k]]
    listed = {(one.period, one.clause) for one in found if one.branch == branch}
    told += [f"{missing} not listed" for missing in must_be_listed(change, branch) if missing not in listed]
    return told
