"""Deadlines: after each trigger a response, of the same member or ref, within a span.

In: a branch, a deadline. Out: one entry a trigger whose last day lies in the period. Deliberately absent:
windows.

Triggers are few (a vacancy, an incident, a transfer): it is decided one by one in order of time.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from projections.engine.branch import Branch
from projections.engine.entries import Entry, State
from projections.engine.periods import add_months
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact
from projections.engine.rules.making import ids_of
from rubrics.rules import Deadline, Within


@dataclass(slots=True)
class Trigger:
    """What started a span, from the earliest to the last day of a response; the response that answered it."""

    fact: Fact
    match: str | None
    earliest: int
    last: int
    answer: Fact | None = None
    in_time: bool = False


def deadlines(branch: Branch, planned: PlannedRule, rule: Deadline) -> Iterator[Entry]:
    """Match triggers and responses, and say how each trigger stands."""
    facts = branch.found[planned.criteria["trigger"]]
    if not facts:
        return
    triggers = [t for t in _triggers(branch, rule, facts) if _is_owed(branch, rule, t)]
    answer(triggers, rule.match, branch.found[planned.criteria["response"]])
    for trigger in triggers:
        if branch.frame.holds(trigger.last):
            yield _entry(branch, planned, trigger)


def _in_order(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.day, fact.position))


def _triggers(branch: Branch, rule: Deadline, facts: Sequence[Fact]) -> Iterator[Trigger]:
    for fact in _in_order(facts):
        reach = span(fact, rule.within)
        match = fact.data.get(rule.match) if rule.match else None
        if reach is None or (match is None and rule.match is not None):
            continue
        if fact.type != "term_began" or not _ended(branch, fact, reach[1]):
            yield Trigger(fact, match, *reach)


def _ended(branch: Branch, term: Fact, last: int) -> bool:
    """Whether a new term of the same body ended this one before its due day."""
    return any(
        other.data["body"] == term.data["body"]
        and (other.day, other.position) > (term.day, term.position)
        and other.day < last
        for other in branch.of("term_began")
    )


def _is_owed(branch: Branch, rule: Deadline, trigger: Trigger) -> bool:
    """Whether the branch owes an answer; a term's request, which was asked for long ago, by its due day."""
    if trigger.fact.day < branch.founded or trigger.last >= branch.owes_until:
        return False
    if branch.owed_from is None:
        return True
    of_term = rule.within.months_before_term_end is not None
    return (trigger.last if of_term else trigger.fact.day) >= branch.owed_from


def span(fact: Fact, within: Within) -> tuple[int, int] | None:
    """Return the earliest day of a response, and the last; None where there is no term to end."""
    if within.days is not None:
        return fact.day - within.days, fact.day + within.days
    day = date.fromordinal(fact.day)
    if within.months is not None:
        months = within.months
        return add_months(day, -months).toordinal(), add_months(day, months).toordinal()
    years = fact.data.get("years")
    if years is None or within.months_before_term_end is None:
        return None
    return fact.day, add_months(add_months(day, 12 * years), -within.months_before_term_end).toordinal()


def answer(triggers: Sequence[Trigger], match: str | None, responses: Sequence[Fact]) -> None:
    """Let each response answer the earliest trigger that it can in time; what is left, late.

    Both in order of day and position; a response answers one trigger only.
    """
    waiting: defaultdict[str | None, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        waiting[trigger.match].append(trigger)
    unused = []
    for response in _in_order(responses):
        for trigger in waiting[response.data.get(match) if match else None]:
            if trigger.answer is None and trigger.earliest <= response.day <= trigger.last:
                trigger.answer, trigger.in_time = response, True
                break
        else:
            unused.append(response)
    for response in unused:
        for trigger in waiting[response.data.get(match) if match else None]:
            if trigger.answer is None and response.day > trigger.last:
                trigger.answer = response
                break


def _entry(branch: Branch, planned: PlannedRule, trigger: Trigger) -> Entry:
    fact, kept = trigger.fact, trigger.in_time
    state: State = "met" if kept else "lost" if trigger.last <= branch.frame.on else "open"
    outcome = "in_time" if kept else "late" if trigger.answer else "missing"
    missing = 0 if kept else 100
    charge = planned.charges[0]
    return Entry(
        planned.clause, planned.order, state, f"deadline:{outcome}", trigger.last, None,
        fact.data.get("member"), 100, 100 - missing, missing, -charge.cost(missing), charge,
        planned.advisory, fact.position, ids_of(branch, [fact, trigger.answer] if trigger.answer else
        [fact]), fact.day, fact.id, fact.data.get("ref"),
    )  # fmt: skip
