"""Obligations by hand, for the tests of the ladder and of messages."""

from datetime import date, timedelta
from typing import Any

from ledger.words import Words
from projections.engine.entries import Obligation


def owed(due_on: str, **changes: Any) -> Obligation:
    """One committee meeting that is still missing, with a lead time of ten days."""
    day = date.fromisoformat(due_on)
    plain: dict[str, Any] = {
        "branch": "b1",
        "rubric": "form",
        "clause": "6.1",
        "obligation": f"form/6.1/1/{due_on[:7]}",
        "kind": "quota",
        "what": Words("支委会", "committee meeting"),
        "window": due_on[:7],
        "due_on": day,
        "days_left": 0,
        "required": 100,
        "done": 0,
        "missing": 100,
        "at_stake": 14,
        "members": (),
        "part_paid": (),
        "advisory": False,
        "state": "open",
        "begins": day.replace(day=1),
        "lead_on": day - timedelta(days=10),
        "place": (0, 0, due_on[:7]),
        "form": Words("考核细则", "yearly form"),
    }
    return Obligation(**(plain | changes))
