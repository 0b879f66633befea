"""Lead times: how long before its due day an obligation begins to press.

In: a rule. Out: days. Deliberately absent: a third of a span (`gather`), the ladder of reminders, working
days.
"""

from rubrics.rules import Checklist, Dues, Quota, Rule, Threshold

LEADS = {"month": 10, "two_months": 15, "quarter": 30, "half": 45, "year": 60}
"""Days before the due day, by the cadence of the window. Dues have a month's."""


def obliges(rule: Rule) -> bool:
    """Whether a rule makes obligations: something that can be done, and a day by which.

    What merely counts, or tells of a single event after the fact, makes none.
    """
    if isinstance(rule, Threshold):
        return rule.per != "event"
    return rule.kind in ("quota", "deadline", "dues", "submission", "checklist")


def lead_of(rule: Rule) -> int | None:
    """Return the lead time of a rule's windows in days; None where it is a third of a span."""
    if isinstance(rule, Dues):
        return LEADS["month"]
    if isinstance(rule, Quota | Checklist | Threshold):
        return LEADS.get(rule.per)
    return None
