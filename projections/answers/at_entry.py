"""What should be known the moment something is entered, whatever it counts for: members on no roster, dues
and numbers of people that look wrong, days before the founding, the nearest event that a form counts.

In: an open ledger, events as stored or of a trial; forms. Out: `Stranger`s and their like, for an event's id
sentences, the match that is nearest with its form and clause. Deliberately absent: what the events count for
(`impacts`); sentences (`text.impacts`), and what a match asks for in words (`text.rules`).
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from ledger.store.codec import Recorded
from ledger.words import Words
from projections.answers.impacts import rules_behind
from projections.engine.criteria import wants
from projections.engine.plan import Plan
from projections.engine.reading.facts import CONTROLS, Fact, decoders, read_facts
from projections.engine.reading.roster import ROSTER_TYPES, Roster
from projections.text.impacts import (
    Crowded,
    Nearest,
    OddDues,
    Stranger,
    crowded_words,
    odd_dues_words,
    stranger_words,
)
from rubrics.model import Rubric
from rubrics.parameters import Condition, Match

if TYPE_CHECKING:
    from ledger.store.event_store import Store

# Of another type is farther than any difference of fields, and to be named its word must be nearly the same.
_OTHER_TYPE, _ALIKE = 10, 0.85
_OF_MEMBERS = frozenset(
    {
        "dues_paid", "training_completed", "study_note_submitted", "talk_held", "role_assigned",
        "member_exempted", "member_departed",
    }
)  # fmt: skip
_GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})
_LEAVING = frozenset({"member_left", "member_transferred"})
_TENFOLD, _FAR_MONTHS = 10, 12
_BEGINS = "branch_registered"
_JOINS = frozenset({"member_joined", "member_transferred"})


def nearest_that_counts(plans: Collection[Plan], event: Recorded) -> Nearest | None:
    """Return the nearest event that any of the adopted forms counts, where none of them counts this one.

    It is the event `itself` where the form's rule asks for just that: then its year is not the form's.
    """
    near = _nearest_counted([plan.rubric for plan in plans], event.type, event.payload())
    if near is None:
        return None
    [plan] = [plan for plan in plans if plan.rubric.id == near.rubric]
    return replace(near, itself=bool(rules_behind(plan, near.clause, event)))


def _nearest_counted(rubrics: Iterable[Rubric], type_word: str, payload: Mapping[str, Any]) -> Nearest | None:
    """Return the nearest event that any of the rubrics counts: of the same type, and of the nearest words.

    None where they count no event of that type, nor of one that is spelled much like it.
    """
    best: tuple[float, Nearest] | None = None
    for rubric in rubrics:
        for clause, match in _matches(rubric):
            likeness = _likeness(match, type_word, payload)
            if best is None or likeness > best[0]:
                best = likeness, Nearest(rubric.id, clause, match)
    return None if best is None or best[0] < _ALIKE - _OTHER_TYPE else best[1]


def _matches(rubric: Rubric) -> Iterator[tuple[str, Match]]:
    """Yield what every rule looks for, with its clause's id, `-` for a rule of the rubric itself."""
    rules = [(clause.id, rule) for clause in rubric.clauses() for rule in clause.rules]
    for clause, rule in [*rules, *(("-", rule) for rule in rubric.rules)]:
        for want in wants(rule):
            for match in want.matches:
                yield clause, match


def _likeness(match: Match, type_word: str, payload: Mapping[str, Any]) -> float:
    """Return how near an event is to a match: of one type first, then by conditions, then by spelling."""
    if match.type != type_word:
        return SequenceMatcher(None, match.type, type_word).ratio() - _OTHER_TYPE
    likeness = 0.0
    for field, condition in match.where.items():
        value = payload.get(field)
        if _holds(condition, value):
            continue
        likeness -= 1
        if isinstance(value, str):
            likest = (SequenceMatcher(None, str(word), value).ratio() for word in condition.among)
            likeness += max(likest, default=0) / 2
    return likeness


def _holds(condition: Condition, value: Any) -> bool:
    """Return whether a stored value satisfies what a condition names: words only, as bounds have none."""
    members = {str(one) for one in value} if isinstance(value, list) else {str(value)}
    if condition.lacks is not None and condition.lacks in members:
        return False
    if not members.issuperset(condition.has) and condition.has:
        return False
    return not condition.among or any(str(wanted) in members for wanted in condition.among)


def strangers_in(store: "Store", events: Iterable[Recorded]) -> list[Stranger]:
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


def odd_dues(store: "Store", event: Recorded, roster: Roster | None = None) -> Iterator[OddDues]:
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


def crowded(event: Recorded) -> Crowded | None:
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


def _days(event: Recorded, payload: Mapping[str, Any]) -> list[date]:
    """Return the days of which one is enough: its own; the month's end for dues; the day before leaving."""
    day = date.fromisoformat(event.occurred_on)
    if event.type in _LEAVING:
        return [day - timedelta(days=1)]
    return [day, _month_end(str(payload["month"]))] if event.type == "dues_paid" else [day]


def _month_end(name: str) -> date:
    year, month = map(int, name.split("-"))
    return date(year, month, monthrange(year, month)[1])


def notes_on(store: "Store", events: Sequence[Recorded]) -> Iterator[tuple[str, Words]]:
    """Yield ids of events and what should be known of each; a stranger is told once, at the first event.

    Of a trial, members who join with it are no strangers.
    """
    rosters: dict[str, Roster] = {}
    joining = {(event.branch, event.payload().get("member")) for event in events if event.type in _JOINS}
    founded: dict[str, str | None] = {}
    for event in events:
        if event.branch not in rosters:
            rosters[event.branch] = read_roster(store, event.branch)
            first = next(iter(store.read(branch=event.branch, types={_BEGINS})), None)
            founded[event.branch] = None if first is None else first.occurred_on
        for odd in odd_dues(store, event, rosters[event.branch]):
            yield event.id, odd_dues_words(odd)
        if (too_many := crowded(event)) is not None:
            yield event.id, crowded_words(too_many)
        day = founded[event.branch]
        if day is not None and event.occurred_on < day:
            yield (
                event.id,
                Words(
                    f"早于支部成立之日 {day}，不计入考核",
                    f"before the founding on {day}: it counts for nothing",
                ),
            )
    first_of: dict[tuple[str, object], str] = {}
    for event in events:
        payload = event.payload()
        on_leave = payload.get("on_leave")
        for member in (payload.get("member"), *(on_leave if isinstance(on_leave, list) else ())):
            first_of.setdefault((event.branch, member), event.id)
    for one in strangers_in(store, events):
        if (one.branch, one.member) not in joining and (one.branch, one.member) in first_of:
            yield first_of[one.branch, one.member], stranger_words(one)
