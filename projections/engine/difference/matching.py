"""Which rules of a form look at an event.

In: a plan, a fact. Out: the rules that match it. Deliberately absent: what it counts for; folds say that.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from projections.engine.criteria import GATHERINGS, types_looked_for
from projections.engine.plan import Plan, PlannedRule
from projections.engine.reading.facts import Fact
from rubrics.rules import Checklist, Deadline, Dues, Quota, Rank, Streak, Submission, Threshold


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
