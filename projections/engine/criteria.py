"""What each rule kind looks for in the log, and the tests that tell whether an event is one of it.

In: rules and their matches. Out: `Want`s (matches by part, with the host that counts by default), and tests
over decoded payloads. Deliberately absent: windows, periods and days; which day counts is the rule kind's
affair.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ledger.events import CATALOGUE, fields_of
from projections.engine.reading.facts import MILLION
from rubrics.parameters import Condition, Match
from rubrics.rules import Deadline, Excess, NoneOf, Quota, Rule, Streak, Tally, Threshold

GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})

ATTENDANCE = frozenset({"expected", "present", "excused", "absent", "participants", "on_leave"})
"""Fields that make a tally one of attendance, which gatherings of any host count for."""

_TYPES = {
    "dues": frozenset({"dues_paid"}),
    "submission": frozenset({"document_requested", "document_submitted"}),
    "rank": frozenset({"metric_reported"}),
    "checklist": frozenset({"checklist_confirmed"}),
    "streak": GATHERINGS | {"study_note_submitted"},
}
_DUTIES = {"training_completed": "training", "talk_held": "talks"}
_SCALES = {"money": 100, "points": 100, "hours": 100, "decimal": MILLION}
_NUMBERS = frozenset({"whole", *_SCALES})

Test = Callable[[Mapping[str, Any]], bool]
Holds = Callable[[Any], bool]


class Want(NamedTuple):
    """One part of a rule (events, trigger, response) and the host that counts where a match names none."""

    part: str
    matches: tuple[Match, ...]
    host: str


class Check(NamedTuple):
    """What one field must satisfy. `values` are those that it may have, where that is all; `default` is the
    field's value when left out, None where it is then not given.
    """

    field: str
    default: Any
    holds: Holds
    values: frozenset[Any] | None


def wants(rule: Rule) -> list[Want]:
    """List what a rule looks for."""
    if isinstance(rule, Deadline):
        return [Want("trigger", (rule.trigger,), "any"), Want("response", rule.response, "any")]
    if isinstance(rule, Quota | NoneOf | Excess):
        return [Want("events", rule.events, "branch")]
    if isinstance(rule, Tally):
        named = {rule.times} | {field for match in rule.events for field in match.where}
        return [Want("events", rule.events, "any" if named & ATTENDANCE else "branch")]
    if isinstance(rule, Threshold | Streak) and rule.events:
        return [Want("events", rule.events, "any")]
    return []


def duty_of(quota: Quota) -> str:
    """Return the duty whose exemption takes a member out of a quota; `all` where none is named for it."""
    return next((_DUTIES[match.type] for match in quota.events if match.type in _DUTIES), "all")


def types_looked_for(rule: Rule) -> frozenset[str]:
    """Return the types of events that a rule looks for."""
    types = frozenset(match.type for want in wants(rule) for match in want.matches)
    if isinstance(rule, Threshold) and rule.metric is not None:
        return frozenset({"metric_reported"})
    return types | _TYPES.get(rule.kind, frozenset())


def scale_of(word: str, field: str) -> int:
    """Return how many units of a fact's field make one: 100 for money, points and hours, 1 for whole
    numbers."""
    info = fields_of(word).get(field) if word in CATALOGUE else None
    return 1 if info is None else _SCALES.get(info.kind, 1)


def default_of(word: str, field: str) -> Any:
    """Return what a field of a type is worth when left out; None where it is then not given."""
    info = fields_of(word).get(field) if word in CATALOGUE else None
    return None if info is None else info.default


def checks_of(match: Match, host: str) -> list[Check] | None:
    """Return what the fields of a match's type must satisfy; None where no event can be such a one.

    `host` counts for gatherings where the match names none.
    """
    if match.type not in CATALOGUE:
        return None
    fields = fields_of(match.type)
    checks = []
    if match.type in GATHERINGS and "host" not in match.where:
        wanted = match.host or host
        if wanted != "any":
            checks.append(_among("host", "branch", frozenset({wanted})))
    if match.type == "document_submitted" and "conforming" not in match.where:
        checks.append(_among("conforming", default=True, values=frozenset({True})))
    for field, condition in match.where.items():
        info = fields.get(field)
        if info is None:
            return None
        checks.append(_check(field, info.default, "whole" if field == "years" else info.kind, condition))
    return checks


def test_of(checks: list[Check]) -> Test | None:
    """Return one test of all the checks; None where there are none."""
    if not checks:
        return None
    if len(checks) == 1:
        field, default, holds, _ = checks[0]
        return lambda data: holds(data.get(field, default))
    parts = [(check.field, check.default, check.holds) for check in checks]

    def test(data: Mapping[str, Any]) -> bool:
        # A loop, for `all` of a generator takes twice as long, and this runs for every event.
        for field, default, holds in parts:  # noqa: SIM110
            if not holds(data.get(field, default)):
                return False
        return True

    return test


def _among(field: str, default: object, values: frozenset[Any]) -> Check:
    return Check(field, default, values.__contains__, values)


def _check(field: str, default: Any, kind: str, condition: Condition) -> Check:
    if kind in ("set", "list"):
        return Check(field, default, _holds_of_set(condition), None)
    among = _values(kind, condition)
    if condition.has or condition.lacks is not None:
        return Check(field, default, lambda _: False, None)
    if condition.at_least is None and condition.at_most is None:
        return _among(field, default, among)
    return Check(field, default, _holds_of_number(kind, condition, among), None)


def _values(kind: str, condition: Condition) -> frozenset[Any]:
    if kind == "flag":
        return frozenset(value for value in condition.among if isinstance(value, bool))
    if kind in _NUMBERS:
        scale = _SCALES.get(kind, 1)
        return frozenset(int(v) * scale for v in condition.among if not isinstance(v, bool | str))
    return frozenset(str(value) for value in condition.among)


def _holds_of_number(kind: str, condition: Condition, among: frozenset[Any]) -> Holds:
    scale = _SCALES.get(kind, 1)
    least = None if condition.at_least is None else condition.at_least * scale
    most = None if condition.at_most is None else condition.at_most * scale
    listed = bool(condition.among)

    def holds(value: Any) -> bool:
        if value is None or isinstance(value, str) or (listed and value not in among):
            return False
        return (least is None or value >= least) and (most is None or value <= most)

    return holds


def _holds_of_set(condition: Condition) -> Holds:
    has, lacks = frozenset(condition.has), condition.lacks
    among = frozenset(str(value) for value in condition.among)

    def holds(value: Any) -> bool:
        if value is None or lacks in value or not has.issubset(value):
            return False
        return not among or not among.isdisjoint(value)

    return holds
