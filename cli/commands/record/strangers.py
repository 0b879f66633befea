"""A word of warning about members who owe nothing: who is not on the branch's roster, or exempt from dues.

What is logged of them rarely counts. In: the ledger and an event that was just logged, or the position after
which a file was taken in. Out: who they are, and sentences. Deliberately absent: refusing; a roster may be
typed later.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from cli.ui.language import counted
from ledger.events import CATALOGUE, fields_of
from ledger.words import Words
from projections.answers.history import Fates
from projections.presence import read_presence, read_presences

if TYPE_CHECKING:
    from ledger.events import Event
    from ledger.store.event_store import Store

_OF_MEMBERS = frozenset(
    {
        "dues_paid", "training_completed", "study_note_submitted", "talk_held", "role_assigned",
        "member_exempted", "member_departed",
    }
)  # fmt: skip
_LEAVING = frozenset({"member_left", "member_transferred"})
_MOST_NAMED = 5


def strangers_in(store: "Store", event: "Event") -> dict[str, Words]:
    """Return the members of an event who are not on the roster of its branch that day, each with a note."""

    def field(name: str) -> Any:
        return getattr(event.data, name, None)

    members, days = _named(event.type, field), _days(event.type, event.occurred_on, field)
    if not members:
        return {}
    presence = read_presence(store, event.branch)
    strangers = [member for member in members if not any(presence.is_on(member, day) for day in days)]
    return {member: _note(event, member, days[0], presence.members()) for member in strangers}


def _note(event: "Event", member: str, day: date, known: Sequence[str]) -> Words:
    near = get_close_matches(member, known, 1, 0.6)
    hint = Words(f"，是否指 {near[0]}？", f"; did you mean {near[0]}?") if near else Words("。", ".")
    owes = Words("", "")
    if event.type == "dues_paid":
        command = f"zhibu log member-joined --branch {event.branch} --member {member}"
        owes = Words(
            f"不在册即无应缴，这笔党费不计入考核；若是本支部党员，请先登记：{command}",
            " Who is not on it owes no dues, so this payment counts for nothing yet. "
            f"For a member of the branch: {command}",
        )
    return Words(
        f"提醒：{day} 当天 {member} 不在 {event.branch} 的名册上{hint.zh}{owes.zh}",
        f"note: {member} is not on the roster of {event.branch} on {day}{hint.en}{owes.en}",
    )


def exempt_note(store: "Store", event: "Event") -> Words | None:
    """Say that whose dues an event pays owes none for that month; None where that is not so."""
    if event.type != "dues_paid":
        return None
    from projections.stream import read_stream

    member, month = str(getattr(event.data, "member", "")), str(getattr(event.data, "month", ""))
    end = _month_end(month)
    stream = read_stream(store, event.branch, {"member_exempted"}, max(end, event.occurred_on))
    if not stream.exempt(member, {"dues", "all"}, end.replace(day=1), end):
        return None
    return Words(
        f"提醒：{member} {month} 免缴党费，这笔党费不计入考核。",
        f"note: {member} is exempt from dues in {month}, so this payment counts for nothing.",
    )


def strangers_after(store: "Store", position: int) -> Words | None:
    """Say in a sentence which members of the events after a position were on no roster on their day."""
    presences, fates = read_presences(store), Fates(store)
    found: dict[tuple[str, str], None] = {}
    for recorded in store.read(after=position, types=_types()):
        fate = fates.of(recorded)
        if fate.state == "retracted":
            continue
        days = _days(recorded.type, date.fromisoformat(fate.occurred_on), fate.payload.get)
        presence = presences.get(recorded.branch)
        for member in _named(recorded.type, fate.payload.get):
            if presence is None or not any(presence.is_on(member, day) for day in days):
                found[recorded.branch, member] = None
    if not found:
        return None
    named = [f"{branch} {member}" for branch, member in found]
    first, more = named[:_MOST_NAMED], len(named) > _MOST_NAMED
    verb = "is" if len(named) == 1 else "are"
    return Words(
        f"提醒：有 {len(named)} 人当天不在支部名册上（{'、'.join(first)}{' 等' if more else ''}），"
        "所记的事多半不计入考核。请核对代码；若漏登名册，请补：zhibu template member-joined 名册.xlsx",
        f"note: {counted(len(named), 'member')} {verb} not on the roster on the day "
        f"({', '.join(first)}{', …' if more else ''}); what was logged of them mostly counts for nothing. "
        "Check the codes, or complete the roster: zhibu template member-joined roster.xlsx",
    )


def _types() -> frozenset[str]:
    """Return the types of events that name members who should be on the roster."""
    return _OF_MEMBERS | _LEAVING | {word for word in CATALOGUE if "on_leave" in fields_of(word)}


def _named(type_word: str, field: Callable[[str], Any]) -> list[str]:
    """Return the members who should be on the roster for the event to mean anything."""
    leaves = type_word == "member_left" or field("direction") == "out"
    if type_word in _OF_MEMBERS or leaves:
        return [str(field("member") or "")]
    return list(field("on_leave") or ())


def _days(type_word: str, occurred_on: date, field: Callable[[str], Any]) -> list[date]:
    """Return the days of which one is enough: its own; the month's end for dues; the day before leaving."""
    if type_word in _LEAVING:
        return [occurred_on - timedelta(days=1)]
    if type_word != "dues_paid":
        return [occurred_on]
    return [occurred_on, _month_end(str(field("month")))]


def _month_end(name: str) -> date:
    year, month = map(int, name.split("-"))
    return date(year, month, monthrange(year, month)[1])
