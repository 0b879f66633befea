"""Good events are taken, and equal content has one text."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from ledger.events import CATALOGUE, Event, canonical_data, fields_of, parse_event, parse_line, parse_payload
from ledger.events.types.gatherings import MeetingHeld
from tests.ledger.events.examples import EXAMPLES, GATHERING, TARGET, raw_event

ALL_EXAMPLES = [
    pytest.param(word, data, id=f"{word}-{at}")
    for word, both in EXAMPLES.items()
    for at, data in enumerate(both)
]


@pytest.mark.parametrize(("word", "data"), ALL_EXAMPLES)
def test_a_good_event_is_the_same_as_object_and_as_line(word: str, data: dict[str, Any]) -> None:
    raw = raw_event(word, data, id=TARGET, recorded_by="sec-b1")
    event = parse_event(raw)
    assert isinstance(event.data, CATALOGUE[word])
    assert (event.id, event.branch, event.type, event.recorded_by) == (TARGET, "b1", word, "sec-b1")
    assert (event.occurred_on, event.counts_for) == (date(2019, 3, 12), None)
    for line in (orjson.dumps(raw), json.dumps(raw), json.dumps(raw, ensure_ascii=False, indent=1)):
        assert parse_line(line) == event


@pytest.mark.parametrize(("word", "data"), ALL_EXAMPLES)
def test_canonical_text_reads_back_as_the_same_payload(word: str, data: dict[str, Any]) -> None:
    payload = parse_payload(word, data)
    text = canonical_data(payload)
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    again = parse_payload(word, json.loads(text))
    assert again == payload
    assert canonical_data(again) == text


@pytest.mark.parametrize("word", CATALOGUE)
def test_a_default_given_is_a_default_left_out(word: str) -> None:
    least = EXAMPLES[word][0]
    optional = {
        name: info for name, info in fields_of(word).items() if not info.required and name not in least
    }
    plain = canonical_data(parse_payload(word, least))
    nulls = dict.fromkeys(optional)
    defaults = {name: _as_json(info.default) for name, info in optional.items()}
    assert canonical_data(parse_payload(word, {**least, **nulls})) == plain
    assert canonical_data(parse_payload(word, {**least, **defaults})) == plain


def _as_json(default: object) -> object:
    return list(default) if isinstance(default, tuple | frozenset) else default


CANONICAL = [
    ("dues_paid", {"amount": 20}, '{"amount":"20.00","member":"m01","month":"2019-03"}'),
    ("dues_paid", {"amount": "20"}, '{"amount":"20.00","member":"m01","month":"2019-03"}'),
    ("dues_paid", {"amount": 20.00}, '{"amount":"20.00","member":"m01","month":"2019-03"}'),
    ("dues_paid", {"amount": "20.000"}, '{"amount":"20.00","member":"m01","month":"2019-03"}'),
    ("dues_paid", {"amount": "0020.1"}, '{"amount":"20.10","member":"m01","month":"2019-03"}'),
    ("dues_paid", {"amount": 1e9}, '{"amount":"1000000000.00","member":"m01","month":"2019-03"}'),
    (
        "dues_paid",
        {"amount": 0.1, "due": -0.0},
        '{"amount":"0.10","due":"0.00","member":"m01","month":"2019-03"}',
    ),
    ("metric_reported", {"value": 1e2}, '{"metric":"fund_utilization","value":"100"}'),
    ("metric_reported", {"value": "-0.50"}, '{"metric":"fund_utilization","value":"-0.5"}'),
    ("metric_reported", {"value": -0.0}, '{"metric":"fund_utilization","value":"0"}'),
    ("metric_reported", {"value": 1e-6}, '{"metric":"fund_utilization","value":"0.000001"}'),
    ("metric_reported", {"value": 10**9}, '{"metric":"fund_utilization","value":"1000000000"}'),
    ("checklist_confirmed", {"items": ["z", "a", "z"]}, '{"checklist":"six_haves","items":["a","z"]}'),
    ("meeting_held", {"on_leave": []}, '{"kind":"general_meeting","on_leave":[]}'),
    (
        "meeting_held",
        {"on_leave": ["m2", "m1", "m2"]},
        '{"kind":"general_meeting","on_leave":["m2","m1","m2"]}',
    ),
    (
        "meeting_held",
        {"topic": '学习\t"a"\u2028'},
        '{"kind":"general_meeting","topic":"学习\\t\\"a\\"\u2028"}',
    ),
    (
        "event_retracted",
        {"target": "urn:uuid:" + TARGET.upper(), "reason": "x"},
        f'{{"reason":"x","target":"{TARGET}"}}',
    ),
    ("event_retracted", {"target": TARGET.replace("-", "")}, f'{{"reason":"重复","target":"{TARGET}"}}'),
]


@pytest.mark.parametrize(("word", "fields", "text"), CANONICAL)
def test_content_has_one_text(word: str, fields: dict[str, Any], text: str) -> None:
    assert canonical_data(parse_payload(word, {**EXAMPLES[word][0], **fields})) == text


def test_an_empty_leave_list_is_not_the_same_as_none() -> None:
    with_list = parse_payload("meeting_held", {"kind": "study", "on_leave": []})
    without = parse_payload("meeting_held", {"kind": "study"})
    assert canonical_data(with_list) != canonical_data(without)


def test_an_id_is_kept_in_lower_case() -> None:
    assert parse_event(raw_event("issue_closed", id=TARGET.upper())).id == TARGET


@pytest.mark.parametrize(
    "period",
    ["2019", "2019-H1", "2019-H2", "2019-Q1", "2019-Q4", "2019-09", "2019-03..2019-08", "2019-03..2019-03"],
)
def test_periods_have_these_names(period: str) -> None:
    data = {**EXAMPLES["clause_assessed"][0], "period": period}
    assert f'"period":"{period}"' in canonical_data(parse_payload("clause_assessed", data))


def test_texts_may_have_ten_thousand_characters_tabs_and_newlines() -> None:
    text = "学\t\n习" * 2_500
    payload = parse_payload("meeting_held", {"kind": "study", "topic": text})
    assert json.loads(canonical_data(payload))["topic"] == text


def test_a_seal_holds_a_long_rubric_and_a_long_answer() -> None:
    data = {**EXAMPLES["score_sealed"][0], "rubric_text": "细" * 200_000, "answer": "x" * 5_000_000}
    event = parse_event(raw_event("score_sealed", data))
    assert len(canonical_data(event.data)) > 5_200_000


def test_events_and_payloads_never_change() -> None:
    event = parse_event(raw_event("meeting_held", {"kind": "study", **GATHERING}))
    with pytest.raises(ValidationError):
        event.branch = "b2"
    with pytest.raises(ValidationError):
        event.data.kind = "work_meeting"  # type: ignore[attr-defined]


def test_a_payload_built_in_the_program_is_checked_as_strictly() -> None:
    meeting = MeetingHeld(kind="study", present=3, evidence=frozenset({"photo"}))
    event = Event(branch="b1", type="meeting_held", occurred_on=date(2019, 3, 12), data=meeting)
    assert event == parse_event(
        raw_event("meeting_held", {"kind": "study", "present": 3, "evidence": ["photo"]})
    )
    with pytest.raises(ValidationError):
        MeetingHeld(kind="study", expected=3, present=4)
    with pytest.raises(ValidationError):
        Event(branch="b1", type="lecture_given", occurred_on=date(2019, 3, 12), data=meeting)
    with pytest.raises(ValidationError):
        Event(
            branch="b1",
            type="meeting_held",
            occurred_on=date(2019, 3, 12),
            counts_for="2019-02",
            data=meeting,
        )


def test_amounts_are_exact_decimals() -> None:
    payload = parse_payload("dues_paid", {**EXAMPLES["dues_paid"][0], "amount": 0.3})
    assert payload.amount == Decimal("0.30")  # type: ignore[attr-defined]
