"""One branch's events in plain Python: what effectively happened, who was there, what was waived.

In: an open store, a branch. Out: a `Stream`. Deliberately absent: Polars, whose import takes longer than
logging an event does; and every other branch.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, NamedTuple

import orjson

from ledger.effective import Control, resolve
from ledger.events import CATALOGUE, Event, Payload, fields_of, parse_payload
from ledger.events.upcasts import upcast
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from projections.engine.periods import month_end, month_index

CONTROLS = frozenset({"event_retracted", "event_corrected"})
_JOINING = ("member_joined", "member_left", "member_transferred")


class Fact(NamedTuple):
    """An effective event: the day on which it happened, the day on which it stands, and its fields."""

    id: str
    position: int
    day: date
    stands: date
    event: Event

    def get(self, name: str) -> Any:
        """Return a field of the payload; None where it was not given."""
        return getattr(self.event.data, name, None)


@dataclass
class Stream:
    """The facts of one branch up to a day, by type, each type in order of day and position."""

    founded: date
    on: date
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    def of(self, types: Iterable[str]) -> Iterator[Fact]:
        """Yield the facts of some types."""
        for word in dict.fromkeys(types):
            yield from self.facts.get(word, ())

    def without(self, event_id: str) -> "Stream":
        """Return the stream as if one event had not happened."""
        return Stream(
            self.founded,
            self.on,
            {word: [fact for fact in found if fact.id != event_id] for word, found in self.facts.items()},
        )

    @cached_property
    def stays(self) -> dict[str, list[tuple[date, date]]]:
        """Return the stretches for which each member was on the roster, the second day exclusive."""
        moves: defaultdict[str, dict[date, bool]] = defaultdict(dict)
        for fact in sorted(self.of(_JOINING), key=_in_time):
            there = fact.event.type == "member_joined" or fact.get("direction") == "in"
            moves[fact.get("member")][fact.day] = there
        stays: dict[str, list[tuple[date, date]]] = {}
        for member, days in moves.items():
            since = None
            for day, there in days.items():
                if there and since is None:
                    since = day
                elif not there and since is not None:
                    stays.setdefault(member, []).append((since, day))
                    since = None
            if since is not None:
                stays.setdefault(member, []).append((since, date.max))
        return stays

    def role_on(self, member: str, day: date) -> str:
        """Return the role that a member holds on a day."""
        named = [f for f in self.of(("member_joined", "role_assigned")) if f.get("member") == member]
        held = [str(f.get("role")) for f in sorted(named, key=_in_time) if f.day <= day]
        return held[-1] if held else "member"

    def exempt(self, member: str, duties: Collection[str], start: date, end: date) -> bool:
        """Whether an exemption of one of the duties touches the days."""
        return any(
            fact.get("member") == member
            and fact.get("duty") in duties
            and fact.day <= end
            and (fact.get("until") is None or date.fromisoformat(str(fact.get("until"))) >= start)
            for fact in self.facts.get("member_exempted", ())
        )

    def waived(self, rubric: str, clause: str, start: date, end: date) -> bool:
        """Whether a waiver of the clause touches the days."""
        return any(
            (fact.get("rubric"), fact.get("clause")) == (rubric, clause)
            and fact.day <= end
            and date.fromisoformat(str(fact.get("until"))) >= start
            for fact in self.facts.get("clause_waived", ())
        )


def read_stream(store: Store, branch: str, types: Collection[str], on: date) -> Stream:
    """Read the effective events of a branch, of some types, that happened on or before a day."""
    wanted = {*types, "branch_registered"} | CONTROLS
    found = list(store.read(branch=branch, types=wanted))
    standing = resolve(Control(one.id, one.type, one.data) for one in found if one.type in CONTROLS)
    corrected = standing.corrected()
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for one in found:
        if one.type in CONTROLS or one.id in standing.retracted:
            continue
        change = corrected.get(one.id)
        day = (change.occurred_on if change else None) or one.occurred_on
        month = (change.counts_for if change else None) or one.counts_for
        happened = date.fromisoformat(day)
        if happened > on and one.type != "branch_registered":
            continue
        stands = happened if month is None else month_end(month_index(date.fromisoformat(f"{month}-01")))
        payload = parse_payload(one.type, orjson.loads(change.data)) if change else _payload(one)
        event = Event.model_construct(branch=branch, type=one.type, data=payload)
        facts[one.type].append(Fact(one.id, one.position, happened, stands, event))
    founded = facts["branch_registered"][0].day if facts["branch_registered"] else date.max
    return Stream(founded, on, {word: sorted(rows, key=_in_time) for word, rows in facts.items()})


def _payload(recorded: Recorded) -> Payload:
    """Read a stored payload, without the checks that it passed when it came in."""
    model = CATALOGUE[recorded.type]
    fields: dict[str, Any] = recorded.payload()
    if recorded.schema_version < model.schema_version:
        fields = upcast(recorded.type, recorded.schema_version, fields)
    for name in _decimals(recorded.type) & fields.keys():
        fields[name] = Decimal(str(fields[name]))
    return model.model_construct(**fields)


@cache
def _decimals(word: str) -> frozenset[str]:
    """Return the fields of a type that are stored as texts and mean numbers."""
    kinds = ("money", "points", "hours", "decimal")
    return frozenset(name for name, info in fields_of(word).items() if info.kind in kinds)


def _in_time(fact: Fact) -> tuple[date, int]:
    return fact.day, fact.position
