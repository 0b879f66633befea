"""A correction is held to what its target's type may say."""

from typing import Any

import pytest

from ledger.intake.batch import Intake
from ledger.store.event_store import Store
from tests.ledger.intake.said import (
    CONTROL,
    MEETING,
    correction,
    meeting,
    registered,
    retraction,
    said,
    sentences,
    take_in,
)

SECOND = "bbbbbbbb-0000-4000-8000-000000000003"
PAID = {"member": "m01", "month": "2019-03", "amount": "20.00"}


def told(store: Store, event: dict[str, Any]) -> list[str]:
    return [sentence.removeprefix("1.jsonl:1: ") for sentence in sentences(store, event)]


def test_the_new_payload_is_stored_in_its_one_form(store: Store) -> None:
    paid = said("dues_paid", PAID, id=MEETING)
    new = {"member": "m01", "month": "2019-03", "amount": 25, "due": None}
    assert take_in(store, [registered(), paid, correction(new)]) == Intake(3, 0)
    *_, stored = store.read()
    assert stored.payload()["data"] == {"member": "m01", "month": "2019-03", "amount": "25.00"}


@pytest.mark.parametrize("amount", [25, "25", 25.0, "25.00"])
def test_equal_corrections_are_one(store: Store, amount: object) -> None:
    file = [registered(), said("dues_paid", PAID, id=MEETING)]
    take_in(store, [*file, correction({**PAID, "amount": "25.00"})])
    assert take_in(store, [*file, correction({**PAID, "amount": amount})]) == Intake(0, 3)


def test_what_is_wrong_with_the_new_payload_is_told_field_by_field(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    wrong = told(store, correction({"kind": "nonsense", "present": -3, "amount": 5}))
    fields = [sentence.partition(": ")[0] for sentence in wrong]
    assert sorted(fields) == ["data.data.amount", "data.data.kind", "data.data.present"]


def test_a_payload_of_another_type_is_refused(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    assert any(sentence.startswith("data.data.member: ") for sentence in told(store, correction(PAID)))


def test_the_corrected_day_does_not_lie_ahead_unless_the_event_may(store: Store) -> None:
    departed = said("member_departed", {"member": "m01"}, id=SECOND)
    take_in(store, [registered(), meeting(id=MEETING), departed])
    assert told(store, correction({"kind": "study"}, occurred_on="2020-01-16"))[0].startswith(
        "data.occurred_on: must not lie after the day of recording"
    )
    assert take_in(store, [correction({"member": "m01"}, SECOND, occurred_on="2020-06-30")]).appended == 1


def test_the_corrected_day_goes_with_the_kept_end(store: Store) -> None:
    exempted = said("member_exempted", {"member": "m01", "duty": "all", "until": "2019-06-30"}, id=MEETING)
    take_in(store, [registered(), exempted])
    kept = {"member": "m01", "duty": "all", "until": "2019-06-30"}
    (sentence,) = told(store, correction(kept, occurred_on="2019-07-01"))
    assert sentence.startswith("data.data.until: ")


def test_a_kept_month_must_go_with_the_corrected_day(store: Store) -> None:
    appraisal = said("meeting_held", {"kind": "democratic_appraisal"}, id=MEETING, counts_for="2019-01")
    take_in(store, [registered(), appraisal])
    (sentence,) = told(store, correction({"kind": "democratic_appraisal"}, occurred_on="2019-11-12"))
    assert sentence.startswith("data.counts_for: must lie at most four months before")
    assert take_in(store, [correction({"kind": "democratic_appraisal"}, occurred_on="2019-05-12")]).appended


def test_a_corrected_month_is_for_types_that_have_one(store: Store) -> None:
    take_in(store, [registered(), meeting(id=MEETING)])
    (sentence,) = told(store, correction({"kind": "theme_day"}, counts_for="2019-02"))
    assert sentence.startswith("data.counts_for: ")


def test_days_that_an_earlier_correction_gave_are_kept_until_it_is_retracted(store: Store) -> None:
    kept = {"member": "m01", "duty": "all"}
    take_in(store, [registered(), said("member_exempted", kept, id=MEETING)])
    later = correction(kept, occurred_on="2019-09-01") | {"id": CONTROL}
    ends_in_june = correction({**kept, "until": "2019-06-30"})
    take_in(store, [later])
    (sentence,) = told(store, ends_in_june)
    assert sentence.startswith("data.data.until: ")
    assert take_in(store, [retraction(CONTROL, id=SECOND), ends_in_june]).appended == 2


def test_a_corrected_assessment_is_held_to_the_clause(store: Store) -> None:
    good = {"rubric": "form-001", "clause": "6.1", "assessor": "self", "points": 2}
    take_in(store, [registered(), said("clause_assessed", good, id=MEETING)])
    assert told(store, correction({**good, "points": 4})) == [
        "data.data.points: must be at most 3.00, the points of the clause, got 4.00"
    ]
    assert told(store, correction({**good, "rubric": "form-01"}))[0].startswith("data.data.rubric: ")


def test_a_branch_is_not_corrected_into_its_own_superior(store: Store) -> None:
    take_in(store, [registered(id=MEETING)])
    (sentence,) = told(store, correction({"name": "支部", "parent": "b1"}))
    assert sentence.startswith("data.data.parent: ")


def test_a_target_earlier_in_the_same_file_may_be_corrected(store: Store) -> None:
    assert take_in(store, [registered(), meeting(id=MEETING), correction({"kind": "study"})]).appended == 3
