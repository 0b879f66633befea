"""One event through the one way in."""

import uuid
from datetime import timedelta

import pytest

from ledger.errors import Refused
from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from tests.ledger.intake.said import (
    CONTROL,
    KNOWN,
    MEETING,
    NOW,
    TODAY,
    log,
    meeting,
    registered,
    retraction,
    said,
)


@pytest.fixture(autouse=True)
def _registered(store: Store) -> None:
    log(store, registered())


def test_an_event_without_an_id_gets_a_uuid7(store: Store) -> None:
    outcome = log(store, meeting())
    assert uuid.UUID(outcome.recorded.id).version == 7
    assert (outcome.appended, outcome.recorded.position, outcome.recorded.version) == (True, 2, 2)
    assert store.find(outcome.recorded.id) == outcome.recorded


def test_the_same_event_again_by_id_changes_nothing_and_reports_the_stored_one(store: Store) -> None:
    first = log(store, meeting(id=MEETING, recorded_by="sec-1"))
    head = store.head()
    again = log(store, meeting(id=MEETING.upper(), recorded_by="sec-2"))
    assert (again.appended, again.recorded) == (False, first.recorded)
    assert store.head() == head


def test_an_id_with_other_content_is_refused_and_told_where_the_first_stands(store: Store) -> None:
    log(store, meeting(id=MEETING))
    head = store.head()
    with pytest.raises(Refused) as refused:
        log(store, said("meeting_held", {"kind": "theme_day", "present": 8}, id=MEETING))
    (problem,) = refused.value.problems
    assert problem.sentence("en") == (
        f'id: must not be the id of another event, got "{MEETING}". At position 2 stands meeting_held b1 '
        "2019-03-12. Leave the id out, or use `zhibu correct` to change that event"
    )
    assert "序号 2" in problem.sentence("zh")
    assert store.head() == head


@pytest.mark.parametrize("amount", [20, "20", "20.0", "20.00", 20.0])
def test_equal_amounts_are_equal_content(store: Store, amount: object) -> None:
    def paid(value: object) -> dict[str, object]:
        return said("dues_paid", {"member": "m01", "month": "2019-03", "amount": value}, id=MEETING)

    log(store, paid("20.00"))
    assert not log(store, paid(amount)).appended


def test_a_default_given_is_a_default_left_out(store: Store) -> None:
    log(store, said("meeting_held", {"kind": "study"}, id=MEETING))
    given = {"kind": "study", "excused": 0, "host": "branch", "evidence": [], "topic": None}
    assert not log(store, said("meeting_held", given, id=MEETING)).appended


def test_an_equal_event_under_another_id_is_recorded_and_pointed_out(store: Store) -> None:
    first = log(store, meeting())
    second = log(store, meeting())
    assert (first.equal, second.appended) == (None, True)
    assert second.equal is not None
    assert second.equal.id == first.recorded.id


def test_who_gives_an_id_means_another_event_and_is_not_warned(store: Store) -> None:
    log(store, meeting())
    assert log(store, meeting(id=MEETING)).equal is None


def test_an_equal_event_that_was_retracted_is_no_reason_for_a_warning(store: Store) -> None:
    log(store, meeting(id=MEETING))
    log(store, retraction(id=CONTROL))
    assert log(store, meeting()).equal is None


def test_some_events_are_recorded_together_or_not_at_all(store: Store) -> None:
    events = [parse_event(meeting(id=MEETING)), parse_event(meeting(id=MEETING)), parse_event(meeting())]
    outcomes = record_each(store, events, now=NOW, today=TODAY, known=KNOWN)
    assert [outcome.appended for outcome in outcomes] == [True, False, True]
    assert [outcome.recorded.position for outcome in outcomes] == [2, 2, 3]
    head = store.head()
    ahead = meeting() | {"occurred_on": (TODAY + timedelta(days=1)).isoformat()}
    with pytest.raises(Refused):
        record_each(store, [parse_event(meeting()), parse_event(ahead)], now=NOW, today=TODAY, known=KNOWN)
    assert store.head() == head


def test_what_the_program_alone_makes_is_let_in_from_the_program_alone(store: Store) -> None:
    reminder = said(
        "reminder_raised",
        {
            "rubric": "not-known-here",
            "clause": "-",
            "obligation": "o",
            "rung": "lead",
            "due_on": "2019-03-31",
        },
        id=MEETING,
    )
    with pytest.raises(Refused, match="only the program itself makes this one"):
        log(store, reminder)
    assert log(store, reminder, own=True).appended
    assert not log(store, reminder, own=True).appended
    assert log(store, said("reminder_acknowledged", {"target": MEETING})).appended
