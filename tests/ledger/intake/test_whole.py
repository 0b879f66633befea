"""What only the stream as a whole can say: seen by days, whatever the order of the lines."""

from itertools import permutations
from typing import Any

import pytest

from ledger.store.event_store import Store
from tests.ledger.intake.said import (
    MEETING,
    correction,
    log,
    refused,
    registered,
    retraction,
    said,
    sentences,
    take_in,
)

LEFT = "eeeeeeee-0000-4000-8000-000000000005"


def on(day: str, type_word: str, **data: Any) -> dict[str, Any]:
    """An event of branch b1 on a day; an id may be among the data."""
    envelope = {name: data.pop(name) for name in ("id", "branch") if name in data}
    return said(type_word, data, **envelope) | {"occurred_on": day}


def joined(day: str, **more: Any) -> dict[str, Any]:
    return on(day, "member_joined", member="m01", **more)


def left(day: str, **more: Any) -> dict[str, Any]:
    return on(day, "member_left", member="m01", **more)


def moved(day: str, direction: str, **more: Any) -> dict[str, Any]:
    return on(day, "member_transferred", member="m01", direction=direction, **more)


def one(store: Store, *events: dict[str, Any]) -> str:
    """The one sentence for which a file is refused."""
    (sentence,) = sentences(store, *events)
    return sentence


CORRECT = "; correct or retract what is wrong"


@pytest.mark.parametrize("second", [joined("2019-05-01"), moved("2019-05-01", "in")])
def test_who_is_on_the_roster_does_not_join_again(store: Store, second: dict[str, Any]) -> None:
    take_in(store, [registered(), joined("2018-01-05")])
    assert one(store, second) == (
        '1.jsonl:1: data.member: must be somebody who is not on the roster that day, got "m01". '
        f'"member joined" of 2018-01-05 stands (position 2){CORRECT}'
    )
    (problem,) = refused(store, second)
    assert problem.sentence("zh") == (
        '1.jsonl:1: data.member: 应为当日不在册的成员，实际为 "m01"。'
        "已有 2018-01-05“入册”（序号 2）；如有误，请更正或撤销"
    )


def test_an_earlier_joining_typed_later_is_a_second_one_too(store: Store) -> None:
    take_in(store, [registered(), moved("2019-05-01", "in")])
    assert one(store, joined("2018-01-05")).endswith(
        f'got "m01". "member transferred in" of 2019-05-01 stands (position 2){CORRECT}'
    )


def test_an_import_is_seen_by_days_whatever_the_order_of_its_lines(store: Store) -> None:
    stays = [joined("2018-01-05"), left("2018-06-30"), moved("2019-01-01", "in"), moved("2019-03-31", "out")]
    for number, order in enumerate(permutations(stays)):
        lines = [{**line, "branch": f"b{number}"} for line in order]
        assert take_in(store, [registered(f"b{number}"), *lines]).appended == 5


def test_two_joinings_of_one_file_are_told_at_the_later_day(store: Store) -> None:
    assert one(store, registered(), joined("2019-05-01"), joined("2018-01-05")) == (
        '1.jsonl:2: data.member: must be somebody who is not on the roster that day, got "m01". '
        f'"member joined" of 2018-01-05 stands (line 3){CORRECT}'
    )


@pytest.mark.parametrize("second", [left("2019-05-01"), moved("2019-05-01", "out")])
def test_who_was_taken_off_does_not_leave_again(store: Store, second: dict[str, Any]) -> None:
    take_in(store, [registered(), joined("2018-01-05"), moved("2019-01-31", "out")])
    assert one(store, second) == (
        '1.jsonl:1: data.member: must be somebody whom nothing took off the roster before, got "m01". '
        f'"member transferred out" of 2019-01-31 stands (position 3){CORRECT}'
    )


def test_the_leaving_of_somebody_of_whom_nothing_is_known_is_taken_with_a_note(store: Store) -> None:
    intake = take_in(store, [registered(), left("2019-05-01")])
    assert [note.sentence("en") for note in intake.notes] == [
        '1.jsonl:2: data.member: was not on the roster before; taken all the same, got "m01"'
    ]
    assert take_in(store, [joined("2018-01-01")]).notes == ()
    assert "nothing took off" in one(store, left("2019-06-01"))


def test_a_retracted_leaving_does_not_count_and_a_corrected_one_counts_on_its_new_day(store: Store) -> None:
    take_in(store, [registered(), joined("2018-01-05"), left("2019-05-01", id=LEFT)])
    later = correction({"member": "m01"}, LEFT, occurred_on="2019-08-01")
    assert log(store, later).appended
    assert "not on the roster" in one(store, joined("2019-07-01"))
    assert take_in(store, [joined("2019-08-01")]).appended == 1
    take_in(store, [retraction(LEFT)])
    assert "not on the roster" in one(store, moved("2019-10-01", "in"))


def test_a_correction_that_makes_a_second_joining_is_refused_at_its_own_line(store: Store) -> None:
    take_in(
        store,
        [registered(), joined("2018-01-05"), on("2019-02-01", "member_joined", member="m02", id=MEETING)],
    )
    assert one(store, correction({"member": "m01"})).startswith(
        "1.jsonl:1: data.data.member: must be somebody who is not on the roster that day"
    )


@pytest.mark.parametrize(
    ("word", "opposite", "expected"),
    [
        ("member_hired", "member_departed", "was not hired, or departed since"),
        ("member_departed", "member_hired", "did not depart, or was hired since"),
    ],
)
def test_nobody_is_hired_or_departs_twice_without_the_opposite_between(
    store: Store, word: str, opposite: str, expected: str
) -> None:
    first, second = on("2019-01-10", word, member="m01"), on("2019-06-10", word, member="m01")
    take_in(store, [registered(), first])
    assert expected in one(store, second)
    assert take_in(store, [second, on("2019-03-10", opposite, member="m01")]).appended == 2


def test_a_branch_is_dissolved_once(store: Store) -> None:
    take_in(store, [registered(), on("2019-06-30", "branch_dissolved", id=MEETING)])
    assert one(store, on("2019-03-31", "branch_dissolved", successor="b2")) == (
        '1.jsonl:1: type: must be an organization that is not dissolved yet, got "branch_dissolved". '
        f'"branch dissolved" of 2019-06-30 stands (position 2){CORRECT}'
    )
    assert "must be another organization" in one(store, on("2019-03-31", "branch_dissolved", successor="b1"))
    assert take_in(store, [retraction(), on("2019-03-31", "branch_dissolved")]).appended == 2


def test_only_an_adopted_rubric_is_dropped(store: Store) -> None:
    drop = on("2019-06-30", "rubric_dropped", rubric="form-001")
    assert one(store, registered(), drop) == (
        '1.jsonl:2: data.rubric: must be a rubric by which the branch goes that day, got "form-001". '
        "It was not adopted by then: `zhibu history` tells the adoptions"
    )
    adopted = on("2019-01-01", "rubric_adopted", rubric="form-001")
    assert take_in(store, [registered(), drop, adopted]).appended == 3  # seen by days
    assert one(store, on("2019-09-30", "rubric_dropped", rubric="form-001")).endswith(
        f'"rubric dropped" of 2019-06-30 stands (position 2){CORRECT}'
    )
    assert take_in(store, [on("2019-07-01", "rubric_adopted", rubric="form-001"),
                           on("2019-09-30", "rubric_dropped", rubric="form-001")]).appended == 2  # fmt: skip


def test_a_branch_moves_only_under_a_registered_organization_that_is_not_below_it(store: Store) -> None:
    below = registered("b2") | {"data": {"name": "b2", "parent": "b1"}}
    take_in(store, [registered("college-1"), registered("b1"), below])
    assert one(store, on("2019-05-01", "branch_moved", parent="colege-1")) == (
        '1.jsonl:1: data.parent: must be a registered organization, got "colege-1". Did you mean college-1?'
    )
    assert "must be another organization" in one(store, on("2019-05-01", "branch_moved", parent="b1"))
    assert one(store, on("2019-05-01", "branch_moved", parent="b2")) == (
        '1.jsonl:1: data.parent: must not be an organization below the branch itself, got "b2". '
        f'"branch registered" of 2010-01-01 stands (position 3){CORRECT}'
    )
    moved_away = on("2019-04-30", "branch_moved", branch="b2", parent="college-1")
    assert take_in(store, [on("2019-05-01", "branch_moved", parent="b2"), moved_away]).appended == 2


def test_a_superior_may_be_registered_later_in_the_file(store: Store) -> None:
    lines = [registered(), on("2019-05-01", "branch_moved", parent="c9"), registered("c9")]
    assert take_in(store, lines).appended == 3


def test_a_ref_that_is_used_again_is_told(store: Store) -> None:
    request = on("2019-03-01", "document_requested", ref="r1", due_on="2019-03-31")
    take_in(store, [registered(), request])
    outcome = log(store, on("2019-09-01", "document_requested", ref="r1", due_on="2019-09-30"))
    (note,) = outcome.notes
    assert note.sentence("en") == (
        "data.ref: was used on 2019-03-01 (position 2) already: papers answer this request from this day on, "
        'got "r1"'
    )
    assert log(store, on("2019-09-01", "document_requested", ref="r2", due_on="2019-09-30")).notes == ()


def test_of_ten_thousand_second_joinings_a_hundred_are_told(store: Store) -> None:
    again = [on("2019-05-01", "member_joined", member=f"m{n}") for n in range(150)]
    before = [on("2018-05-01", "member_joined", member=f"m{n}") for n in range(150)]
    take_in(store, [registered(), *before])
    assert len(sentences(store, *again)) == 100
