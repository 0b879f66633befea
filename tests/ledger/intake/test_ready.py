"""What is kept of a line until its turn comes says what the line says."""

import json

import pytest

from ledger.events import parse_event, parse_line
from ledger.intake.checks import BY_TYPE
from ledger.intake.lines import Line, ParsedLines, event_of
from ledger.intake.ready import LOOKED_INTO, ready, ready_line
from tests.ledger.events.examples import EXAMPLES, raw_event


def lines_of_all_types() -> list[bytes]:
    return [
        json.dumps(raw_event(word, data)).encode() for word, examples in EXAMPLES.items() for data in examples
    ]


def test_events_that_are_kept_as_texts_are_those_that_no_check_looks_into() -> None:
    assert BY_TYPE.keys() == LOOKED_INTO


def test_what_is_kept_of_an_event_is_the_event() -> None:
    events = [parse_line(line) for line in lines_of_all_types()]
    kept = [(event, texts.event()) for event in events if (texts := ready(event)) is not None]
    assert len(kept) > 30
    for event, again in kept:
        assert again == event


def test_a_usual_line_is_read_quickly_as_it_is_read_at_length() -> None:
    # Twice: the second time, payloads are known by their texts.
    quick = [(line, kept) for line in 2 * lines_of_all_types() if (kept := ready_line(line)) is not None]
    assert len(quick) > 60
    for line, kept in quick:
        assert kept == ready(parse_line(line))


def test_a_payload_that_was_fine_is_not_fine_on_every_day() -> None:
    """It names a last day, or its event another month than its day's: both are looked at with the day."""
    article = (
        b'{"branch":"b1","type":"article_published","occurred_on":"2024-02-03",%s"data":{"level":"unit"}}'
    )
    assert ready_line(article % b"") is not None
    assert ready_line(article % b'"counts_for":"2024-01",') is None
    exempted = (
        b'{"branch":"b1","type":"member_exempted","occurred_on":"%s",'
        b'"data":{"member":"m01","duty":"dues","until":"2019-12-31"}}'
    )
    assert ready_line(exempted % b"2019-12-01") is not None
    assert ready_line(exempted % b"2020-01-01") is None


@pytest.mark.parametrize(
    "line",
    [
        b'{"branch":"b1","type":"article_published","occurred_on":"2024-02-30","data":{"level":"unit"}}',
        b'{"branch":"b 1","type":"article_published","occurred_on":"2024-02-03","data":{"level":"unit"}}',
        (
            b'{"branch":"b1","branch":"b2","type":"article_published","occurred_on":"2024-02-03",'
            b'"data":{"level":"unit"}}'
        ),
        (
            b'{"branch":"b1","type":"article_published","occurred_on":"2024-02-03","data":{"level":"unit"},'
            b'"position":1}'
        ),
        b'{"branch":"b1","type":"article_published","occurred_on":"2024-02-03","data":{}}',
        (
            b'{"branch":"b1","type":"article_published","occurred_on":"2024-02-03","counts_for":"2024-01",'
            b'"data":{"level":"unit"}}'
        ),
        (
            b'{"branch":"b1","type":"dues_paid","occurred_on":"2024-02-03",'
            b'"data":{"member":"13800138000","month":"2024-02","amount":"5"}}'
        ),
        (
            b'{"branch":"b1","type":"dues_paid","occurred_on":"2024-02-03",'
            b'"data":{"member":"m1","month":"2024-02","amount":20.005}}'
        ),
        b'{"branch":["b1"],"type":"article_published","occurred_on":"2024-02-03","data":{"level":"unit"}}',
        b'["branch"]',
        b"{",
    ],
)
def test_a_line_with_anything_wrong_is_not_read_quickly(line: bytes) -> None:
    assert ready_line(line) is None


def test_lines_beyond_those_kept_at_hand_come_back_in_their_order() -> None:
    some = lines_of_all_types()
    given = [Line("f", number, some[number % len(some)]) for number in range(20_000, 22_000)]
    bad = Line("f", 9, b"{")
    plain = Line("f", 1, some[0])
    parsed = ParsedLines([*[plain] * 20_000, *given, bad])
    came = list(parsed)[20_000:]
    assert len(parsed) == 22_001
    assert [line.number for line in came] == [line.number for line in [*given, bad]]
    for before, after in zip(given, came, strict=False):
        assert event_of(after.raw) == parse_event(json.loads(before.raw))  # type: ignore[arg-type]
    assert type(came[-1].raw).__name__ == "Rejected"
