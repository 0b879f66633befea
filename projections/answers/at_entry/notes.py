"""What should be known about events that were just logged, whatever they count for.

In: an open ledger, events as stored. Out: `Stranger`s (members on no roster), dues and numbers of people that
look wrong.
Deliberately absent: what the events count for (`impacts`); sentences (`text.entry_notes`).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from projections.engine.reading.facts import CONTROLS, Fact, decoders, read_facts
from projections.engine.reading.roster import ROSTER_TYPES, Roster
from projections.text.entry_notes import Crowded, OddDues, Stranger

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_OF_MEMBERS = frozenset(
    {
        "dues_paid", "training_completed", "study_note_submitted", "talk_held", "role_assigned",
        "member_exempted", "member_departed",
    }
)  # fmt: skip
_GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})
_LEAVING = frozenset({"member_left", "member_transferred"})
_TENFOLD, _FAR_MONTHS = 10, 12


def strangers_in(store: "Store", events: "Iterable[Recorded]") -> list[Stranger]:
    """List the members of events who were on no roster that day, each with the first of their events."""
    found: dict[tuple[str, str], Stranger] = {}
    rosters: dict[str, Roster] = {}
    for event in events:
        payload = event.payload()
        members = _named(event.type, payload)
        if not members:
            continue
        if event.branch not in rosters:
            rosters[event.branch] = read_roster(store, event.branch)
        roster, days = rosters[event.branch], _days(event, payload)
        on = {member for day in days for member in roster.on(day.toordinal())}
        for member in members:
            if member not in on and (event.branch, member) not in found:
                near = get_close_matches(member, sorted({stay.member for stay in roster.stays}), 1, 0.6)
                near = [code for code in near if code != member]
                stranger = Stranger(event.branch, event.type, member, days[0], near[0] if near else None)
                found[event.branch, member] = stranger
    return list(found.values())


def odd_dues(store: "Store", event: "Recorded", roster: Roster | None = None) -> Iterator[OddDues]:
    """Yield what looks wrong about dues; `roster` where the branch's was read already."""
    if event.type != "dues_paid":
        return
    payload = event.payload()
    member, month, amount = str(payload["member"]), str(payload["month"]), str(payload["amount"])
    due = None if payload.get("due") is None else str(payload["due"])

    def odd(why: Literal["exempt", "tenfold", "above", "far"]) -> OddDues:
        return OddDues(member, month, why, amount, due)

    last = _month_end(month)
    if (roster or read_roster(store, event.branch)).exempt(
        member, "dues", last.replace(day=1).toordinal(), last.toordinal()
    ):
        yield odd("exempt")
    if due is not None and Decimal(amount) > Decimal(due):
        yield odd("tenfold" if Decimal(amount) >= _TENFOLD * Decimal(due) else "above")
    paid = date.fromisoformat(event.occurred_on)
    if abs((paid.year - last.year) * 12 + paid.month - last.month) > _FAR_MONTHS:
        yield odd("far")


def crowded(event: "Recorded") -> Crowded | None:
    """Return what looks wrong where a list of those on leave comes on top of all who were expected."""
    payload: Mapping[str, Any] = event.payload()
    expected, on_leave = payload.get("expected"), payload.get("on_leave")
    if expected is None or not on_leave or event.type not in _GATHERINGS:
        return None
    leave = max(len(set(on_leave)), payload.get("excused", 0))
    told = payload.get("present", 0) + payload.get("absent", 0) + leave
    return Crowded(expected, told, leave) if told > expected else None


def read_roster(store: "Store", branch: str, upto: int | None = None) -> Roster:
    """Read who was ever on a branch's roster, as the log says up to a position, its head where left out."""
    facts: dict[str, list[Fact]] = {}
    upto = store.head().position if upto is None else upto
    for _, rows in store.streams(upto=upto, branches=[branch], types=ROSTER_TYPES | CONTROLS):
        for fact in read_facts(rows, decoders(ROSTER_TYPES)):
            facts.setdefault(fact.type, []).append(fact)
    return Roster(facts)


def _named(type_word: str, payload: Mapping[str, Any]) -> list[str]:
    """Return the members who should be on the roster for the event to mean anything."""
    leaves = type_word == "member_left" or payload.get("direction") == "out"
    if type_word in _OF_MEMBERS or leaves:
        return [str(payload.get("member") or "")]
    return list(payload.get("on_leave") or ())


def _days(event: "Recorded", payload: Mapping[str, Any]) -> list[date]:
    """Return the days of which one is enough: its own; the month's end for dues; the day before leaving."""
    day = date.fromisoformat(event.occurred_on)
    if event.type in _LEAVING:
        return [day - timedelta(days=1)]
    return [day, _month_end(str(payload["month"]))] if event.type == "dues_paid" else [day]


def _month_end(name: str) -> date:
    year, month = map(int, name.split("-"))
    return date(year, month, monthrange(year, month)[1])
