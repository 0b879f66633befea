"""A line is strict JSON, told apart from everything that only looks like it."""

import json
import random
from decimal import Decimal, localcontext
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import Refused
from ledger.events import CATALOGUE, fields_of, parse_event, parse_line
from ledger.events.lines import LONGEST_LINE
from tests.ledger.events.examples import EXAMPLES, raw_event
from tests.ledger.events.refused import english, problems

MEETING = b'{"branch":"b1","type":"meeting_held","occurred_on":"2019-03-12","data":{"kind":"study"%s}}'
DUES = (
    b'{"branch":"b1","type":"dues_paid","occurred_on":"2019-03-12",'
    b'"data":{"member":"m01","month":"2019-03","amount":%s}}'
)
CONTROLS = "without control characters other than tab and newline"
METRIC = (
    b'{"branch":"b1","type":"metric_reported","occurred_on":"2019-03-12","data":{"metric":"x","value":%s}}'
)
ONE = "must be one JSON object on one line"

NOT_JSON: list[tuple[bytes | str, str]] = [
    (b"", f'{ONE}, got "". Remove the empty line'),
    (b"  \n", f'{ONE}, got "  \\u000a". Remove the empty line'),
    (b"{", f'{ONE}, got "". From character 2 on it is not JSON'),
    (b"hello", f'{ONE}, got "hello". From character 1 on it is not JSON'),
    (MEETING % b"" + b"}", f'{ONE}, got "}}". From character 89 on it is not JSON'),
    (MEETING % b',"topic":"\x00"', f'{ONE}, got "\\u0000"}}}}". Control characters in texts must be escaped'),
    (MEETING % b',"topic":"\xff"', "must be UTF-8, got 0xff 0x22 0x7d 0x7d. Save the file as UTF-8"),
    ("会议".encode("gb18030"), "must be UTF-8, got 0xbb 0xe1 0xd2 0xe9. Save the file as UTF-8"),
    (b"\xef\xbb\xbf" + MEETING % b"", "must be … Save the file as UTF-8 without a byte order mark"),
    ('{"a": "\ud800"}', 'must be well-formed Unicode, got "\\ud800"'),
    (b"[" * 5000 + b"]" * 5000, f'{ONE}, got "[[[[[[[[[[[[[[[[[[[[[[[[". It is nested too deep'),
    (MEETING % (b',"refs":' + b"[" * 5000 + b"]" * 5000), f"{ONE}, … It is nested too deep"),
    (b" " * (LONGEST_LINE + 1), "must be a line of at most 4,000,000 bytes, got 4,000,001"),
]


@pytest.mark.parametrize(("line", "sentence"), NOT_JSON, ids=range(len(NOT_JSON)))
def test_what_is_no_json_is_refused_with_a_sentence(line: bytes | str, sentence: str) -> None:
    (problem,) = problems(parse_line, line)
    assert problem.field is None
    assert problem.expected.zh
    start, _, end = sentence.partition(" … ")
    said = problem.sentence("en")
    assert said.startswith(start)
    assert said.endswith(end or start)


BEYOND_JSON = [
    (MEETING % b',"present":NaN', "data.present: must be a whole number ≥ 0, got nan"),
    (MEETING % b',"present":-Infinity', "data.present: must be a whole number ≥ 0, got -inf"),
    (MEETING % b',"present":1e999', "data.present: must be a whole number ≤ 1,000,000,000, got 1E+999"),
    (DUES % b"NaN", "data.amount: must be a decimal number > 0 with at most 2 places, got nan"),
    (DUES % b"1e999", "data.amount: must be a number ≤ 1,000,000,000, got 1E+999"),
    (MEETING % b',"topic":"\\ud800"', f'data.topic: must be well-formed Unicode {CONTROLS}, got "\\ud800"'),
]


@pytest.mark.parametrize(("line", "sentence"), BEYOND_JSON, ids=range(len(BEYOND_JSON)))
def test_a_value_that_json_cannot_hold_is_refused_by_its_field(line: bytes, sentence: str) -> None:
    assert english(parse_line, line) == [sentence]


def test_nan_in_a_field_of_no_type_is_refused_too() -> None:
    assert problems(parse_line, MEETING % b',"x":NaN')
    assert problems(parse_line, b'{"x":NaN}')
    assert problems(parse_line, b"NaN")


@pytest.mark.parametrize("line", [b"[1]", b"3", b"null", b'"x"', b"true"])
def test_json_that_is_no_object_is_refused(line: bytes) -> None:
    assert english(parse_line, line) == [f"must be a JSON object {{…}}, got {line.decode()}"]


@pytest.mark.parametrize(
    ("line", "twin"),
    [
        (MEETING % b',"present":3,"present":4', "present"),
        (MEETING % b',"kind":"study"', "kind"),
        (MEETING % b',"present" :3,"topic":"\\":","present" :4', "present"),
        (MEETING % b',"pres\\u0065nt":3,"present":4', "present"),
        (b'{"branch":"b2",' + (MEETING % b"")[1:], "branch"),
        (b'{"data":{},' + (MEETING % b"")[1:], "data"),
    ],
)
def test_a_key_twice_is_refused(line: bytes, twin: str) -> None:
    (problem,) = problems(parse_line, line)
    assert (problem.field, problem.expected.en) == (twin, "must not be there twice")


def test_colons_in_texts_are_no_keys() -> None:
    line = MEETING % b',"topic":"12:30, \\"present\\": 3","refs":["sha256:0f","a\\":\\"b"]'
    assert parse_line(line) == parse_event(json.loads(line))


@pytest.mark.parametrize("written", ["20", "20.0", "20.00", "2e1", "2.0E+1", '"20"', "20." + "0" * 30])
def test_a_number_is_what_it_is_worth(written: str) -> None:
    assert parse_line(DUES % written.encode()) == parse_line(DUES % b"20")


@pytest.mark.parametrize(
    "written",
    [
        "20.000000000000000000001",
        "20.001",
        "1e-400",
        "1e-2147483648",
        "9" * 30,
        "9" * 5000,
        "1000000000.0000001",
    ],
)
def test_no_digit_gets_lost_before_it_is_refused(written: str) -> None:
    assert [problem.field for problem in problems(parse_line, DUES % written.encode())] == ["data.amount"]


def test_a_measured_value_is_the_number_that_was_written() -> None:
    dice = random.Random(2019)
    for _ in range(2_000):
        written = _some_number(dice)
        number = Decimal(written)
        with localcontext(prec=500):
            good = abs(number) <= 10**9 and number % Decimal("0.000001") == 0
        try:
            value = parse_line(METRIC % written.encode()).data.value  # type: ignore[attr-defined]
        except Refused:
            value = None
        assert value == (number if good else None), written


def _some_number(dice: random.Random) -> str:
    whole = dice.choice(["0", "1", "20", "999999999", "1000000000", "123456789012345678"])
    places = "".join(dice.choice("0000123") for _ in range(dice.choice([0, 1, 2, 6, 7, 17, 25])))
    exponent = dice.choice(["", "", "", "e1", "E-1", "e+2", "e-400", "e5"])
    return dice.choice(["", "-"]) + whole + (f".{places}" if places else "") + exponent


def test_a_text_of_two_million_characters_is_refused_by_its_field() -> None:
    assert english(parse_line, orjson.dumps(raw_event("issue_closed", {"ref": "x" * 2_000_000}))) == [
        "data.ref: must have at most 10,000 characters, got 2,000,000"
    ]


def test_a_line_says_the_same_as_the_object_when_it_is_refused() -> None:
    raw = raw_event("meeting_held", {"kind": "stdy", "present": -1, "x": 1})
    assert english(parse_line, orjson.dumps(raw)) == english(parse_event, raw)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["nothing", *sorted({name for word in CATALOGUE for name in fields_of(word)})])


@settings(max_examples=100, deadline=None)
@given(
    word=st.sampled_from(list(CATALOGUE)),
    fields=st.dictionaries(NAMES, JSON_VALUES, max_size=4),
    envelope=st.dictionaries(
        st.sampled_from(["id", "branch", "occurred_on", "counts_for", "data", "hash"]),
        JSON_VALUES,
        max_size=2,
    ),
)
def test_whatever_comes_is_an_event_or_refused_with_reasons(
    word: str, fields: dict[str, Any], envelope: dict[str, Any]
) -> None:
    raw = {**raw_event(word, {**EXAMPLES[word][0], **fields}), **envelope}
    refused = _refused(raw)
    if refused is not None:
        assert refused.problems
        assert all(problem.sentence("zh").isprintable() for problem in refused.problems)


def _refused(raw: object) -> Refused | None:
    try:
        parse_event(raw)
    except Refused as refused:
        return refused
    return None


@settings(max_examples=100, deadline=None)
@given(line=st.binary(max_size=40) | st.text(max_size=40))
def test_whatever_line_comes_is_refused_with_a_reason(line: bytes | str) -> None:
    (problem,) = problems(parse_line, line)
    assert problem.sentence("en").isprintable()
