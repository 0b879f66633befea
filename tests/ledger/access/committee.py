"""A committee for tests of rights: c1 over b1 and g1, g1 over b11; c2 beside it, over b2."""

from datetime import UTC, date, datetime

from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store

NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
TODAY = date(2026, 3, 1)
ORGANISATIONS = {
    "c1": ("committee", None),
    "g1": ("general_branch", "c1"),
    "b1": ("branch", "c1"),
    "b11": ("branch", "g1"),
    "b12": ("branch", "g1"),
    "c2": ("committee", None),
    "b2": ("branch", "c2"),
}


def event(branch: str, type_word: str, data: dict[str, object], on: str = "2026-02-01", **more: object):  # type: ignore[no-untyped-def]
    return parse_event({"branch": branch, "type": type_word, "occurred_on": on, "data": data, **more})


def register_all(store: Store) -> None:
    events = [
        event(
            code,
            "branch_registered",
            {"name": f"组织{code}", "organization": kind, **({"parent": parent} if parent else {})},
            "2025-01-01",
        )
        for code, (kind, parent) in ORGANISATIONS.items()
    ]
    record_each(store, events, now=NOW, today=TODAY, known={})
