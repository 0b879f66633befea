"""Files through the one way in: all or nothing, and the same file again changes nothing."""

import pytest

from ledger.errors import Refused
from ledger.intake.batch import Intake, Line, record_all
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from tests.ledger.intake.said import (
    KNOWN,
    MEETING,
    NOW,
    TODAY,
    lines,
    meeting,
    refused,
    registered,
    retraction,
    said,
    sentences,
    take_in,
)


def dues(number: int) -> dict[str, object]:
    return said("dues_paid", {"member": f"m{number}", "month": "2019-03", "amount": 20})


def test_a_file_is_appended_in_its_order(store: Store) -> None:
    assert take_in(store, [registered(), meeting(), dues(1)]) == Intake(appended=3, present=0)
    assert [(one.position, one.type) for one in store.read()] == [
        (1, "branch_registered"),
        (2, "meeting_held"),
        (3, "dues_paid"),
    ]


def test_the_same_file_again_changes_nothing_and_says_so(store: Store) -> None:
    file = [registered(), meeting(), meeting(), dues(1), meeting(id=MEETING), retraction()]
    assert take_in(store, file) == Intake(6, 0)
    head = store.head()
    again = take_in(store, file)
    assert (again.appended, again.present, again.retracted) == (0, 5, 1)
    assert [note.sentence("en") for note in again.notes] == [
        "1.jsonl:5: id: is there already at position 5, but was retracted and does not count"
    ]
    assert store.head() == head


def test_a_file_that_grew_appends_what_is_new(store: Store) -> None:
    file = [registered(), meeting()]
    take_in(store, file)
    assert take_in(store, [*file, meeting(), dues(1)]) == Intake(2, 2)


def test_an_equal_line_of_another_file_is_the_same_event(store: Store) -> None:
    assert take_in(store, [registered(), meeting()], [registered(), meeting(), meeting()]) == Intake(3, 2)
    assert take_in(store, [meeting()]) == Intake(0, 1)


def test_the_same_file_named_twice_in_one_import_is_taken_once(store: Store) -> None:
    file = lines([registered(), meeting(), meeting()])
    assert record_all(store, [file, file], now=NOW, today=TODAY, known=KNOWN) == Intake(3, 3)


def test_who_recorded_it_is_no_content(store: Store) -> None:
    take_in(store, [registered(), meeting(recorded_by="sec-1")])
    assert take_in(store, [meeting(recorded_by="sec-2")]) == Intake(0, 1)
    assert next(store.read(types={"meeting_held"})).recorded_by == "sec-1"


def test_one_bad_line_keeps_the_whole_file_out(store: Store) -> None:
    problems = refused(store, registered(), meeting(), meeting() | {"occurred_on": "2019-02-30"}, dues(1))
    assert [(one.file, one.line, one.field) for one in problems] == [("1.jsonl", 3, "occurred_on")]


def test_all_problems_are_told_in_the_order_of_the_lines(store: Store) -> None:
    bad = [
        registered(),
        meeting(branch="b2"),
        said("meeting_held", {"kind": "nonsense", "present": -1}),
        meeting(id=MEETING),
        dues(1) | {"id": MEETING},
        meeting() | {"occurred_on": "2020-01-16"},
        meeting() | {"occurred_on": "2019-13-01"},
    ]
    assert [(one.line, one.field) for one in refused(store, *bad)] == [
        (2, "branch"),
        (3, "data.present"),
        (3, "data.kind"),
        (5, "id"),
        (6, "occurred_on"),
        (7, "occurred_on"),
    ]


def test_the_first_hundred_problems_are_told_and_all_are_counted(store: Store) -> None:
    file = [registered(), *(meeting() | {"occurred_on": "2020-01-16"} for _ in range(6_000))]
    with pytest.raises(Refused) as caught:
        take_in(store, file)
    assert (len(caught.value.problems), caught.value.total) == (100, 6_000)
    assert [one.line for one in caught.value.problems] == list(range(2, 102))


def test_what_follows_from_a_refused_line_is_not_told_again(store: Store) -> None:
    bad_branch = registered("b2") | {"data": {}}
    bad_meeting = said("meeting_held", {"kind": "nonsense"}, id=MEETING)
    told = sentences(
        store, registered(), bad_branch, meeting(branch="b2"), bad_meeting, retraction(), meeting()
    )
    assert [sentence.split(": ")[:2] for sentence in told] == [
        ["1.jsonl:2", "data.name"],
        ["1.jsonl:4", "data.kind"],
    ]


def test_an_id_twice_in_one_file_is_one_event_if_the_content_is_equal(store: Store) -> None:
    assert take_in(store, [registered(), meeting(id=MEETING), meeting(id=MEETING)]) == Intake(2, 1)


def test_an_id_twice_in_one_file_with_other_content_is_refused(store: Store) -> None:
    (told,) = sentences(store, registered(), meeting(id=MEETING), dues(1) | {"id": MEETING})
    assert told.startswith(
        f'1.jsonl:3: id: must not be the id of another event, got "{MEETING}". An earlier line'
    )


def test_a_line_that_could_not_be_read_is_a_problem_among_the_others(store: Store) -> None:
    with pytest.raises(Refused) as caught:
        record_all(
            store,
            [[Line("a.jsonl", 1, b"{nonsense"), Line("a.jsonl", 2, "[]"), Line("a.jsonl", 3, {"type": "x"})]],
            now=NOW,
            today=TODAY,
            known=KNOWN,
        )
    places = [(one.line, one.field) for one in caught.value.problems]
    assert places[:2] == [(1, None), (2, None)]
    assert (3, "type") in places


def test_nothing_is_locked_or_left_behind_by_a_refused_file(store: Store) -> None:
    refused(store, registered(), meeting(branch="b2"))
    assert take_in(store, [registered(), meeting()]) == Intake(2, 0)
    assert store.verify().head == store.head()


def test_progress_is_told_by_lines(sqlite_store: Store) -> None:
    told: list[int] = []
    file = lines([registered(), *(dues(number) for number in range(11_000))])
    taken = record_all(sqlite_store, [file], now=NOW, today=TODAY, known=KNOWN, on_progress=told.append)
    assert taken == Intake(11_001, 0)
    assert told == sorted(told)
    assert told[-1] == 11_001
    assert len(told) >= 3


def test_a_target_in_an_earlier_part_of_a_long_file_is_found(sqlite_store: Store) -> None:
    many = [dues(number) for number in range(12_000)]
    assert take_in(sqlite_store, [registered(), meeting(id=MEETING), *many, retraction()]).appended == 12_003


def test_a_trial_of_a_long_file_finds_what_the_import_finds_and_writes_nothing(sqlite_store: Store) -> None:
    many = [dues(number) for number in range(2_000)]
    file = [registered(), meeting(id=MEETING), *many, retraction(), meeting(id=MEETING)]
    named, tried = [lines(file, "1.jsonl")], list[Recorded]()
    said_before = record_all(sqlite_store, named, now=NOW, today=TODAY, known=KNOWN, tried=tried)
    assert sqlite_store.head().position == 0
    assert (said_before.appended, said_before.retracted, len(tried)) == (2_003, 1, 2_003)
    assert take_in(sqlite_store, file) == said_before
    assert list(sqlite_store.read(types=["event_retracted"])) == [tried[-1]]
