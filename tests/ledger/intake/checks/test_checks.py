"""What an event must satisfy, given the stream that it joins."""

from typing import Any

import pytest

from ledger.store.event_store import Store
from tests.ledger.intake.said import (
    CONTROL,
    MEETING,
    correction,
    log,
    meeting,
    registered,
    retraction,
    said,
    sentences,
    take_in,
)

OTHER = "bbbbbbbb-0000-4000-8000-000000000003"
REMINDER = "dddddddd-0000-4000-8000-000000000004"


def told(store: Store, *events: dict[str, Any]) -> str:
    """The one sentence for which the last line of a file is refused, without its place."""
    (sentence,) = sentences(store, *events)
    place, _, rest = sentence.partition(": ")
    assert place == f"1.jsonl:{len(events)}"
    return rest


def test_a_branch_is_registered_before_anything_of_it_is_logged(store: Store) -> None:
    assert told(store, meeting()) == (
        'branch: must be a registered branch, got "b1". Log its branch_registered first'
    )


def test_the_nearest_branch_is_named(store: Store) -> None:
    take_in(store, [registered("hospital-1"), registered("college-1")])
    assert told(store, meeting(branch="hospitl-1")).endswith("Did you mean hospital-1?")


def test_a_branch_registered_earlier_in_the_file_is_registered(store: Store) -> None:
    assert take_in(store, [registered(), meeting(), registered("b2"), meeting(branch="b2")]).appended == 4
    assert told(store, registered("b3"), meeting(branch="b03")).endswith("Did you mean b3?")


@pytest.mark.parametrize("before", [[registered()], []])
def test_a_branch_is_registered_once(store: Store, before: list[dict[str, Any]]) -> None:
    take_in(store, before)
    again = registered() | {"data": {"name": "另一个名字"}}
    assert told(store, *([] if before else [registered()]), again) == (
        'branch: must be a branch that is not registered yet, got "b1". '
        "Log branch_renamed or branch_moved for a new name or superior, "
        "or use `zhibu correct` where the registration is wrong"
    )


def test_a_branch_is_not_its_own_superior(store: Store) -> None:
    own_parent = registered() | {"data": {"name": "支部", "parent": "b1"}}
    assert told(store, own_parent).startswith("data.parent: must be another organization")


def test_a_parent_may_be_registered_later(store: Store) -> None:
    child = registered("b2") | {"data": {"name": "支部", "parent": "b1"}}
    assert take_in(store, [child, registered("b1")]).appended == 2


def test_nothing_happens_after_the_day_of_recording(store: Store) -> None:
    today = meeting() | {"occurred_on": "2020-01-15"}
    assert take_in(store, [registered(), today]).appended == 2
    assert told(store, meeting() | {"occurred_on": "2020-01-16"}).startswith(
        'occurred_on: must not lie after the day of recording (2020-01-15), got "2020-01-16"'
    )


def test_a_departure_a_due_day_an_end_and_a_month_of_dues_may_lie_ahead(store: Store) -> None:
    ahead = [
        said("member_departed", {"member": "m01"}) | {"occurred_on": "2020-03-31"},
        said("document_requested", {"ref": "1", "due_on": "2020-06-30"}),
        said("member_exempted", {"member": "m01", "duty": "all", "until": "2030-12-31"}),
        said(
            "clause_waived", {"rubric": "form-001", "clause": "6.1", "reason": "停课", "until": "2020-12-31"}
        ),
        said("dues_paid", {"member": "m01", "month": "2020-12", "amount": 20}),
    ]
    assert take_in(store, [registered(), *ahead]).appended == 6


def test_no_check_depends_on_the_roster(store: Store) -> None:
    paid = said("dues_paid", {"member": "m01", "month": "2019-03", "amount": 20})
    joined = said("member_joined", {"member": "m01"})
    assert take_in(store, [registered(), paid, joined]).appended == 3


RUBRIC = "data.rubric: must be a known rubric, got "
CLAUSE = "data.clause: must be a clause of form-001, got "
POINTS = "data.points: must be at most "


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"rubric": "form-01"}, RUBRIC + '"form-01". Did you mean form-001?'),
        ({"rubric": "zzz"}, RUBRIC + '"zzz". `zhibu rubrics` lists them'),
        ({"clause": "6.2"}, CLAUSE + '"6.2". Did you mean 6.1?'),
        ({"clause": "x"}, CLAUSE + '"x". `zhibu rubric show form-001` lists them'),
        ({"points": "3.01"}, POINTS + "3.00, the points of the clause, got 3.01"),
        ({"clause": "7", "points": "100.01"}, POINTS + "100.00, the points of the clause, got 100.01"),
    ],
)
def test_an_assessment_names_a_clause_and_no_more_than_its_points(
    store: Store, data: dict[str, Any], expected: str
) -> None:
    good = {"rubric": "form-001", "clause": "6.1", "assessor": "superior", "points": 3}
    assert told(store, registered(), said("clause_assessed", {**good, **data})) == expected


def test_the_full_points_of_a_clause_and_a_hundred_of_a_graded_one_are_fine(store: Store) -> None:
    good = {"rubric": "form-001", "clause": "6.1", "assessor": "superior", "points": 3}
    graded = {**good, "clause": "7", "points": 100}
    fine = [said("clause_assessed", good), said("clause_assessed", graded)]
    assert take_in(store, [registered(), *fine]).appended == 3


def test_only_graded_clauses_have_grades(store: Store) -> None:
    tally = {"rubric": "form-001", "clause": "7", "source": "masses", "good": 3}
    assert take_in(store, [registered(), said("grades_tallied", tally)]).appended == 2
    assert told(store, said("grades_tallied", {**tally, "clause": "6.1"})).startswith(
        'data.clause: must be a clause that is judged by grades, got "6.1"'
    )


@pytest.mark.parametrize("word", ["rubric_adopted", "clause_waived"])
def test_an_adoption_and_a_waiver_name_a_known_rubric(store: Store, word: str) -> None:
    data = {"rubric": "form-003"}
    if word == "clause_waived":
        data |= {"clause": "1", "reason": "停课", "until": "2019-12-31"}
    assert told(store, registered(), said(word, data)).startswith("data.rubric: must be a known rubric")


def test_a_target_is_an_earlier_event(store: Store) -> None:
    assert told(store, registered(), retraction()).startswith(
        f'data.target: must be the id of an earlier event of the same branch, got "{MEETING}"'
    )
    problems = sentences(store, registered(), retraction(), meeting(id=MEETING))
    assert [sentence.partition(": ")[0] for sentence in problems] == ["1.jsonl:2"]


def test_a_target_of_another_branch_is_told_so(store: Store) -> None:
    take_in(store, [registered(), registered("b2"), meeting(id=MEETING, branch="b2")])
    assert told(store, retraction()).endswith('It is an event of "b2"')


def test_an_event_is_retracted_once(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    again = retraction(id=OTHER)
    assert told(store, retraction(id=CONTROL), again).startswith(
        f'data.target: must not be an event that was retracted, got "{MEETING}"'
    )
    take_in(store, [retraction(id=CONTROL)])
    assert "retracted" in told(store, again)
    assert "retracted" in told(store, correction({"kind": "study"}))


def test_a_retraction_is_not_retracted(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING), retraction(id=CONTROL)])
    assert told(store, retraction(CONTROL)) == (
        'data.target: must not be a control event, unless it is a correction, got "event_retracted"'
    )


def test_the_registration_is_not_retracted_while_anything_else_stands_but_may_be_corrected(
    store: Store,
) -> None:
    take_in(store, [registered(id=MEETING), said("issue_opened", {"kind": "vacancy", "ref": "v"}, id=OTHER)])
    assert told(store, retraction()).startswith(
        "data.target: must not be the registration of the branch while anything else of it stands, "
        'got "branch_registered". "issue opened" of 2019-03-12 (position 2) stands.'
    )
    assert take_in(store, [correction({"name": "新名字"})]).appended == 1


def test_a_registration_by_mistake_is_retracted_and_made_anew(store: Store) -> None:
    meeting_first = meeting(id=OTHER)
    take_in(store, [registered(id=MEETING), meeting_first, retraction(OTHER)])
    assert take_in(store, [retraction(id=CONTROL)]).appended == 1
    nothing_there = said("issue_closed", {"ref": "v"})
    assert told(store, nothing_there).startswith('branch: must be a registered branch, got "b1"')
    assert log(store, registered()).appended
    assert log(store, meeting()).appended


def test_a_registration_is_not_retracted_while_a_line_before_it_in_the_file_stands(store: Store) -> None:
    take_in(store, [registered(id=MEETING)])
    assert '"meeting" of 2019-03-12 stands' in told(store, meeting(), retraction())


def test_a_correction_is_not_corrected_but_may_be_retracted(store: Store) -> None:
    first = correction({"kind": "study"}) | {"id": CONTROL}
    take_in(store, [registered(), meeting(id=MEETING), first])
    assert told(store, correction({"kind": "study"}, CONTROL)).startswith(
        'data.target: must not be a control event, got "event_corrected". Correct the event itself once more'
    )
    assert take_in(store, [retraction(CONTROL, id=OTHER)]).appended == 1
    assert "retracted" in told(store, retraction(CONTROL))


def test_only_a_reminder_is_acknowledged_and_nothing_else_is_done_to_it(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    raised = {"rubric": "r", "clause": "-", "obligation": "o", "rung": "lead", "due_on": "2019-03-31"}
    log(store, said("reminder_raised", raised, id=REMINDER), own=True)
    assert told(store, said("reminder_acknowledged", {"target": MEETING})).startswith(
        'data.target: must be a reminder (reminder_raised), got "meeting_held"'
    )
    assert take_in(store, [said("reminder_acknowledged", {"target": REMINDER}, id=CONTROL)]).appended == 1
    assert "must not be a control event" in told(store, retraction(REMINDER))
    assert "must not be a control event" in told(store, correction(raised, REMINDER))
    assert "must not be a control event" in told(store, retraction(CONTROL))


@pytest.mark.parametrize(
    ("word", "hint"), [("reminder_raised", "zhibu remind"), ("score_sealed", "zhibu seal")]
)
def test_a_file_brings_no_reminders_and_no_seals(store: Store, word: str, hint: str) -> None:
    from tests.ledger.events.examples import EXAMPLES

    assert told(store, registered(), said(word, EXAMPLES[word][0])) == (
        f'type: must be a type that can be logged; only the program itself makes this one, got "{word}". '
        + (f"Reminders are raised by `{hint}`" if word == "reminder_raised" else f"Use `{hint}`")
    )
