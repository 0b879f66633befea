"""What each rule kind looks for in the log: matches by part, and the host that counts by default.

In: a rule. Out: its asks as plain values. Deliberately absent: Polars; the replay turns asks into
expressions, and `matching` holds single events against them.
"""

from typing import NamedTuple

from rubrics.matching import Match
from rubrics.rules import Deadline, Excess, NoneOf, Quota, Rule, Tally, Threshold

ATTENDANCE = frozenset({"expected", "present", "excused", "absent", "participants", "on_leave"})
"""Fields that make a tally one of attendance, which gatherings of any host count for."""

_TYPES = {
    "dues": frozenset({"dues_paid"}),
    "submission": frozenset({"document_requested", "document_submitted"}),
    "rank": frozenset({"metric_reported"}),
    "threshold": frozenset({"metric_reported"}),
    "checklist": frozenset({"checklist_confirmed"}),
    "streak": frozenset({"meeting_held", "lecture_given", "activity_held", "study_note_submitted"}),
}
_DUTIES = {"training_completed": "training", "talk_held": "talks"}


class Want(NamedTuple):
    """One part of a rule (events, trigger, response) and the host that counts where a match names none."""

    part: str
    matches: tuple[Match, ...]
    host: str


def wants(rule: Rule) -> list[Want]:
    """List what a rule looks for."""
    if isinstance(rule, Deadline):
        return [Want("trigger", (rule.trigger,), "any"), Want("response", rule.response, "any")]
    if isinstance(rule, Quota | NoneOf | Excess):
        return [Want("events", rule.events, "branch")]
    if isinstance(rule, Tally):
        named = {rule.times} | {field for match in rule.events for field in match.where}
        return [Want("events", rule.events, "any" if named & ATTENDANCE else "branch")]
    if isinstance(rule, Threshold) and rule.events:
        return [Want("events", rule.events, "any")]
    return []


def duty_of(quota: Quota) -> str:
    """Return the duty whose exemption takes a member out of a quota; `all` where none is named for it."""
    return next((_DUTIES[match.type] for match in quota.events if match.type in _DUTIES), "all")


def types_looked_for(rule: Rule) -> frozenset[str]:
    """Return the types of events that a rule looks for."""
    return frozenset(match.type for want in wants(rule) for match in want.matches) | _TYPES.get(
        rule.kind, frozenset()
    )
