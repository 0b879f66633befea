"""Who is on a branch's roster on a day: since when, in which office, full member or on probation.

In: the events of one branch as they stand. Out: one `OnRoster` a member, by code. Deliberately absent: names
(`people`), and what members owe.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ledger.stored_events import Reader, Stored, stored_of

ROSTER_TYPES = frozenset(
    {"member_joined", "member_left", "member_transferred", "role_assigned", "development_stage_reached"}
)
_ON_PROBATION, _FULL, _PLAIN = "probationary", "full", "member"
# Offices from the highest on: the order in which people list a branch.
OFFICES = ("secretary", "deputy_secretary", "committee", "member")


@dataclass(frozen=True, slots=True)
class OnRoster:
    """A member on the roster: `since` is the day (YYYY-MM-DD) of joining, or of the transfer in."""

    code: str
    since: str
    status: str = _FULL
    role: str = _PLAIN


@dataclass(frozen=True, slots=True)
class Stay:
    """One time on the roster: from its first day to the day on which it ended, None where it lasts."""

    code: str
    since: str
    until: str | None


def read_roster(reader: Reader, branch: str, day: str) -> dict[str, OnRoster]:
    """Return who is on the roster of a branch on a day, in order of office and joining."""
    return roster_of(stored_of(reader, branch, ROSTER_TYPES), day)


def roster_of(events: Iterable[Stored], day: str) -> dict[str, OnRoster]:
    """Return who is on the roster on a day, the day's own events included."""
    members: dict[str, OnRoster] = {}
    statuses: dict[str, str] = {}
    for event in _in_order(events):
        if event.now.occurred_on > day:
            break
        _apply(event, members, statuses)
    placed = sorted(members.values(), key=lambda one: (OFFICES.index(one.role), one.since, one.code))
    return {one.code: one for one in placed}


def stays_of(events: Iterable[Stored]) -> list[Stay]:
    """Return every time that somebody was on the roster, in order of their first days."""
    open_since: dict[str, str] = {}
    stays: list[Stay] = []
    members: dict[str, OnRoster] = {}
    for event in _in_order(events):
        before = set(members)
        _apply(event, members, {})
        day = event.now.occurred_on
        for code in members.keys() - before:
            open_since[code] = day
        stays += [Stay(code, open_since.pop(code), day) for code in sorted(before - members.keys())]
    stays += [Stay(code, since, None) for code, since in open_since.items()]
    return sorted(stays, key=lambda stay: (stay.since, stay.code))


def _in_order(events: Iterable[Stored]) -> list[Stored]:
    standing = [event for event in events if not event.retracted and event.now.type in ROSTER_TYPES]
    return sorted(standing, key=lambda event: (event.now.occurred_on, event.position))


def _apply(event: Stored, members: dict[str, OnRoster], statuses: dict[str, str]) -> None:
    data, word, day = event.data, event.now.type, event.now.occurred_on
    code = str(data.get("member"))
    if word == "development_stage_reached":
        if (stage := data.get("stage")) in (_ON_PROBATION, _FULL):
            statuses[code] = str(stage)
            if code in members:
                members[code] = replace(members[code], status=str(stage))
    elif word == "role_assigned":
        if code in members:
            members[code] = replace(members[code], role=str(data.get("role", _PLAIN)))
    elif word == "member_left" or data.get("direction") == "out":
        members.pop(code, None)
    elif code not in members:
        # Who comes back starts as plain member, unless the event says more.
        status = str(data.get("status", _FULL if word == "member_joined" else statuses.get(code, _FULL)))
        members[code] = OnRoster(code, day, status, str(data.get("role", _PLAIN)))
