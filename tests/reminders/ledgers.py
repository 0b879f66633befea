"""Small ledgers for the tests of sweeps: a form of four clauses, and events in few words."""

import atexit
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from ledger.delivery.recipients import add_recipient
from ledger.delivery.sending import Delivered, Senders, deliver
from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from projections.reminders.ladder import LADDER as RUNGS
from projections.reminders.sweep import Swept, sweep
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from rubrics.reader.loaded import Loaded, parse_rubric
from tests.program import Program

TEXT = """\
id: ladder
version: "1"
title: {zh: 阶梯, en: the ladder}
points: 10
sections:
  - id: "1"
    title: {zh: 组织生活, en: organizational life}
    points: 10
    items:
      - id: "1.1"
        title: {zh: 支委会, en: committee meeting}
        points: 4
        rules:
          - kind: quota
            events: {type: meeting_held, where: {kind: committee_meeting}}
            per: month
            at_least: 1
            shortfall: {each: 0.20}
      - id: "1.2"
        title: {zh: 支部党员大会, en: general meeting}
        points: 2
        rules:
          - kind: quota
            events: {type: meeting_held, where: {kind: general_meeting}}
            per: quarter
            at_least: 1
            shortfall: {each: 0.50}
      - id: "1.3"
        title: {zh: 党费, en: dues}
        points: 2
        rules:
          - kind: dues
            by_day: 25
            late: {each: 0.10}
            short: {each: 0.20}
      - id: "1.4"
        title: {zh: 报送材料, en: papers handed in}
        points: 2
        rules:
          - kind: submission
            missing: 0.5
            non_conforming: 0.3
            late: 0.2
"""
LADDER = parse_rubric(TEXT, "ladder.yaml")
MEETING, GENERAL = {"kind": "committee_meeting"}, {"kind": "general_meeting"}

Said = tuple[str, str, dict[str, Any]]
"""Branch, type, payload."""


def morning(day: date) -> datetime:
    """Half past eight in Beijing."""
    return datetime.combine(day, time(0, 30), UTC)


def log(store: Store, day: date, *events: Said, rubric: Loaded = LADDER) -> list[str]:
    """Log what happened on a day, in its evening; return the ids."""
    parsed = [
        parse_event({"branch": branch, "type": word, "occurred_on": day.isoformat(), "data": data})
        for branch, word, data in events
    ]
    now = datetime.combine(day, time(12), UTC)
    outcomes = record_each(store, parsed, now=now, today=day, known=KnownClauses(Library(), [rubric]))
    return [outcome.recorded.id for outcome in outcomes]


def branches(store: Store, day: date, *codes: str, parent: str | None = None) -> None:
    """Found branches that go by the form from their first day on."""
    for code in codes:
        of = {} if parent is None or code == parent else {"parent": parent}
        kind = {"organization": "committee"} if code == parent else {}
        adopts = [] if code == parent else [(code, "rubric_adopted", {"rubric": "ladder"})]
        log(store, day, (code, "branch_registered", {"name": f"支部 {code}", **of, **kind}), *adopts)


def sweep_on(store: Store, day: date, now: datetime | None = None, **more: Any) -> Swept:
    """Sweep on the morning of a day."""
    given: dict[str, Any] = {"on": day, "now": now or morning(day), "today": day}
    return sweep(store, **{**given, "rubrics": [LADDER], "known": KnownClauses(Library(), [LADDER]), **more})


@cache
def _senders() -> Senders:
    """One set of sending processes for all tests of this process: starting them anew takes its time."""
    kept = Senders()
    atexit.register(kept.close)
    return kept


def send(store: Store, now: datetime) -> Delivered:
    """Deliver what waits at an instant."""
    return deliver(store, lambda: now, threading.Event(), senders=_senders())


def hear(store: Store, url: str, *codes: str, rungs: Sequence[str] = RUNGS) -> int:
    """Have an address hear of branches."""
    return add_recipient(store, url, codes, rungs, "en", morning(date(2019, 1, 1)))


def raised(store: Store) -> Counter[tuple[str, str, str]]:
    """Branch, rung and due day of the reminders in the log."""
    events = [(event.branch, event.payload()) for event in store.read(types={"reminder_raised"})]
    return Counter((branch, str(said["rung"]), str(said["due_on"])) for branch, said in events)


def remind(ladder: Program, *words: str, lang: str | None = None) -> Any:
    return ladder.ok("remind", "--rubric", str(ladder.ledger.with_name("ladder.yaml")), *words, lang=lang)


def reminders(ladder: Program, *words: str, lang: str | None = None) -> Any:
    return ladder.ok("reminders", "--rubric", str(ladder.ledger.with_name("ladder.yaml")), *words, lang=lang)
