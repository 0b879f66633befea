"""The JSON interface: what is recorded and checked by it."""

import pytest

from ledger.store.event_store import Store
from tests.web.api.programs import EVENTS, MEETING, Program, a_program
from tests.web.client import Browser
from tests.web.conftest import FORM


def test_an_event_is_recorded_once_however_often_it_is_sent(program: Program, committee: Store) -> None:
    before = committee.head().position
    first = program.post(EVENTS, MEETING)
    assert first.status_code == 201
    [told] = first.json()["events"]
    assert (told["position"], told["appended"]) == (before + 1, True)
    again = program.post(EVENTS, MEETING)
    assert again.status_code == 200
    assert again.json() == {"events": [{**told, "appended": False}], "impact": []}
    stored = committee.find(told["id"])
    assert stored is not None
    assert (stored.branch, stored.recorded_by) == ("b1", "sec")
    two = program.post(EVENTS, [MEETING, MEETING])
    assert [row["appended"] for row in two.json()["events"]] == [False, True]


def test_checking_says_the_same_and_writes_nothing(program: Program, committee: Store) -> None:
    before = committee.head()
    checked = program.post(f"{EVENTS}:check", MEETING)
    assert checked.status_code == 200
    assert committee.head() == before
    written = program.post(EVENTS, MEETING)
    assert checked.json()["impact"] == written.json()["impact"]
    [told] = checked.json()["events"]
    assert (told["position"], told["appended"]) == (None, False)
    assert told["id"] == written.json()["events"][0]["id"]
    clause = next(row for row in written.json()["impact"] if row["clause"] == "6.1")
    assert set(clause) == {
        "branch", "rubric", "period", "clause", "before", "after", "score_before", "score_after",
        "met", "unmet", "why",
    }  # fmt: skip
    assert clause["branch"] == "b1"
    assert clause["why"] is None


def test_the_impact_is_the_difference_of_two_scores(program: Program) -> None:
    def total() -> str:
        found = program.get(f"/api/v1/organisations/b1/scores/{FORM}/2026").json()
        return str(found["scores"][0]["total"])

    before = total()
    impact = program.post(EVENTS, MEETING).json()["impact"]
    assert {row["before"] for row in impact} == {before}
    assert {row["after"] for row in impact} == {total()}


def test_a_list_is_all_or_nothing_and_each_problem_has_its_index(program: Program, committee: Store) -> None:
    before = committee.head()
    bad = {**MEETING, "data": {"kind": "committee_meeting", "present": -1}}
    answer = program.post(
        EVENTS, [MEETING, bad, {**MEETING, "branch": "b2"}], headers={"accept-language": "en"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = [(row["index"], row["field"]) for row in answer.json()["problems"]]
    assert told == [(1, "data.present"), (2, "branch")]
    assert "must be" in answer.json()["problems"][0]["expected"]
    assert committee.head() == before


def test_the_same_id_with_other_content_is_a_conflict_after_everything_else(program: Program) -> None:
    named = {**MEETING, "id": "0198c0de-0000-7000-8000-000000000001"}
    assert program.post(EVENTS, named).status_code == 201
    other = {**named, "occurred_on": "2026-02-11"}
    assert program.post(EVENTS, other).status_code == 409
    ahead = {**MEETING, "occurred_on": "2027-01-01"}
    assert program.post(EVENTS, [other, ahead]).status_code == 422


@pytest.mark.parametrize("field", [{"branch": "b2"}, {"recorded_by": "somebody"}])
def test_nobody_writes_for_another_branch_or_in_anothers_name(
    program: Program, field: dict[str, str]
) -> None:
    answer = program.post(EVENTS, {**MEETING, **field})
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == next(iter(field))


def test_what_a_role_may_not_write_is_forbidden_whatever_it_says(program: Program, committee: Store) -> None:
    before = committee.head()
    judged = {"rubric": FORM, "clause": "6.1", "points": "0.5"}
    for type_word, data in (
        ("member_exempted", {"member": "b1m01", "duty": "all"}),
        ("clause_assessed", {**judged, "assessor": "superior"}),
    ):
        sent = {"type": type_word, "occurred_on": "2026-02-10", "data": data}
        assert program.post(EVENTS, sent).status_code == 403
    own = {"type": "clause_assessed", "occurred_on": "2026-02-10", "data": {**judged, "assessor": "self"}}
    assert program.post(EVENTS, own).status_code == 201
    assert committee.head().position == before.position + 1


def test_a_type_that_a_role_never_writes_is_forbidden_before_its_fields_are_looked_at(
    program: Program,
) -> None:
    for type_word in ("member_exempted", "branch_registered", "reminder_raised", "score_sealed"):
        sent = {"type": type_word, "occurred_on": "2026-02-10", "data": {"nonsense": 1}}
        assert program.post(EVENTS, [{"type": "unheard_of"}, sent]).status_code == 403


def test_a_department_judges_as_department_and_writes_nothing_else(
    site_browser: Browser, committee: Store, program: Program
) -> None:
    department = a_program(site_browser, committee, "dep", "department", "c1")
    judged = {"type": "clause_assessed", "occurred_on": "2026-02-10"}
    data = {"rubric": FORM, "clause": "6.1", "points": "0.5"}
    answers = [
        department.post(f"{EVENTS}:check", {**judged, "data": {**data, "assessor": "department"}}),
        department.post(EVENTS, {**judged, "data": {**data, "assessor": "department"}}),
        department.post(EVENTS, {**judged, "data": {**data, "assessor": "superior"}}),
        department.post(EVENTS, MEETING),
    ]
    assert [one.status_code for one in answers] == [200, 201, 403, 403]


def test_a_problem_of_a_request_speaks_of_fields_not_of_lines(program: Program) -> None:
    ahead = {**MEETING, "occurred_on": "2027-01-01"}
    [problem] = program.post(EVENTS, ahead, headers={"accept-language": "en"}).json()["problems"]
    assert problem["field"] == "occurred_on"
    assert problem["message"].startswith("occurred_on: must not lie after")


def test_a_correction_or_retraction_without_the_right_over_what_it_changes_is_forbidden(
    site_browser: Browser, committee: Store, program: Program
) -> None:
    office = a_program(site_browser, committee, "off", "office", "c1")
    data = {"rubric": FORM, "clause": "6.1", "points": "0.5", "assessor": "self"}
    day = {"occurred_on": "2026-02-10"}
    own = program.post(EVENTS, {"type": "clause_assessed", **day, "data": data}).json()["events"][0]["id"]

    def correcting(assessor: str, points: str) -> dict[str, object]:
        new = {**data, "assessor": assessor, "points": points}
        return {"type": "event_corrected", **day, "data": {"target": own, "reason": "r", "data": new}}

    assert program.post(EVENTS, correcting("superior", "0.4")).status_code == 403
    assert office.post(EVENTS, correcting("superior", "0.4")).status_code == 403
    corrected = program.post(EVENTS, correcting("self", "0.4"))
    assert corrected.status_code == 201
    target = corrected.json()["events"][0]["id"]
    back = {"type": "event_retracted", **day, "data": {"target": target, "reason": "r"}}
    assert office.post(EVENTS, back).status_code == 403
    assert program.post(EVENTS, back).status_code == 201
