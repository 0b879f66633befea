"""What is not an event is refused, with the field, what is expected, what was found, in two languages.

The tables beside this file say it: an input, its English sentence, its Chinese one.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.events import CATALOGUE, STORE_FIELDS, fields_of, parse_event, parse_payload
from tests.ledger.events.examples import EXAMPLES, raw_event
from tests.ledger.events.refused import english, problems

HERE = Path(__file__).parent


def table(name: str) -> list[Any]:
    """The blocks of a table; each is a line of input and two sentences."""
    blocks = (HERE / name).read_text(encoding="utf-8").strip().split("\n\n")
    return [pytest.param(*map(str.strip, block.split("\n")), id=str(at)) for at, block in enumerate(blocks)]


@pytest.mark.parametrize(("given", "en", "zh"), table("bad_fields.txt"))
def test_a_bad_field_is_named_in_both_languages(given: str, en: str, zh: str) -> None:
    word, _, fields = given.partition(" ")
    data = {**EXAMPLES[word][0], **json.loads(fields)}
    (problem,) = problems(parse_event, raw_event(word, data))
    assert (problem.sentence("en"), problem.sentence("zh")) == (en, zh)


@pytest.mark.parametrize(("fields", "en", "zh"), table("bad_envelopes.txt"))
def test_a_bad_envelope_is_named_in_both_languages(fields: str, en: str, zh: str) -> None:
    (problem,) = problems(parse_event, {**raw_event("meeting_held"), **json.loads(fields)})
    assert (problem.sentence("en"), problem.sentence("zh")) == (en, zh)


@pytest.mark.parametrize("name", STORE_FIELDS)
def test_what_the_store_sets_cannot_be_given(name: str) -> None:
    (problem,) = problems(parse_event, {**raw_event("meeting_held"), name: 1})
    assert problem.field == name
    assert problem.expected.zh == "由台账自行记录，不能填写"


@pytest.mark.parametrize("raw", [None, 3, "x", [], True])
def test_what_is_no_object_is_no_event(raw: object) -> None:
    (problem,) = problems(parse_event, raw)
    assert problem.field is None
    assert problem.expected.en == "must be a JSON object {…}"


def test_all_problems_of_an_event_come_at_once() -> None:
    raw = {
        "branch": "B 1",
        "type": "meeting_held",
        "hash": "x",
        "data": {"kind": "stdy", "present": 20, "expected": 12, "evidence": ["video", "film"], "colour": 1},
    }
    assert [problem.field for problem in problems(parse_event, raw)] == [
        "branch",
        "occurred_on",
        "hash",
        "data.evidence",
        "data.evidence",
        "data.kind",
        "data.colour",
        "data.present",
    ]


REQUIRED = {
    word: [f"data.{name}" for name, info in fields_of(word).items() if info.required] for word in CATALOGUE
}


@pytest.mark.parametrize(("word", "required"), [item for item in REQUIRED.items() if item[1]])
def test_every_missing_field_is_named_and_nothing_else(word: str, required: list[str]) -> None:
    found = problems(parse_event, raw_event(word, {}, counts_for="2019-03"))
    assert [problem.field for problem in found] == required


def test_both_numbers_of_an_appraisal_belong_to_an_appraisal() -> None:
    found = problems(parse_payload, "meeting_held", {"kind": "study", "appraised": 3, "outstanding": 1})
    assert [problem.field for problem in found] == ["data.appraised", "data.outstanding"]


def test_a_field_that_is_no_text_is_named_all_the_same() -> None:
    assert english(parse_event, {**raw_event("issue_closed"), 7: 1}) == ["7: is not a known field"]
    assert english(parse_payload, "issue_closed", {"ref": "1", None: 1}) == ["data.None: is not a field here"]


def test_a_flood_is_told_in_short() -> None:
    assert english(parse_payload, "issue_closed", {"ref": "x" * 10_001}) == [
        "data.ref: must have at most 10,000 characters, got 10,001"
    ]
    assert english(parse_payload, "meeting_held", {"kind": "study", "refs": ["x"] * 10_001}) == [
        "data.refs: must have at most 10,000 elements, got 10,001"
    ]
    assert english(parse_payload, "meeting_held", {"kind": "study", "present": 10**5000}) == [
        "data.present: must be a whole number ≤ 1,000,000,000, got 10^60…"
    ]
    assert english(parse_payload, "dues_paid", {**EXAMPLES["dues_paid"][0], "amount": 10**5000}) == [
        "data.amount: must be a number ≤ 1,000,000,000, got 10^60…"
    ]
    many = {"kind": "study", **{f"field_{number}": 1 for number in range(5000)}}
    assert len(problems(parse_event, raw_event("meeting_held", many))) == 100
    assert len(problems(parse_payload, "meeting_held", {"kind": "study", "on_leave": ["?"] * 5000})) == 100


@pytest.mark.parametrize(
    "value",
    ["\x1b[2J" * 500, {"\x07": ["\n"] * 300}, ["x" * 500], "\u202e" * 70, {"a": [[[[[1]]]]]}, "\ud800" * 80],
)
def test_what_was_found_is_short_and_safe_to_print(value: object) -> None:
    (problem,) = problems(parse_payload, "meeting_held", {"kind": "study", "present": value})
    assert problem.found is not None
    assert len(problem.found) <= 60
    assert problem.found.isprintable()


def test_an_unknown_field_is_shown_safely_too() -> None:
    (problem,) = problems(parse_payload, "issue_closed", {"ref": "1", "\x1b[2J" * 500: 1})
    assert problem.field is not None
    assert problem.field.isprintable()
    assert len(problem.field) < 80


def test_counts_for_lies_at_most_four_months_back() -> None:
    def given(month: str) -> dict[str, Any]:
        data = {"kind": "organizational_life"}
        return raw_event("meeting_held", data, occurred_on="2020-01-15", counts_for=month)

    for month in ("2019-09", "2019-12", "2020-01"):
        assert parse_event(given(month)).counts_for == month
    assert english(parse_event, given("2019-08")) == [
        "counts_for: must lie at most four months before occurred_on 2020-01-15, got 2019-08"
    ]
    assert english(parse_event, given("2020-02")) == [
        "counts_for: must not be after the month of occurred_on 2020-01-15, got 2020-02"
    ]


COUNTING_FOR_ANOTHER_MONTH = {
    "document_submitted",
    "disclosure_made",
    "metric_reported",
    "survey_conducted",
    "finding_recorded",
    "checklist_confirmed",
}


@pytest.mark.parametrize("word", CATALOGUE)
def test_counts_for_is_for_few_types(word: str) -> None:
    raw = raw_event(word, counts_for="2019-02")
    if word in COUNTING_FOR_ANOTHER_MONTH:
        assert parse_event(raw).counts_for == "2019-02"
    else:
        assert [problem.field for problem in problems(parse_event, raw)] == ["counts_for"]


@pytest.mark.parametrize("kind", fields_of("meeting_held")["kind"].choices)
def test_counts_for_is_for_few_kinds_of_meeting(kind: str) -> None:
    raw = raw_event("meeting_held", {"kind": kind}, counts_for="2019-02")
    if kind in {"organizational_life", "democratic_life", "democratic_appraisal", "debriefing"}:
        assert parse_event(raw).counts_for == "2019-02"
    else:
        assert [problem.field for problem in problems(parse_event, raw)] == ["counts_for"]


def test_a_payload_alone_is_refused_under_the_path_asked_for() -> None:
    assert english(parse_payload, "issue_closed", {"ref": 1}) == ["data.ref: must be a text, got 1"]
    assert english(parse_payload, "issue_closed", 3) == ["data: must be a JSON object {…}, got 3"]
    found = problems(lambda raw: parse_payload("issue_closed", raw, path="data.data"), {})
    assert [problem.field for problem in found] == ["data.data.ref"]


@pytest.mark.parametrize("word", CATALOGUE)
def test_every_field_refuses_what_no_field_takes(word: str) -> None:
    for name in fields_of(word):
        for value in ({"a": [{}]}, [[]], "\x00", -1.5e300, "\ud800"):
            found = problems(parse_payload, word, {**EXAMPLES[word][0], name: value})
            assert {problem.field for problem in found} == {f"data.{name}"}
            assert all(problem.expected.zh and problem.expected.en for problem in found)
