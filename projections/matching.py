"""What one event means to a rubric, in plain Python: what `zhibu log` says the moment it has logged.

In: a rubric and one parsed event. Out: the clauses whose rules look for such an event, and what it is to
each; where none does, the nearest event that a clause would count. Deliberately absent: the log, so it is
not known whether a window is full already; and Polars, whose import takes longer than logging does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any, Literal

from ledger.events import Event
from projections.asks import Want, wants
from rubrics.matching import Condition, Match
from rubrics.model import Rubric
from rubrics.rules import Checklist, Dues, Excess, Quota, Rank, Rule, Streak, Tally, Threshold

GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})
# Of another type is farther than any difference of fields, and to be named its word must be nearly the same.
_OTHER_TYPE, _ALIKE = 10, 0.85
_ZERO_WHEN_LEFT_OUT = frozenset({"excused", "absent"})

Role = Literal[
    "unit",  # counts towards a quota
    "gain",  # earns points
    "loss",  # costs points
    "trigger",  # starts a deadline
    "response",  # answers a deadline
    "request",  # asks for a document
    "submission",  # answers such a request
    "paid",  # pays dues in time
    "paid_late",
    "measured",  # is held against a bound
    "ranked",
    "checked",
    "noted",  # shows leave, or makes up for it
    "judged",
    "waives",
    "veto",
]


@dataclass(frozen=True, slots=True)
class Counted:
    """One clause that counts an event. `points` in hundredths, where the event by itself moves them."""

    rubric: str
    clause: str
    role: Role
    rule: Rule | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """What a clause would have counted: an event type and the conditions on its fields, as text."""

    rubric: str
    clause: str
    words: str


def clauses_counting(rubric: Rubric, event: Event) -> list[Counted]:
    """Return what the event is to each clause of the rubric that looks for it, in the form's order."""
    found = list(_judgements(rubric, event))
    veto = Want("events", rubric.veto.events, "any") if rubric.veto else None
    if veto is not None and is_wanted(veto, event):
        found.append(Counted(rubric.id, "-", "veto"))
    for clause, rule in _rules(rubric):
        for role, points in _roles(rule, event):
            found.append(Counted(rubric.id, clause, role, rule, points))
    return found


def nearest_counted(rubrics: Iterable[Rubric], event: Event) -> Nearest | None:
    """Return the nearest event that any of the rubrics counts: of the same type, and of the nearest words.

    None where they count no event of that type, nor of one that is spelled much like it.
    """
    best: tuple[float, Nearest] | None = None
    for rubric in rubrics:
        for clause, rule in _rules(rubric):
            for match in (match for want in wants(rule) for match in want.matches):
                score = _likeness(match, event)
                if best is None or score > best[0]:
                    best = score, Nearest(rubric.id, clause, _spelled(match))
    return None if best is None or best[0] < _ALIKE - _OTHER_TYPE else best[1]


def _rules(rubric: Rubric) -> Iterator[tuple[str, Rule]]:
    """Yield every rule with its clause's id, `-` for a rule of the rubric itself."""
    for clause in rubric.clauses():
        for rule in clause.rules:
            yield clause.id, rule
    for rule in rubric.rules:
        yield "-", rule


def is_wanted(want: Want, event: Event) -> bool:
    """Return whether an event is one that a rule looks for."""
    return any(matches(match, want.host, event) for match in want.matches)


def matches(match: Match, host: str, event: Event) -> bool:
    """Return whether an event is one of a match; `host` counts where the match names none."""
    if event.type != match.type:
        return False
    if event.type in GATHERINGS and "host" not in match.where:
        wanted = match.host or host
        if wanted not in ("any", _value(event, "host") or "branch"):
            return False
    conforms = (
        event.type != "document_submitted" or "conforming" in match.where or _value(event, "conforming")
    )
    if not conforms:
        return False
    return all(_holds(condition, _value(event, field)) for field, condition in match.where.items())


def _holds(condition: Condition, value: Any) -> bool:
    """Return whether a field's value satisfies a condition; a field not given satisfies none but `lacks`."""
    if isinstance(value, list | tuple | set | frozenset):
        members = {str(member) for member in value}
        if condition.lacks in members or not members.issuperset(condition.has):
            return False
        return not condition.among or any(str(wanted) in members for wanted in condition.among)
    if value is None or condition.has or condition.lacks is not None:
        return False
    if condition.among and not any(value == wanted for wanted in condition.among):
        return False
    if condition.at_least is not None and value < condition.at_least:
        return False
    return condition.at_most is None or value <= condition.at_most


def _value(event: Event, field: str) -> Any:
    value = getattr(event.data, field, None)
    return 0 if value is None and field in _ZERO_WHEN_LEFT_OUT else value


def _judgements(rubric: Rubric, event: Event) -> Iterator[Counted]:
    if event.type not in ("clause_assessed", "grades_tallied", "clause_waived"):
        return
    if _value(event, "rubric") == rubric.id:
        role: Role = "waives" if event.type == "clause_waived" else "judged"
        yield Counted(rubric.id, _value(event, "clause"), role)


def _roles(rule: Rule, event: Event) -> Iterator[tuple[Role, int | None]]:
    for want in wants(rule):
        if is_wanted(want, event):
            yield from _asked(rule, want.part, event)
    if event.type == "metric_reported" and _value(event, "metric") == getattr(rule, "metric", None):
        yield ("ranked" if isinstance(rule, Rank) else "measured"), None
    if isinstance(rule, Dues) and event.type == "dues_paid":
        yield _dues_role(rule, event), None
    if rule.kind == "submission" and event.type == "document_requested":
        yield "request", None
    if rule.kind == "submission" and event.type == "document_submitted" and _value(event, "ref") is not None:
        yield "submission", None
    if isinstance(rule, Checklist) and _value(event, "checklist") == rule.checklist:
        yield "checked", None
    if isinstance(rule, Streak) and (_value(event, "on_leave") or event.type == "study_note_submitted"):
        yield "noted", None


def _asked(rule: Rule, part: str, event: Event) -> Iterator[tuple[Role, int | None]]:
    if isinstance(rule, Tally):
        points = _tally_points(rule, event)
        if points:
            yield ("gain" if points > 0 else "loss"), points
    elif isinstance(rule, Excess):
        over = _over(rule, event)
        yield ("loss", -rule.each * over) if over else ("measured", None)
    elif part in ("trigger", "response"):
        yield ("trigger" if part == "trigger" else "response"), None
    elif rule.kind == "none_of":
        yield "loss", None
    elif isinstance(rule, Threshold):
        yield "measured", None
    elif isinstance(rule, Quota) and rule.each != "subordinate":
        yield "unit", None


def _tally_points(rule: Tally, event: Event) -> int:
    if isinstance(rule.points, int):
        points = rule.points
    else:
        points = rule.points.values.get(str(_value(event, rule.points.by)), 0)
    weight = 1
    if rule.times is not None:
        weight = _value(event, rule.times) or 0
    elif event.type == "finding_recorded":
        weight = _value(event, "count") or 1
    share = Fraction(1)
    if rule.factor is not None:
        share = rule.factor.values.get(str(_value(event, rule.factor.by)), share)
    moved = points * (1 if rule.once else weight) * share
    rounded = int(abs(moved) + Fraction(1, 2))
    return rounded if moved >= 0 else -rounded


def _over(rule: Excess, event: Event) -> int:
    counted, whole = _value(event, rule.of), _value(event, rule.over)
    if counted is None or whole is None:
        return 0
    return max(0, int(counted) - int(rule.share * Fraction(whole)))


def _dues_role(rule: Dues, event: Event) -> Role:
    paid_in, due_in = event.occurred_on.isoformat()[:7], str(_value(event, "month"))
    if paid_in < due_in or rule.by_day == "last":
        return "paid_late" if paid_in > due_in else "paid"
    return "paid" if paid_in == due_in and event.occurred_on.day <= rule.by_day else "paid_late"


def _likeness(match: Match, event: Event) -> float:
    """Return how near an event is to a match: of one type first, then by conditions, then by spelling."""
    if match.type != event.type:
        return SequenceMatcher(None, match.type, event.type).ratio() - _OTHER_TYPE
    score = 0.0
    for field, condition in match.where.items():
        value = _value(event, field)
        if _holds(condition, value):
            continue
        score -= 1
        if isinstance(value, str):
            likest = (SequenceMatcher(None, str(word), value).ratio() for word in condition.among)
            score += max(likest, default=0) / 2
    return score


def _spelled(match: Match) -> str:
    return " ".join([match.type, *(f"{field}={_condition(c)}" for field, c in match.where.items())])


def _condition(condition: Condition) -> str:
    parts = ["|".join(str(value) for value in condition.among)] if condition.among else []
    parts += [f"+{word}" for word in condition.has]
    parts += [f"-{condition.lacks}"] if condition.lacks else []
    parts += [f"≥{condition.at_least}"] if condition.at_least is not None else []
    parts += [f"≤{condition.at_most}"] if condition.at_most is not None else []
    return ",".join(parts)
