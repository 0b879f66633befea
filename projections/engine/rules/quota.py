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
    Sums,
    causes_of,
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
Asked = tuple[Slot, Sequence[Fact], str | None, bool]
"""What is asked in a window: what was done, of whom if not of the branch, and whether they are exempt."""


def quotas(branch: Branch, planned: PlannedRule, rule: Quota) -> Iterator[Entry]:
    """Count what was done in every window, and hold it against what was owed."""
    slots = owed_slots(branch, rule.per, rule.by)
    if not slots:
        return iter(())
    criterion = planned.criteria["events"]
    if rule.each == "branch":
        asked = _of_branch(branch, rule, slots, branch.found[criterion])
    elif rule.each == "member":
        asked = _of_members(branch, rule, slots, branch.found[criterion])
    else:
        asked = _of_subordinates(branch, rule, slots, criterion)
    if branch.sums_only:
        return _sums(branch, planned, rule, asked)
    return (_entry(branch, planned, rule, *one) for one in asked)


def _of_branch(branch: Branch, rule: Quota, slots: Sequence[Slot], facts: Sequence[Fact]) -> Iterator[Asked]:
    """Ask the branch."""
    counted = _by_window(branch.frame, rule, facts)
    for slot in slots:
        yield slot, counted.get(slot.ordinal, ()), None, False


def _of_members(branch: Branch, rule: Quota, slots: Sequence[Slot], facts: Sequence[Fact]) -> Iterator[Asked]:
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
            yield slot, done, member, roster.exempts and roster.exempt(member, duty, first, last)


def _of_subordinates(branch: Branch, rule: Quota, slots: Sequence[Slot], criterion: int) -> Iterator[Asked]:
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
                yield slot, counted.get(slot.ordinal, ()), organization.code, False


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


def _sums(branch: Branch, planned: PlannedRule, rule: Quota, asked: Iterable[Asked]) -> Iterator[Entry]:
    """Add up what is met, lost and open; who is exempt has no part in it."""
    required, charge = planned.required, planned.charges[0]
    sums, met = Sums(branch, planned), 0
    for slot, facts, _, exempt in asked:
        if exempt:
            continue
        missing = required - _measured(rule, _in_time(slot, facts) if slot.limited else facts)
        if missing <= 0:
            met += 1
        else:
            sums.missed(charge, slot.window.first, slot.due, required, missing)
    if met:
        sums.met(met * required)
    return sums.entries()


def _entry(
    branch: Branch,
    planned: PlannedRule,
    rule: Quota,
    slot: Slot,
    facts: Sequence[Fact],
    member: str | None,
    exempt: bool,
) -> Entry:
    required = planned.required
    done_after = None
    if slot.limited:
        done_after = _measured(rule, facts)
        facts = _in_time(slot, facts)
    done = _measured(rule, facts)
    missing = max(0, required - done)
    state = "waived" if exempt else state_of(branch, missing, slot.due)
    entry = window_entry(branch, planned, slot, state, CAUSES[state], required, done, missing, facts, member)
    entry.done_after = done_after
    return entry


def _in_time(slot: Slot, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return what was done by the due day inside the window."""
    return [fact for fact in facts if fact.day <= slot.due]


def _measured(rule: Quota, facts: Sequence[Fact]) -> int:
    """Measure what was done, in hundredths of a unit."""
    if rule.measure is None:
        return 100 * len(facts)
    if rule.measure.distinct is not None:
        return 100 * len({str(value_of(fact, rule.measure.distinct)) for fact in facts})
    field = str(rule.measure.sum)
    scale = scale_of(rule.events[0].type, field)
    return sum(number_of(fact, field) or 0 for fact in facts) * 100 // scale
