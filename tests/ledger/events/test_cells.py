"""Rows of cells are read as people fill them in, and checked as strictly as lines."""

import json
from typing import Any

import pytest

from ledger.events import CATALOGUE, canonical_data, cells_of, fields_of, parse_cells, parse_event
from tests.ledger.events.examples import EXAMPLES, raw_event
from tests.ledger.events.refused import english

STORE = (
    "position: is set by the store and cannot be given. "
    "To bring back a full export, use zhibu import --restore"
)
ROW = {"branch": "b1", "occurred_on": "2019-03-12"}

CELLS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("meeting_held", {"kind": "支部党员大会"}, {"kind": "general_meeting"}),
    (
        "meeting_held",
        {"kind": "General Meeting", "present": " 11 "},
        {"kind": "general_meeting", "present": 11},
    ),
    ("meeting_held", {"kind": "study", "data.present": "11"}, {"kind": "study", "present": 11}),
    ("meeting_held", {"kind": "study", "topic": "", "expected": "  "}, {"kind": "study"}),
    ("meeting_held", {"kind": "study", "topic": " a, b "}, {"kind": "study", "topic": " a, b "}),
    (
        "meeting_held",
        {"kind": "study", "evidence": "会议记录、photo; sign-in sheet"},
        {"kind": "study", "evidence": ["minutes", "photo", "sign_in"]},
    ),
    (
        "meeting_held",
        {"kind": "study", "evidence": "minutes photo"},
        {"kind": "study", "evidence": ["photo", "minutes"]},
    ),
    (
        "meeting_held",
        {"kind": "study", "on_leave": "m1，m2 m3"},
        {"kind": "study", "on_leave": ["m1", "m2", "m3"]},
    ),
    ("meeting_held", {"kind": "study", "on_leave": "[]"}, {"kind": "study", "on_leave": []}),
    (
        "meeting_held",
        {"kind": "study", "refs": "box 2, p. 14；a.pdf\n"},
        {"kind": "study", "refs": ["box 2, p. 14", "a.pdf"]},
    ),
    ("meeting_held", {"kind": "study", "refs": '["a; b", "c"]'}, {"kind": "study", "refs": ["a; b", "c"]}),
    ("lecture_given", {"lecturer": "书记", "exchange": "是"}, {"lecturer": "secretary", "exchange": True}),
    ("lecture_given", {"lecturer": "专家", "exchange": "No"}, {"lecturer": "expert", "exchange": False}),
    ("term_began", {"body": "党委", "years": "五年"}, {"body": "party_committee", "years": 5}),
    ("term_began", {"body": "党委", "years": "3"}, {"body": "party_committee", "years": 3}),
    (
        "dues_paid",
        {"member": "m01", "month": "2019年3月", "amount": "20.5"},
        {"member": "m01", "month": "2019-03", "amount": "20.50"},
    ),
    (
        "document_requested",
        {"ref": "7", "due_on": "2019/6/3", "kind": "年度计划"},
        {"ref": "7", "due_on": "2019-06-03", "kind": "annual_plan"},
    ),
    (
        "checklist_confirmed",
        {"checklist": "six_haves", "items": "venue, rules"},
        {"checklist": "six_haves", "items": ["rules", "venue"]},
    ),
    (
        "event_corrected",
        {**EXAMPLES["event_retracted"][0], "data": '{"kind": "study"}', "data.occurred_on": "2019-03-05"},
        {**EXAMPLES["event_retracted"][0], "data": {"kind": "study"}, "occurred_on": "2019-03-05"},
    ),
]


@pytest.mark.parametrize(("word", "cells", "data"), CELLS, ids=range(len(CELLS)))
def test_a_row_is_read_as_the_event_it_tells(word: str, cells: dict[str, str], data: dict[str, Any]) -> None:
    assert parse_cells(word, {**ROW, **cells}) == parse_event(raw_event(word, data))


@pytest.mark.parametrize("type_cell", ["issue_closed", "办结/上报", "Issue Closed"])
def test_a_row_may_say_its_type_itself(type_cell: str) -> None:
    assert parse_cells(None, {**ROW, "type": type_cell, "ref": "v1"}).type == "issue_closed"


@pytest.mark.parametrize("word", CATALOGUE)
def test_a_payload_written_as_cells_reads_back_as_the_same(word: str) -> None:
    tricky = {"refs": ["a; b", ' "c"', "[d]"], "on_leave": [], "topic": " a\n;b "}
    for data in (*EXAMPLES[word], {**EXAMPLES[word][0], **tricky} if "refs" in fields_of(word) else None):
        if data is not None:
            event = parse_event(raw_event(word, data))
            cells = cells_of(word, json.loads(canonical_data(event.data)))
            row = {f"data.{name}": text for name, text in cells.items()}
            assert parse_cells(word, {**ROW, **row}) == event


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"kind": "study", "present": "eleven"}, 'data.present: must be a whole number ≥ 0, got "eleven"'),
        ({"kind": "study", "present": "11.5"}, 'data.present: must be a whole number ≥ 0, got "11.5"'),
        ({"kind": "study", "present": "-1"}, "data.present: must be a whole number ≥ 0, got -1"),
        ({"kind": "study", "presnt": "1"}, "data.presnt: is not a field here. Did you mean present?"),
        ({"kind": ""}, "data.kind: is required"),
        (
            {"kind": "study", "occurred_on": "12.3.2019"},
            'occurred_on: must be a day YYYY-MM-DD, such as 2026-03-12, got "12.3.2019"',
        ),
        ({"kind": "study", "on_leave": "[1"}, 'data.on_leave: must be a list, got "[1". Write it as ["[1"]'),
        ({"kind": "study", "position": "3"}, STORE),
    ],
)
def test_a_bad_cell_is_named(cells: dict[str, str], sentence: str) -> None:
    assert english(parse_cells, "meeting_held", {**ROW, **cells}) == [sentence]


def test_a_row_of_no_known_type_is_refused() -> None:
    assert english(parse_cells, None, ROW) == ["type: is required"]
    assert english(parse_cells, None, {**ROW, "type": "meeting-hold"}) == [
        'type: must be an event type of the catalogue, got "meeting-hold". Did you mean meeting_held?'
    ]
