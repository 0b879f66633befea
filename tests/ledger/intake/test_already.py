"""Lines without an id are compared with what stands: after corrections, retractions, and typing by hand."""

import pytest

from ledger.errors import Refused
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from tests.ledger.intake.said import (
    KNOWN,
    MEETING,
    NOW,
    TODAY,
    correction,
    lines,
    log,
    meeting,
    registered,
    retraction,
    said,
    sentences,
    take_in,
)


def dues(amount: int, **envelope: str) -> dict[str, object]:
    return said("dues_paid", {"member": "m01", "month": "2019-03", "amount": amount}, **envelope)


def test_the_corrected_row_is_not_counted_twice(store: Store) -> None:
    take_in(store, [registered(), dues(20)])
    first = next(store.read(types={"dues_paid"})).id
    take_in(store, [correction({"member": "m01", "month": "2019-03", "amount": 25}, first)])
    again = take_in(store, [dues(25)])
    assert (again.appended, again.present, again.equal) == (0, 0, 1)
    assert (take_in(store, [dues(20)]).present, store.head().position) == (1, 3)  # the old file again


def test_what_was_typed_by_hand_is_there_under_another_id(store: Store) -> None:
    take_in(store, [registered()])
    log(store, dues(20))
    first = take_in(store, [dues(20), dues(20)])  # two equal lines: one of them is there
    assert (first.appended, first.equal) == (1, 1)
    second = take_in(store, [dues(20), dues(20)])
    assert (second.appended, second.present + second.equal) == (0, 2)
    assert take_in(store, [dues(20), dues(20), dues(20)]).appended == 1


def test_strictly_an_equal_event_under_another_id_is_a_problem(store: Store) -> None:
    take_in(store, [registered()])
    log(store, dues(20))
    with pytest.raises(Refused) as caught:
        record_all(store, [lines([dues(20)])], now=NOW, today=TODAY, known=KNOWN, strict=True)
    assert [problem.sentence("en") for problem in caught.value.problems] == [
        (
            "events.jsonl:1: must not equal an event that stands. "
            "An equal one stands (position 2, of 2019-03-12); give an id to record another one"
        )
    ]


@pytest.mark.parametrize("typed", [True, False])
def test_a_line_equal_to_a_retracted_event_is_a_problem(store: Store, typed: bool) -> None:
    take_in(store, [registered()])
    first = log(store, dues(20)).recorded.id if typed else ""
    if not typed:
        take_in(store, [dues(20)])
        first = next(store.read(types={"dues_paid"})).id
    take_in(store, [retraction(first)])
    assert sentences(store, dues(20)) == [
        (
            "1.jsonl:1: must not equal an event that was retracted. "
            "It was retracted (position 2, of 2019-03-12); give a new id to record it again"
        )
    ]
    assert take_in(store, [dues(20, id=MEETING)]).appended == 1
    again = take_in(store, [dues(20)])
    assert (again.appended, again.present + again.equal) == (0, 1)


def test_a_line_with_an_id_is_there_with_the_content_first_logged_and_with_the_one_that_stands(
    store: Store,
) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    take_in(store, [correction({"kind": "study"})])
    stands = said("meeting_held", {"kind": "study"}, id=MEETING)
    assert take_in(store, [meeting(id=MEETING), stands]).present == 2
    assert (
        "must not be the id of another event"
        in sentences(store, said("meeting_held", {"kind": "congress"}, id=MEETING))[0]
    )


def test_a_day_that_was_corrected_is_part_of_what_stands(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    take_in(store, [correction({"kind": "theme_day", "present": 9}, occurred_on="2019-03-13")])
    assert take_in(store, [meeting() | {"occurred_on": "2019-03-13"}]).equal == 1
    assert take_in(store, [meeting()]).appended == 1


def test_an_equal_event_that_was_corrected_is_no_reason_for_a_warning(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    take_in(store, [correction({"kind": "study"})])
    assert log(store, meeting()).equal is None
    found = log(store, said("meeting_held", {"kind": "study"})).equal
    assert found is not None
    assert found.id == MEETING
