"""Why an event that a clause's rules match moved no points of it.

In: the clause before and after, with entries, the rules that match, the events. Out: one `Why`. Deliberately
absent: sentences.

Asked in this order, the first that holds is told: a judgement stands over the clause (`judged`); what the
entries come to moved, but the clause was at its bound on either side (`cap` of a clause that gains, `full` of
one that loses, `floor`); then, of each event and rule: the entry that the event stands behind is waived
(`waived`, or `exempt`), met (`full`), unmet still (`short`), or another event counts in its place (`cap`); of
what was retracted the entry is asked that stands now where its own stood. Or no entry has it nor had it,
since it, or its window, lies before the day from which the branch owes (`founding`), its member is not on the
roster (`roster`), or it stands in no window of the period (`period`); `other` where none of this holds.
"""

from collections.abc import Callable, Sequence

from projections.engine.branch import Branch, Slot
from projections.engine.entries import Entry
from projections.engine.impacts import Why
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact, quarter_number
from projections.engine.results import ClauseScore
from rubrics.rules import Dues, Quota, Tally


def reason(
    branch: Branch,
    before: ClauseScore,
    after: ClauseScore,
    matched: Sequence[tuple[PlannedRule, Fact]],
    *,
    earns: bool,
    earlier: Callable[[], Sequence[Entry]],
) -> Why:
    """Say why a clause's score did not move; `matched` pairs its rules with the events that they match.

    `earlier` gives the clause's entries of before, behind which stands what was retracted, or corrected into
    something else; told is what became of them.
    """
    if after.standing is not None:
        return "judged"
    if before.unclipped != after.unclipped:
        if max(before.unclipped, after.unclipped) <= 0:
            return "floor"
        return "cap" if earns else "full"
    if after.waived:
        return "waived"
    for planned, fact in matched:
        found = _of_event(branch, planned, fact, after.entries, earlier)
        if found is not None:
            return found
    return "other"


def _of_event(
    branch: Branch,
    planned: PlannedRule,
    fact: Fact,
    entries: Sequence[Entry],
    earlier: Callable[[], Sequence[Entry]],
) -> Why | None:
    behind = _behind(planned, fact, entries)
    if behind is not None:
        return _of_entry(behind)
    was = _behind(planned, fact, earlier())
    if was is not None:
        became = _since(was, entries)
        return None if became is None else _of_entry(became)
    if fact.stands < branch.owes_from and not isinstance(planned.rule, Tally):
        return "founding"
    if not branch.frame.holds(_stands(planned, fact)):
        return "period"
    if isinstance(planned.rule, Tally):
        return "cap" if planned.rule.once or planned.rule.distinct else None
    return _of_window(branch, planned, fact, entries)


def _behind(planned: PlannedRule, fact: Fact, entries: Sequence[Entry]) -> Entry | None:
    """Return the first entry of a rule that an event stands behind."""
    return next((one for one in entries if one.rule == planned.order and fact.id in one.events), None)


def _since(was: Entry, entries: Sequence[Entry]) -> Entry | None:
    """Return what became of an entry of before: that of its window, its trigger or request and its member;
    None where there is none any more.
    """
    if was.window is None and was.anchor is None:
        return None
    own = (was.rule, was.window, was.anchor, was.member)
    return next((one for one in entries if (one.rule, one.window, one.anchor, one.member) == own), None)


def _of_entry(entry: Entry) -> Why | None:
    if entry.state == "waived":
        return "exempt" if entry.cause in ("dues:exempt", "quota:waived") else "waived"
    if entry.state == "met":
        return "full"
    if entry.state == "gained":
        return None
    return "short" if entry.window is not None else None


def _of_window(branch: Branch, planned: PlannedRule, fact: Fact, entries: Sequence[Entry]) -> Why | None:
    """Say why the window in which an event stands has no entry that it is behind."""
    slot = _slot(branch, planned, fact)
    if slot is None:
        return None
    if slot.window.first < branch.owes_from:
        return "founding"
    member = fact.data.get("member")
    by_member = isinstance(planned.rule, Dues) or (
        isinstance(planned.rule, Quota) and planned.rule.each == "member"
    )
    if by_member and member is not None:
        return "roster"
    if not slot.limited or fact.day <= slot.due:
        return None
    # It came past the due day inside the window, which stands as it did.
    own = [one for one in entries if one.rule == planned.order and one.window == slot.window]
    return _of_entry(next((one for one in own if one.missing), own[0])) if own else None


def _slot(branch: Branch, planned: PlannedRule, fact: Fact) -> Slot | None:
    rule = planned.rule
    cadence = "month" if isinstance(rule, Dues) else getattr(rule, "per", None)
    if cadence is None or cadence == "event":
        return None
    by = rule.by if isinstance(rule, Quota) else ()
    ordinal = branch.frame.ordinal(_month(planned, fact), cadence)
    return next((slot for slot in branch.frame.slots(cadence, by) if slot.ordinal == ordinal), None)


def _month(planned: PlannedRule, fact: Fact) -> int:
    named = _named(planned, fact)
    return fact.month if named is None else quarter_number(named)[1]


def _stands(planned: PlannedRule, fact: Fact) -> int:
    named = _named(planned, fact)
    return fact.stands if named is None else quarter_number(named)[0]


def _named(planned: PlannedRule, fact: Fact) -> str | None:
    """Return the month or quarter that an event names, where the rule goes by it."""
    if isinstance(planned.rule, Dues):
        name = fact.data.get("month")
    else:
        field = planned.rule.window_from if isinstance(planned.rule, Quota) else None
        name = fact.data.get(field) if field else None
    return None if name is None else str(name)
