"""Events as a client says them, the clock and the rubrics that the tests of intake use."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.errors import Refused
from ledger.events import Event, parse_event
from ledger.intake.batch import ClauseFacts, Intake, KnownRubrics, Line, Outcome, record, record_all
from ledger.problems import Problem
from ledger.store.event_store import Store

NOW = datetime(2020, 1, 15, 8, 0, tzinfo=UTC)
TODAY = date(2020, 1, 15)
KNOWN: KnownRubrics = {
    "form-001": {"6.1": ClauseFacts(300, graded=False), "7": ClauseFacts(10_000, graded=True)},
    "form-002": {"1": ClauseFacts(550, graded=False)},
}
MEETING = "aaaaaaaa-0000-4000-8000-000000000001"
CONTROL = "cccccccc-0000-4000-8000-000000000002"


def said(type_word: str, data: dict[str, Any], **envelope: Any) -> dict[str, Any]:
    """An event of branch b1 on 12 March 2019, as decoded JSON."""
    return {"branch": "b1", "type": type_word, "occurred_on": "2019-03-12", "data": data, **envelope}


def registered(branch: str = "b1", **envelope: Any) -> dict[str, Any]:
    said_of_it = said("branch_registered", {"name": f"支部 {branch}"}, branch=branch)
    return {**said_of_it, "occurred_on": "2010-01-01", **envelope}


def meeting(**envelope: Any) -> dict[str, Any]:
    return said("meeting_held", {"kind": "theme_day", "present": 9}, **envelope)


def retraction(target: str = MEETING, **envelope: Any) -> dict[str, Any]:
    return said("event_retracted", {"target": target, "reason": "记错了"}, **envelope)


def correction(data: dict[str, Any], target: str = MEETING, **payload: Any) -> dict[str, Any]:
    return said("event_corrected", {"target": target, "reason": "记错了", "data": data, **payload})


def lines(events: Iterable[dict[str, Any]], file: str = "events.jsonl") -> list[Line]:
    """The events as the JSON lines of a file."""
    return [
        Line(file, number, json.dumps(event, ensure_ascii=False).encode())
        for number, event in enumerate(events, start=1)
    ]


def take_in(store: Store, *files: Iterable[dict[str, Any]]) -> Intake:
    """Import files of these events."""
    named = [lines(events, f"{number}.jsonl") for number, events in enumerate(files, start=1)]
    return record_all(store, named, now=NOW, today=TODAY, known=KNOWN)


def log(store: Store, event: dict[str, Any] | Event, *, own: bool = False) -> Outcome:
    """Log one event."""
    parsed = event if isinstance(event, Event) else parse_event(event)
    return record(store, parsed, now=NOW, today=TODAY, known=KNOWN, own=own)


def refused(store: Store, *events: dict[str, Any]) -> list[Problem]:
    """The problems for which a file is refused; the log is as it was."""
    head = store.head()
    with pytest.raises(Refused) as caught:
        take_in(store, events)
    assert store.head() == head
    return list(caught.value.problems)


def sentences(store: Store, *events: dict[str, Any]) -> list[str]:
    """What is told, in English, when a file is refused."""
    return [problem.sentence("en") for problem in refused(store, *events)]


def contents(store: Store) -> list[tuple[str, str, str, str | None, str]]:
    """The contents of the whole log, in no order."""
    return sorted(
        ((one.branch, one.type, one.occurred_on, one.counts_for, one.data) for one in store.read()), key=repr
    )
