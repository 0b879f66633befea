"""What would still save the points of a clause, at a replay's end of day."""

from datetime import date

from projections.engine.periods import parse_period
from projections.plan import Plan
from projections.replay import replay_table
from projections.savings import what_saves
from tests.projections.duties import line
from tests.reference.engine import log_table
from tests.reference.written import parse_log, positioned, single

LOG = """
2018-01-01 b1 member_joined member=m1
2018-01-01 b1 member_joined member=m2
2018-01-01 b2 member_joined member=m9
2019-01-20 b1 dues_paid member=m1 month=2019-03 amount=5
2019-01-31 b1 document_requested ref=r1 due_on=2019-04-20
"""
RULES = """
- {kind: dues, by_day: 25, late: {each: 0.5}, short: {each: 0.5}}
- {kind: submission, missing: 0.5, late: 0.2, non_conforming: 0.3}
"""


def saving(period: str, on: str) -> list[str]:
    events, plan = positioned(parse_log(LOG)), Plan(single(RULES, 9))
    replayed = replay_table(
        log_table(events), plan, parse_period(period), on=date.fromisoformat(on), upto=len(events),
        branches=["b1", "b2"], explain=True,
    )  # fmt: skip
    return [line(one) for one in what_saves(replayed, "b1", "c1")]


def test_what_is_open_is_gathered_and_names_who_is_missing() -> None:
    assert saving("2019-H1", "2019-03-10") == [
        "open 2019-03-25 0.50 1/2 c1 item 2019-03 m2",
        "open 2019-04-20 0.50 0/1 c1 item: r1",
        "open 2019-04-25 1.00 0/2 c1 item 2019-04 m1 m2",
        "open 2019-05-25 1.00 0/2 c1 item 2019-05 m1 m2",
        "open 2019-06-25 1.00 0/2 c1 item 2019-06 m1 m2",
    ]


def test_a_period_saves_what_is_its_own() -> None:
    assert [one.split()[1] for one in saving("2019-03", "2019-03-10")] == ["2019-03-25"]


def test_at_the_end_of_its_day_nothing_can_be_saved_any_more() -> None:
    assert [one.split()[1] for one in saving("2019-03", "2019-03-24")] == ["2019-03-25"]
    assert saving("2019-03", "2019-03-25") == []
