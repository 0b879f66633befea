"""Quotas: at least so many units of the matching events in each window.

In: a branch, a quota. Out: one entry a window (of each member, of each subordinate). Deliberately absent:
prices.
"""

from collections.abc import Iterable, Iterator, Sequence

from projections.engine.branch import Branch, Frame, Slot
from projections.engine.criteria import duty_of, scale_of
from projections.engine.entries import Entry
from projections.engine.periods import MONTHS
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact, quarter_number
from projections.engine.rules.making import (
    causes_of,
    met_entry,
    number_of,
    owed_slots,
    state_of,
    value_of,
    window_entry,
)
from rubrics.rules import Quota

CAUSES = causes_of("quota")
Counted = dict[int, list[Fact]]
"""The facts that count, by the number of the window in which they stand."""


def quotas(branch: Branch, planned: PlannedRule, rule: Quota) -> Iterator[Entry]:
    """Count what was done in every window, and hold it against what was owed."""
    slots = owed_slots(branch, rule.per, rule.by)
    if not slots:
        return
    criterion = planned.criteria["events"]
    if rule.each == "branch":
        counted = _by_window(branch.frame, rule, branch.found[criterion])
        lean = branch.frame.lean and rule.measure is None
        shares, met = planned.charges[0].shares, met_entry(planned, planned.required)
        any_met = False
        for slot in slots:
            facts = counted.get(slot.ordinal, ())
            if lean and not slot.limited and 100 * len(facts) >= planned.required:
                # What was met has a part in a share; else it need be told once.
                if shares or not any_met:
                    yield met
                any_met = True
            else:
                yield _entry(branch, planned, rule, slot, facts)
    elif rule.each == "member":
        yield from _of_members(branch, planned, rule, slots, branch.found[criterion])
    else:
        yield from _of_subordinates(branch, planned, rule, slots, criterion)


def _of_members(
    branch: Branch, planned: PlannedRule, rule: Quota, slots: Sequence[Slot], facts: Sequence[Fact]
) -> Iterator[Entry]:
    """Ask everybody who was on the roster during the whole window, in an office where the rule names some."""
    theirs: dict[str, list[Fact]] = {}
    for fact in facts:
        theirs.setdefault(fact.data.get("member", ""), []).append(fact)
    counted = {member: _by_window(branch.frame, rule, done) for member, done in theirs.items()}
    roster, duty, on = branch.roster, duty_of(rule), branch.frame.on
    nothing: Counted = {}
    for slot in slots:
        first, last = slot.window.first, slot.window.last
        for member in roster.throughout(first, last):
            if rule.roles and roster.role_on(member, min(last, on)) not in rule.roles:
                continue
            done = counted.get(member, nothing).get(slot.ordinal, ())
            exempt = roster.exempt(member, duty, first, last)
            yield _entry(branch, planned, rule, slot, done, member, exempt=exempt)


def _of_subordinates(
    branch: Branch, planned: PlannedRule, rule: Quota, slots: Sequence[Slot], criterion: int
) -> Iterator[Entry]:
    """Ask every branch that stood below this one on the window's last day, and was there when it began."""
    for organization, found in branch.beside.subordinates.get(branch.code, ()):
        on = branch.frame.on
        if organization.founded > on:
            continue
        counted = _by_window(branch.frame, rule, found.get(criterion, ()))
        for slot in slots:
            window = slot.window
            if window.first < organization.founded or slot.due >= organization.ends(on):
                continue
            if organization.parent_on(min(window.last, on)) == branch.code:
                done = counted.get(slot.ordinal, ())
                yield _entry(branch, planned, rule, slot, done, organization.code)


def _by_window(frame: Frame, rule: Quota, facts: Iterable[Fact]) -> Counted:
    """Sort the facts that count by the window in which they stand, or which they name."""
    counted: Counted = {}
    shift, length = frame.shift, MONTHS[rule.per]
    measured = (rule.measure.sum or rule.measure.distinct) if rule.measure else None
    if measured is not None:
        facts = [fact for fact in facts if value_of(fact, measured) is not None]
    named = rule.window_from
    for fact in facts:
        name = fact.data.get(named) if named else None
        month = fact.month if name is None else quarter_number(name)[1]
        ordinal = (month - shift) // length
        if ordinal in counted:
            counted[ordinal].append(fact)
        else:
            counted[ordinal] = [fact]
    return counted


def _entry(
    branch: Branch,
    planned: PlannedRule,
    rule: Quota,
    slot: Slot,
    facts: Sequence[Fact],
    member: str | None = None,
    *,
    exempt: bool = False,
) -> Entry:
    required = planned.required
    done_after = None
    if slot.limited:
        done_after = _measured(rule, facts)
        facts = [fact for fact in facts if fact.day <= slot.due]
    done = _measured(rule, facts)
    missing = max(0, required - done)
    state = "waived" if exempt else state_of(branch, missing, slot.due)
    entry = window_entry(branch, planned, slot, state, CAUSES[state], required, done, missing, facts, member)
    entry.done_after = done_after
    return entry


def _measured(rule: Quota, facts: Sequence[Fact]) -> int:
    """Measure what was done, in hundredths of a unit."""
    if rule.measure is None:
        return 100 * len(facts)
    if rule.measure.distinct is not None:
        return 100 * len({str(value_of(fact, rule.measure.distinct)) for fact in facts})
    field = str(rule.measure.sum)
    scale = scale_of(rule.events[0].type, field)
    return sum(number_of(fact, field) or 0 for fact in facts) * 100 // scale
