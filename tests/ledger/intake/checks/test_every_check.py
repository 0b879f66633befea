"""Every check by itself: its name, and that what is quickly seen as fine has no problem at length."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.events import Event, canonical_data, parse_event
from ledger.intake.checks import (
    BY_TYPE,
    CONTENT_CHECKS,
    EVERY_EVENT,
    QUICKLY,
    Check,
    Rights,
    Setting,
    is_fine,
    problems_of,
)
from ledger.intake.ready import Ready
from ledger.intake.streams import Streams
from ledger.store.event_store import Store
from tests.ledger.intake.said import KNOWN, NOW, TODAY, registered, take_in


def test_every_check_has_a_name_and_a_sentence_of_its_own() -> None:
    checks = {*EVERY_EVENT, *(check for listed in BY_TYPE.values() for check in listed)}
    assert checks >= CONTENT_CHECKS
    names = {check.__name__ for check in checks}
    assert len(names) == len(checks)
    assert all(name.startswith("check_") for name in names)
    assert all(check.__doc__ for check in checks)


class _Stranger:
    """Rights of an account that may do nothing."""

    code: str | None = "sec"

    def may_read(self, organisation: str) -> bool:
        return False

    def may_write(self, organisation: str, type_word: str, payload: Mapping[str, object] | None) -> bool:
        return False


def texts_of(event: Event) -> Ready:
    """An event as it is kept until its turn comes, whatever its type."""
    day, data = event.occurred_on.isoformat(), canonical_data(event.data)
    return Ready(None, event.branch, event.type, 1, day, event.counts_for, data, event.recorded_by)


FINE: dict[str, Any] = {
    "branch": "b1",
    "type": "article_published",
    "occurred_on": "2019-03-01",
    "data": {"level": "unit"},
}
WRONG: dict[str, tuple[dict[str, Any], Rights | None]] = {
    "check_branch_is_registered": ({"branch": "b2"}, None),
    "check_day_is_not_ahead": ({"occurred_on": (TODAY + timedelta(days=1)).isoformat()}, None),
    "check_is_recorded_by_the_account": ({"recorded_by": "other"}, _Stranger()),
    "check_may_be_written": ({}, _Stranger()),
    "check_superior_is_in_sight": (
        {"type": "branch_registered", "data": {"name": "支部", "parent": "c9"}},
        _Stranger(),
    ),
    "check_no_number_of_a_person": ({"data": {"level": "unit", "content": "电话 13800138000"}}, None),
}
"""What each check that every event must pass refuses, said by whom."""


@pytest.mark.parametrize("check", EVERY_EVENT)
def test_what_a_check_of_every_event_refuses_is_not_seen_as_fine_quickly(store: Store, check: Check) -> None:
    take_in(store, [registered()])
    change, rights = WRONG[check.__name__]
    with store.trying(NOW) as appender:
        setting = Setting(Streams(appender), TODAY, KNOWN, rights=rights)
        event = parse_event({**FINE, **change})
        setting.streams.look_up([event])
        assert check(event, setting) is not None
        assert not QUICKLY[check](texts_of(event), setting)


DAYS = st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)).map(str)
TEXTS = st.text(st.sampled_from("13800138000x-－ 年"), min_size=1, max_size=40).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(branch=st.sampled_from(["b1", "b2"]), day=DAYS, text=TEXTS)
def test_an_event_that_is_quickly_seen_as_fine_has_no_problem(
    store: Store, branch: str, day: str, text: str
) -> None:
    if not store.head().position:
        take_in(store, [registered()])
    change = {"branch": branch, "occurred_on": day, "data": {"level": "unit", "content": text}}
    event = parse_event({**FINE, **change})
    with store.trying(NOW) as appender:
        setting = Setting(Streams(appender), TODAY, KNOWN)
        setting.streams.look_up([event])
        quickly = is_fine(texts_of(event), setting)
        # Quickly refused may be fine at length, never the other way round.
        assert not quickly or problems_of(event, setting) == []
        few_digits = sum(map(str.isdigit, text)) < 11
        assert quickly or not (branch == "b1" and day <= str(TODAY) and few_digits)
