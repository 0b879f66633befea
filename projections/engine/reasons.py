"""Why an event that a clause's rules match moved no points of it; and which rules of a form look at an
event.

In: a plan and a fact; the clause before and after, with entries, the rules that match, the events. Out: the
rules that match; one `Why`. Deliberately absent: sentences; what an event counts for, as folds say that.

Asked in this order, the first that holds is told: a judgement stands over the clause (`judged`); what the
entries come to moved, but the clause was at its bound on either side (`cap` of a clause that gains, `full`
of one that loses, `floor`); then, of each event and rule: the entry that the event stands behind is waived
(`waived`, or `exempt`), met (`full`), unmet still (`short`), or another event counts in its place (`cap`);
of what was retracted the entry is asked that stands now where its own stood. Or no entry has it nor had it,
since it, or its window, lies before the day from which the branch owes (`founding`), its member is not on
the roster (`roster`), or it stands in no window of the period (`period`); `other` where none of this holds.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from projections.engine.branch import Branch, Slot
from projections.engine.criteria import GATHERINGS, types_looked_for
from projections.engine.entries import Entry
from projections.engine.plan import Plan, PlannedRule
from projections.engine.reading.facts import Fact, quarter_number
from projections.engine.results import ClauseScore, Why
from rubrics.rules import Checklist, Deadline, Dues, Quota, Rank, Streak, Submission, Tally, Threshold


def rules_matching(plan: Plan, fact: Fact, *, of_subordinate: bool = False) -> list[PlannedRule]:
    """Return the rules whose events an event is one of, in the form's order; for a subordinate's event the
    rules that look at subordinates, for a branch's own all others.
    """
    rules = _by_type(plan).get((fact.type, of_subordinate), ())
    met = plan.met(fact) if rules else ()
    return [planned for planned in rules if _matches(planned, fact, met)]


@lru_cache(maxsize=16)
def _by_type(plan: Plan) -> Mapping[tuple[str, bool], Sequence[PlannedRule]]:
    """Return the rules that look for events of each type, apart those that look at subordinates."""
    found: defaultdict[tuple[str, bool], list[PlannedRule]] = defaultdict(list)
    for planned in plan.rules:
        of_subordinate = isinstance(planned.rule, Quota) and planned.rule.each == "subordinate"
        for type_ in types_looked_for(planned.rule):
            found[type_, of_subordinate].append(planned)
    return found


def clauses_judged(plan: Plan, fact: Fact) -> list[int]:
    """Return the number of the clause that a judgement, a waiver or a tally of grades is about."""
    if fact.type not in ("clause_assessed", "clause_waived", "grades_tallied"):
        return []
    number = plan.numbers.get(fact.data["clause"])
    return [] if number is None or fact.data["rubric"] != plan.rubric.id else [number]


def _matches(planned: PlannedRule, fact: Fact, met: Collection[int]) -> bool:
    rule, data = planned.rule, fact.data
    if isinstance(rule, Streak):
        return fact.type == "study_note_submitted" or bool(fact.type in GATHERINGS and data.get("on_leave"))
    if isinstance(rule, Dues):
        return fact.type == "dues_paid"
    if isinstance(rule, Submission):
        asked = fact.type == "document_requested"
        return asked or (fact.type == "document_submitted" and data.get("ref") is not None)
    if isinstance(rule, Rank) or (isinstance(rule, Threshold) and rule.metric is not None):
        return fact.type == "metric_reported" and data["metric"] == rule.metric
    if isinstance(rule, Checklist):
        named = fact.type == "checklist_confirmed" and data["checklist"] == rule.checklist
        return named and not set(rule.items).isdisjoint(data["items"])
    if not any(criterion in met for criterion in planned.criteria.values()):
        return False
    return not isinstance(rule, Deadline) or rule.match is None or data.get(rule.match) is not None


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
