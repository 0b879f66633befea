"""Lines that are dear to read: counted before they are unfolded, and twice as much takes twice as long."""

import time
import tracemalloc
from collections.abc import Callable

import pytest

from ledger.errors import Refused
from ledger.events import parse_event, parse_line

LINE = '{"branch":"b1","type":"meeting_held","occurred_on":"2019-01-01","data":%s}'
TARGET = "00000000-0000-4000-8000-000000000001"
CORRECTION = (
    '{"branch":"b1","type":"event_corrected","occurred_on":"2019-01-01","data":{"target":"'
    + TARGET
    + '","reason":"x","data":%s}}'
)
DUES = (
    '{"branch":"b1","type":"dues_paid","occurred_on":"2019-01-01",'
    '"data":{"member":"m1","month":"2019-01","amount":%s}}'
)

DEAR: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda n: LINE % ("{" + ",".join(f'"k{i}":1' for i in range(n)) + "}"),
    "nested keys": lambda n: LINE % ('{"a":{' + ",".join(f'"k{i}":{{"x":1}}' for i in range(n)) + "}}"),
    "the same key again": lambda n: LINE % ("{" + ",".join('"kind":1' for _ in range(n)) + "}"),
    "a list of bad elements": lambda n: LINE % ('{"kind":"study","on_leave":[' + ",".join("1" * n) + "]}"),
    "a set of bad words": lambda n: LINE % ('{"kind":"study","evidence":[' + ",".join(['"x"'] * n) + "]}"),
    "a correction's keys": lambda n: CORRECTION % ("{" + ",".join(f'"k{i}":1' for i in range(n)) + "}"),
    "a correction's list": lambda n: CORRECTION % ('{"on_leave":[' + ",".join("1" * n) + "]}"),
    "a long word": lambda n: LINE % ('{"kind":"' + "general_" * n + '"}'),
    "brackets": lambda n: LINE % ("[" * n + "]" * n),
}


def seconds(line: str) -> float:
    began = time.process_time()
    with pytest.raises(Refused):
        parse_line(line)
    return time.process_time() - began


@pytest.mark.parametrize("name", DEAR)
def test_a_dear_line_is_refused_in_linear_time(name: str) -> None:
    # Of quadratic work eight times as much would take sixty-four times as long.
    short = min(seconds(DEAR[name](12_000)) for _ in range(3))
    long = min(seconds(DEAR[name](96_000)) for _ in range(2))
    assert long < max(24 * short, 0.1), (short, long)


def test_a_line_of_bad_elements_takes_little_memory() -> None:
    line = DEAR["a list of bad elements"](1_600_000)
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match="must have at most 10,000 elements, got 1,600,000"):
            parse_line(line)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 100_000_000


def test_every_bad_element_of_a_list_that_is_not_too_long_is_told_up_to_a_hundred() -> None:
    with pytest.raises(Refused) as caught:
        parse_line(DEAR["a list of bad elements"](9_000))
    assert len(caught.value.problems) == 100


@pytest.mark.parametrize(
    "number",
    ["1e-99999999999999999999", "1e99999999999999999999", "-1E+99999999999999999999", "1e-400", "9" * 5_000],
)
def test_numbers_beyond_all_bounds_are_refused_by_their_field(number: str) -> None:
    with pytest.raises(Refused, match=r"data\.amount: must be"):
        parse_line(DUES % number)
    with pytest.raises(Refused, match=r"data\.amount: must be"):
        parse_line(DUES % f'"{number}"')
    with pytest.raises(Refused, match=r"data\.data"):
        parse_line(CORRECTION % f'{{"amount":{number}}}')


def test_a_list_of_a_program_is_counted_too() -> None:
    raw = {
        "branch": "b1",
        "type": "meeting_held",
        "occurred_on": "2019-01-01",
        "data": {"kind": "study", "on_leave": ["m1"] * 10_001},
    }
    with pytest.raises(Refused, match="must have at most 10,000 elements, got 10,001"):
        parse_event(raw)
