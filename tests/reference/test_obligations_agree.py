"""The engine's obligations are those of the reference, on random logs, forms and days; a count of what is
overdue, beside scores, is that of the obligations.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.answers.duties import obligation_row
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import obligations, replay, standings
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import END, asked_of_engine, log_of, owed_by_engine
from tests.reference.naive.owed import owed
from tests.reference.test_engine_agrees import many, one_in
from tests.reference.written import parse_log, positioned, single


@pytest.mark.fuzz
@settings(many, max_examples=one_in(2, 25))
@given(case=cases(), ahead=st.sampled_from([None, None, 0, 10, 200, 400]))
def test_the_engine_owes_what_the_reference_owes(case: Case, ahead: int | None) -> None:
    events = positioned(case.events)
    until = None if ahead is None else case.on + timedelta(days=ahead)
    found = owed_by_engine(events, case.rubric, case.on, case.as_of, case.branches, until=until)
    rows = sorted((obligation_row(one) for one in found), key=lambda row: (row["branch"], row["obligation"]))
    for row in rows:
        del row["what"]
    assert rows == owed(events, case.rubric, case.on, case.as_of, case.branches, until)


@pytest.mark.fuzz
@settings(many, max_examples=one_in(2, 60))
@given(case=cases(), later=st.sampled_from([0, 0, 1, 20, 45, 200, 500, -40, -400]))
def test_scores_and_counts_of_one_reading_are_those_of_two(case: Case, later: int) -> None:
    events = positioned(_all_adopting(case))
    plan, today = Plan(case.rubric), case.on + timedelta(days=later)
    period = parse_period(case.period, case.rubric.year_start)
    log = log_of(events)
    codes = asked_of_engine(events, case.rubric, case.period, case.on, case.as_of, case.branches)
    if not codes:
        return
    upto = END if case.as_of is None else case.as_of
    scored, overdue = standings(log, plan, period, on=case.on, today=today, upto=upto, branches=codes)
    assert scored == replay(log, plan, period, on=case.on, upto=upto, branches=codes)
    listed = obligations(log, [plan], on=today, upto=upto, branches=codes)
    expected = Counter(one.branch for one in listed if one.state == "overdue" and not one.advisory)
    assert overdue == {code: expected[code] for code in codes}


def test_what_a_subordinate_did_after_the_day_of_the_score_is_not_overdue() -> None:
    log = log_of(
        positioned(
            parse_log("""
            2018-01-01 c1 branch_registered name=c1 organization=committee
            2018-01-01 b1 branch_registered name=b1 parent=c1
            2018-01-01 c1 rubric_adopted rubric=form
            2019-03-20 b1 lecture_given lecturer=secretary
            2019-04-20 b1 lecture_given lecturer=secretary
            """)
        )
    )
    rule = "{kind: quota, events: {type: lecture_given}, per: month, at_least: 1, each: subordinate}"
    _, overdue = standings(
        log,
        Plan(single(rule)),
        parse_period("2019-Q1", 1),
        on=date(2019, 3, 31),
        today=date(2019, 5, 10),
        upto=END,
        branches=["c1"],
    )
    assert overdue == {"c1": 2}  # January and February


def _all_adopting(case: Case) -> list[dict[str, Any]]:
    """The case's events, each branch going by the form from its first day."""
    found = []
    for event in case.events:
        found.append(event)
        if event["type"] == "branch_registered":
            data = {"rubric": case.rubric.id}
            found.append({**event, "id": f"{event['id']}-a", "type": "rubric_adopted", "data": data})
    return found
