"""What a rule still misses in one branch's stream, in plain Python: window by window, trigger by trigger.

In: a rule, a `Stream`. Out: due days and units. Deliberately absent: waivers, points, and quotas that look at
subordinates.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from projections.answering import Response, Trigger, answer, span
from projections.asks import duty_of, types_looked_for, wants
from projections.engine.periods import Window, by_day, parse_period
from projections.matching import is_wanted, matches
from projections.stream import Fact, Stream
from rubrics.rules import Checklist, Deadline, Dues, Quota, Rule, Submission, Threshold


class Owed(NamedTuple):
    """What is owed in a window, or for a trigger or request: `place` is its label, or their id.

    `since`, `until`: the days that a waiver must touch. `missing`: units, late ones no longer. `ref`: which
    request or issue.
    """

    place: str
    since: date
    until: date
    due_on: date
    missing: Fraction
    ref: str | None = None


def cadence_of(rule: Rule) -> str | None:
    """Return the cadence of a rule's windows; None where it has none."""
    if isinstance(rule, Dues):
        return "month"
    return rule.per if isinstance(rule, Quota | Checklist | Threshold) else None


def owed_by(rule: Rule, stream: Stream, windows: Iterable[Window]) -> Iterator[Owed]:
    """Yield what a rule asks of the branch: for each trigger or request, or in each of the windows."""
    if isinstance(rule, Deadline):
        yield from _deadlines(rule, stream)
    elif isinstance(rule, Submission):
        yield from _requests(stream)
    else:
        yield from _windows(rule, stream, windows)


def _windows(rule: Rule, stream: Stream, windows: Iterable[Window]) -> Iterator[Owed]:
    facts = list(_looked_for(rule, stream))
    for window in windows:
        if window.start >= stream.founded:
            due_on, missing = _in_window(rule, stream, window, facts)
            if missing is not None:
                yield Owed(window.label, window.start, window.end, due_on, missing)


def _looked_for(rule: Rule, stream: Stream) -> Iterator[Fact]:
    """Yield the facts that a rule over windows looks for, in order of standing."""
    want = next(iter(wants(rule)), None)
    if want is None:
        found = {fact.id: fact for fact in stream.of(types_looked_for(rule))}
    else:
        found = {
            fact.id: fact
            for match in want.matches
            for fact in stream.of([match.type])
            if matches(match, want.host, fact.event)
        }
    yield from sorted(found.values(), key=lambda fact: (fact.stands, fact.position))


def _in_window(rule: Rule, stream: Stream, window: Window, facts: list[Fact]) -> tuple[date, Fraction | None]:
    """Return the due day of a window, and what is missing in it; None where nobody owes anything."""
    if isinstance(rule, Dues):
        due_on = window.end if rule.by_day == "last" else window.end.replace(day=rule.by_day)
        return due_on, _dues(stream, window, due_on, facts)
    if isinstance(rule, Quota):
        inside = [f for f in facts if window.start <= _standing(f, rule.window_from) <= window.end]
        return by_day(window, rule.by) or window.end, _quota(rule, stream, window, inside)
    inside = [fact for fact in facts if window.start <= fact.stands <= window.end]
    if isinstance(rule, Checklist):
        named = [fact for fact in inside if fact.get("checklist") == rule.checklist]
        confirmed = {item for fact in named for item in fact.get("items")}
        return window.end, Fraction(len(set(rule.items) - confirmed))
    return window.end, Fraction(0 if isinstance(rule, Threshold) and _reached(rule, inside) else 1)


def _standing(fact: Fact, field: str | None) -> date:
    """Return the day on which a fact stands, or the last of the quarter or month that a field names."""
    name = str(fact.get(field)) if field and fact.get(field) is not None else None
    return parse_period(name).end if name else fact.stands


def _quota(rule: Quota, stream: Stream, window: Window, facts: list[Fact]) -> Fraction | None:
    if rule.each == "branch":
        return max(Fraction(0), rule.at_least - _measured(rule, facts))
    duty = duty_of(rule)
    last = min(window.end, stream.on)
    owing = [
        member
        for member, stays in stream.stays.items()
        if any(since <= window.start and until > window.end for since, until in stays)
        and (not rule.roles or stream.role_on(member, last) in rule.roles)
    ]
    if not owing:
        return None
    return sum(
        (
            max(Fraction(0), rule.at_least - _measured(rule, [f for f in facts if f.get("member") == member]))
            for member in owing
            if not stream.exempt(member, {duty, "all"}, window.start, window.end)
        ),
        Fraction(0),
    )


def _measured(rule: Quota, facts: list[Fact]) -> Fraction:
    if rule.measure is None:
        return Fraction(len(facts))
    values = [fact.get(str(rule.measure.sum or rule.measure.distinct)) for fact in facts]
    given = [value for value in values if value is not None]
    if rule.measure.sum is None:
        return Fraction(len({str(value) for value in given}))
    return sum((Fraction(str(value)) for value in given), Fraction(0))


def _dues(stream: Stream, window: Window, due_on: date, facts: list[Fact]) -> Fraction | None:
    owing = [
        member
        for member, stays in stream.stays.items()
        if any(since <= due_on < until for since, until in stays)
    ]
    if not owing:
        return None
    unpaid = 0
    for member in owing:
        paid = [f for f in facts if (f.get("member"), str(f.get("month"))) == (member, window.label)]
        due = max((Fraction(str(f.get("due"))) for f in paid if f.get("due") is not None), default=None)
        amount = sum((Fraction(str(f.get("amount"))) for f in paid), Fraction(0))
        enough = amount >= due if due is not None else bool(paid)
        unpaid += not enough and not stream.exempt(member, {"dues", "all"}, window.start, window.end)
    return Fraction(unpaid)


def _reached(rule: Threshold, facts: list[Fact]) -> bool:
    """Whether the latest report, or the sums of the two numbers, reach the bound."""
    if rule.ratio is None:
        reports = [fact for fact in facts if fact.get("metric") == rule.metric]
        value = Fraction(str(reports[-1].get("value"))) if reports else None
    else:
        ratio, less = rule.ratio, rule.ratio.less
        pairs = [
            (_number(f, ratio.of), _number(f, ratio.to), (less and _number(f, less)) or 0) for f in facts
        ]
        counted = [(of, to - off) for of, to, off in pairs if of is not None and to is not None and to > off]
        whole = sum(to for _, to in counted)
        value = Fraction(sum(of for of, _ in counted), whole) if whole else None
    if value is None:
        return False
    if rule.at_least is not None:
        return value >= rule.at_least
    return rule.at_most is not None and value <= rule.at_most


def _number(fact: Fact, field: str) -> int | None:
    value: Any = fact.get(field)
    return 0 if value is None and field in ("excused", "absent") else value


def _deadlines(rule: Deadline, stream: Stream) -> Iterator[Owed]:
    trigger_want, response_want = wants(rule)
    triggers = []
    for fact in stream.of(types_looked_for(rule)):
        match = fact.get(rule.match) if rule.match else None
        reach = span(fact.day, rule.within, fact.get("years"))
        counts = fact.day >= stream.founded and (match is not None or rule.match is None)
        if counts and reach is not None and is_wanted(trigger_want, fact.event):
            triggers.append(Trigger(0, match, fact.day, fact.position, fact.id, *reach, fact.get("ref")))
    responses = [
        Response(0, fact.get(rule.match) if rule.match else None, fact.day, fact.position, fact.id)
        for fact in stream.of(types_looked_for(rule))
        if is_wanted(response_want, fact.event)
    ]
    answer(triggers, responses)
    for one in triggers:
        yield Owed(one.id, one.last, one.last, one.last, Fraction(0 if one.answer else 1), one.member)


def _requests(stream: Stream) -> Iterator[Owed]:
    conforming = {f.get("ref") for f in stream.of({"document_submitted"}) if f.get("conforming")}
    for fact in stream.of({"document_requested"}):
        if fact.day >= stream.founded:
            due_on, ref = date.fromisoformat(str(fact.get("due_on"))), str(fact.get("ref"))
            yield Owed(fact.id, due_on, due_on, due_on, Fraction(0 if ref in conforming else 1), ref)
