"""A word of warning about members who are not on the branch's roster: what is logged of them rarely counts.

In: the ledger and an event that was just logged. Out: sentences. Deliberately absent: refusing; a roster
may be typed later.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ledger.words import Words
from projections.presence import Presence

if TYPE_CHECKING:
    from ledger.events import Event
    from ledger.store import Store

_OF_MEMBERS = frozenset(
    {
        "dues_paid", "training_completed", "study_note_submitted", "talk_held", "role_assigned",
        "member_exempted", "member_departed",
    }
)  # fmt: skip


def stranger_notes(store: "Store", event: "Event") -> Iterator[Words]:
    """Say which members of an event are not on the roster of its branch on that day."""
    members, days = _named(event), _days(event)
    if not members:
        return
    presence = Presence(store, event.branch)
    known = presence.members()
    for member in members:
        if any(presence.is_on(member, day) for day in days):
            continue
        near = get_close_matches(member, known, 1, 0.6)
        hint = Words(f"，是否指 {near[0]}？", f"; did you mean {near[0]}?") if near else Words("。", ".")
        yield Words(
            f"提醒：{days[0]} 当天 {member} 不在 {event.branch} 的名册上{hint.zh}",
            f"note: {member} is not on the roster of {event.branch} on {days[0]}{hint.en}",
        )


def _named(event: "Event") -> list[str]:
    """Return the members who should be on the roster for the event to mean anything."""
    leaves = event.type == "member_left" or getattr(event.data, "direction", None) == "out"
    if event.type in _OF_MEMBERS or leaves:
        return [str(getattr(event.data, "member", ""))]
    return list(getattr(event.data, "on_leave", None) or ())


def _days(event: "Event") -> list[date]:
    """Return the days of which one is enough: its own; the month's end for dues; the day before leaving."""
    if event.type in ("member_left", "member_transferred"):
        return [event.occurred_on - timedelta(days=1)]
    if event.type != "dues_paid":
        return [event.occurred_on]
    year, month = map(int, str(getattr(event.data, "month", "")).split("-"))
    return [event.occurred_on, date(year, month, monthrange(year, month)[1])]
