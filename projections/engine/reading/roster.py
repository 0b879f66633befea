"""Who was on the roster when, in which office, and who was exempt.

In: the facts of one branch. Out: a `Roster`. Deliberately absent: names; members are codes.

Joining and a transfer in put on the roster from their day, with an office of their own (a plain member's,
unless the event says otherwise); leaving and a transfer out take off from their day on. Of several on one day
the last by position decides.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ledger.effective import CONTROLS
from projections.engine.logs import Log
from projections.engine.reading.facts import Fact, decoders, month_number, read_facts
from projections.engine.reading.tree import NEVER

ROSTER_TYPES = frozenset(
    {"member_joined", "member_left", "member_transferred", "role_assigned", "member_exempted"}
)


class Stay(NamedTuple):
    """A stretch on a roster: the first day, and the day from which no more (NEVER while it lasts)."""

    member: str
    since: int
    until: int


class Roster:
    """The members of one branch over time. `exempts`: whether anybody is exempt from anything; `letters`:
    whether anybody came with a letter that says until when dues are paid.
    """

    def __init__(self, facts: Mapping[str, Sequence[Fact]]) -> None:
        moves = _in_order(
            fact
            for type_ in ("member_joined", "member_left", "member_transferred")
            for fact in facts.get(type_, ())
        )
        self.stays: Sequence[Stay] = _stays(moves)
        self._offices = _offices(_in_order([*moves, *facts.get("role_assigned", ())]))
        self._exemptions = _exemptions(facts.get("member_exempted", ()))
        self._paid_to = _paid_to(moves)
        self.exempts, self.letters = bool(self._exemptions), bool(self._paid_to)

    def throughout(self, first: int, last: int) -> list[str]:
        """Return who was on the roster on every day from the first to the last, in no order."""
        return [s.member for s in self.stays if s.since <= first and s.until > last]

    def on(self, day: int) -> list[str]:
        """Return who is on the roster on a day, in no order."""
        return [s.member for s in self.stays if s.since <= day < s.until]

    def role_on(self, member: str, day: int) -> str:
        """Return the office held at the end of a day; `member` where none."""
        days, roles = self._offices.get(member, ((), ()))
        at = bisect_right(days, day)
        return roles[at - 1] if at else "member"

    def exempt(self, member: str, duty: str, first: int, last: int) -> bool:
        """Whether an exemption from the duty, or from all, touches the days from the first to the last."""
        return any(
            duty_ in (duty, "all") and since <= last and until >= first
            for duty_, since, until in self._exemptions.get(member, ())
        )

    def dues_settled(self, member: str, month: int) -> Fact | None:
        """Return the transfer in whose letter of introduction says that a month's dues are met."""
        for paid_to, fact in self._paid_to.get(member, ()):
            if month <= paid_to:
                return fact
        return None


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.day, fact.position))


def _puts_on(fact: Fact) -> bool:
    return fact.type == "member_joined" or (
        fact.type == "member_transferred" and fact.data.get("direction") == "in"
    )


def _stays(moves: Iterable[Fact]) -> list[Stay]:
    by_member: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for fact in moves:
        by_member[fact.data["member"]][fact.day] = _puts_on(fact)
    stays = []
    for member, days in by_member.items():
        since: int | None = None
        for day, there in days.items():
            if there and since is None:
                since = day
            elif not there and since is not None:
                stays.append(Stay(member, since, day))
                since = None
        if since is not None:
            stays.append(Stay(member, since, NEVER))
    return stays


def _offices(facts: Iterable[Fact]) -> dict[str, tuple[list[int], list[str]]]:
    offices: dict[str, tuple[list[int], list[str]]] = {}
    for fact in facts:
        if fact.type == "role_assigned" or _puts_on(fact):
            days, roles = offices.setdefault(fact.data["member"], ([], []))
            days.append(fact.day)
            roles.append(fact.data.get("role") or "member")
    return offices


def _exemptions(facts: Iterable[Fact]) -> dict[str, list[tuple[str, int, int]]]:
    found: dict[str, list[tuple[str, int, int]]] = {}
    for fact in facts:
        until = fact.data.get("until")
        last = NEVER if until is None else date.fromisoformat(until).toordinal()
        found.setdefault(fact.data["member"], []).append((fact.data["duty"], fact.day, last))
    return found


def _paid_to(moves: Iterable[Fact]) -> dict[str, list[tuple[int, Fact]]]:
    found: dict[str, list[tuple[int, Fact]]] = {}
    for fact in moves:
        month = fact.data.get("dues_paid_to")
        if month is not None:
            found.setdefault(fact.data["member"], []).append((month_number(month)[1], fact))
    return found


def members_on(log: Log, branch: str, day: date, *, upto: int) -> list[str]:
    """Return the codes of those on a branch's roster on a day, sorted, by the log up to a position."""
    wanted = decoders(ROSTER_TYPES)
    found: dict[str, list[Fact]] = {}
    for _, rows in log.streams(upto=upto, branches=[branch], types=ROSTER_TYPES | CONTROLS):
        for fact in read_facts(rows, wanted):
            found.setdefault(fact.type, []).append(fact)
    return sorted(Roster(found).on(day.toordinal()))
