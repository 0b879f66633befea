"""Which response answers which trigger of a deadline.

In: triggers and responses of branches, with what they must have in common. Out: the triggers, answered in
time, late, or not at all. Deliberately absent: columns. It is decided one by one in order of time; triggers
are few (a vacancy, an incident, a transfer), so a plain fold is both clear and quick.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from projections.engine.periods import add_months
from rubrics.rules import Within


@dataclass(slots=True)
class Trigger:
    """What started a span, and the response that answered it. `kept`: in time; `answered`: at all."""

    b: int
    match: str | None
    day: date
    pos: int
    id: str
    earliest: date
    last: date
    member: str | None = None
    answer: str | None = None
    in_time: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What may answer a trigger."""

    b: int
    match: str | None
    day: date
    pos: int
    id: str


def span(day: date, within: Within, years: int | None) -> tuple[date, date] | None:
    """Return the earliest day a response may lie on, and the last; None where there is no term to end."""
    if within.days is not None:
        return day - timedelta(days=within.days), day + timedelta(days=within.days)
    if within.months is not None:
        return add_months(day, -within.months), add_months(day, within.months)
    if years is None or within.months_before_term_end is None:
        return None
    return day, add_months(add_months(day, 12 * years), -within.months_before_term_end)


def answer(triggers: Iterable[Trigger], responses: Iterable[Response]) -> None:
    """Let each response answer the earliest trigger that it can in time; what is left, late.

    Both in order of day and position; a response answers one trigger only.
    """
    waiting: defaultdict[tuple[int, str | None], list[Trigger]] = defaultdict(list)
    for trigger in sorted(triggers, key=lambda t: (t.day, t.pos)):
        waiting[trigger.b, trigger.match].append(trigger)
    unused = []
    for response in sorted(responses, key=lambda r: (r.day, r.pos)):
        for trigger in waiting[response.b, response.match]:
            if trigger.answer is None and trigger.earliest <= response.day <= trigger.last:
                trigger.answer, trigger.in_time = response.id, True
                break
        else:
            unused.append(response)
    for response in unused:
        for trigger in waiting[response.b, response.match]:
            if trigger.answer is None and response.day > trigger.last:
                trigger.answer = response.id
                break
