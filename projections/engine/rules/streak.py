"""Streaks: on leave from more than so many gatherings in a row, without a self-study note after.

In: a branch, a streak rule. Out: one entry a row that grew too long. Deliberately absent: presence by member;
only leave is kept by member.

The row runs by date, across periods, over the gatherings that ask the member and whose attendance was kept. A
list of those on leave keeps it (an empty one says nobody); so does a count of those present with nobody
excused: then every row breaks. Anything else leaves rows as they are.
"""

from collections.abc import Iterator, Sequence

from projections.engine.branch import Branch
from projections.engine.criteria import GATHERINGS
from projections.engine.entries import Entry, State
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact
from projections.engine.rules.making import ids_of
from rubrics.rules import Streak

OFFICES = frozenset({"committee_meeting", "democratic_life", "enlarged", "development_review"})
"""Meetings that ask those who hold an office on that day."""
NOBODY = frozenset({"group_meeting", "work_meeting", "party_affairs", "central_group_study"})
"""Meetings that ask nobody in particular, unless a rule names them; all other gatherings ask everybody."""


def streaks(branch: Branch, planned: PlannedRule, rule: Streak) -> Iterator[Entry]:
    """Find the rows of leave that are too long, and whether a note followed the last of them."""
    if rule.events:
        gatherings: Sequence[Fact] = branch.found[planned.criteria["events"]]
    else:
        gatherings = [
            fact
            for type_ in GATHERINGS
            for fact in branch.of(type_)
            if type_ != "meeting_held" or fact.data["kind"] not in NOBODY
        ]
    notes = sorted(branch.of("study_note_submitted"), key=lambda note: (note.day, note.position))
    for member, row in _rows(branch, sorted(gatherings, key=lambda fact: (fact.day, fact.position))):
        if len(row) <= rule.more_than or not branch.frame.holds(row[rule.more_than].stands):
            continue
        made_up = [note for note in notes if note.data["member"] == member and note.day >= row[-1].day]
        yield _entry(branch, planned, row[rule.more_than], member, row, made_up)


def _rows(branch: Branch, gatherings: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    """Yield the rows of leave of every member, each once it is broken, the running ones at the end."""
    running: dict[str, list[Fact]] = {}
    for fact in gatherings:
        on_leave = _on_leave(fact)
        if on_leave is None:
            continue
        asks_offices = fact.type == "meeting_held" and fact.data["kind"] in OFFICES
        for member in list(running):
            if member not in on_leave and (not asks_offices or _holds_office(branch, member, fact.day)):
                yield member, running.pop(member)
        for member in on_leave:
            if not asks_offices or _holds_office(branch, member, fact.day):
                running.setdefault(member, []).append(fact)
    yield from running.items()


def _on_leave(fact: Fact) -> frozenset[str] | None:
    """Return who was on leave from a gathering; None where attendance was not kept."""
    named = fact.data.get("on_leave")
    if named is not None:
        return frozenset(named)
    kept = fact.data.get("present") is not None and not fact.data.get("excused")
    return frozenset() if kept else None


def _holds_office(branch: Branch, member: str, day: int) -> bool:
    return branch.roster.role_on(member, day) != "member"


def _entry(
    branch: Branch,
    planned: PlannedRule,
    trigger: Fact,
    member: str,
    row: Sequence[Fact],
    notes: Sequence[Fact],
) -> Entry:
    state: State = "met" if notes else "lost"
    missing = 0 if notes else 100
    charge = planned.charges[0]
    return Entry(
        planned.clause, planned.order, state, "streak:made_up" if notes else "streak:too_long",
        trigger.stands, None, member, 100, 100 - missing, missing, -charge.cost(missing), charge,
        planned.advisory, trigger.position, ids_of(branch, [*row, *notes]), trigger.stands,
    )  # fmt: skip
