"""What would still save the points of a clause, at a replay's end of day."""

from datetime import UTC, date, datetime

import orjson
import pytest

from ledger.intake.admission import Line
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from projections.answers.document import Replayed
from projections.answers.explanation import what_saves
from projections.engine.periods import parse_period
from tests.projections.engine.duties import line
from tests.reference.written import parse_log, positioned, single

GIVEN = ("branch", "type", "occurred_on", "data")
NOW = datetime(2019, 12, 31, tzinfo=UTC)
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


def saving(store: Store, period: str, on: str) -> list[str]:
    rubric = single(RULES, 9)
    replayed = Replayed(rubric, "", parse_period(period), date.fromisoformat(on), store.head().position, "")
    return [line(one) for one in what_saves(store, replayed, "b1", "c1")]


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    lines = [
        Line(
            "log",
            number,
            orjson.dumps({key: event[key] for key in ("branch", "type", "occurred_on", "data")}),
        )
        for number, event in enumerate(positioned(parse_log(LOG)), start=1)
    ]
    record_all(sqlite_store, [lines], now=NOW, today=NOW.date(), known={})
    return sqlite_store


def test_what_is_open_is_gathered_and_names_who_is_missing(store: Store) -> None:
    assert saving(store, "2019-H1", "2019-03-10") == [
        "open 2019-03-25 0.50 1/2 c1 item 2019-03 m2",
        "open 2019-04-20 0.50 0/1 c1 item: r1",
        "open 2019-04-25 1.00 0/2 c1 item 2019-04 m1 m2",
        "open 2019-05-25 1.00 0/2 c1 item 2019-05 m1 m2",
        "open 2019-06-25 1.00 0/2 c1 item 2019-06 m1 m2",
    ]


def test_a_period_saves_what_is_its_own(store: Store) -> None:
    assert [one.split()[1] for one in saving(store, "2019-03", "2019-03-10")] == ["2019-03-25"]


def test_at_the_end_of_its_day_nothing_can_be_saved_any_more(store: Store) -> None:
    assert [one.split()[1] for one in saving(store, "2019-03", "2019-03-24")] == ["2019-03-25"]
    assert saving(store, "2019-03", "2019-03-25") == []
