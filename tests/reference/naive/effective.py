"""The effective events: what is left of the log after retractions and corrections, and of which day.

In: events as plain dicts in order of position, and a position at which the log is cut. Out: `Fact`s.
Deliberately absent: the day of replay (control events obey the position alone); which rule wants what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.naive.periods import Day, last_day, month_named

CONTROL = {"event_retracted", "event_corrected", "reminder_raised", "reminder_acknowledged", "score_sealed"}

_GATHERING = {"excused": 0, "absent": 0, "host": "branch", "evidence": [], "guests": []}

LEFT_OUT: dict[str, dict[str, Any]] = {
    "meeting_held": _GATHERING,
    "lecture_given": _GATHERING,
    "activity_held": _GATHERING,
    "branch_registered": {"organization": "branch"},
    "member_joined": {"status": "full", "role": "member"},
    "member_transferred": {"role": "member"},
    "article_published": {"theme": "general"},
    "research_published": {"role": "lead"},
    "contest_entered": {"award": "none"},
    "document_submitted": {"conforming": True},
    "finding_recorded": {"count": 1},
}
"""What a field means that was left out, by type. All others were not given, and match no condition."""


@dataclass(frozen=True)
class Fact:
    """One effective event."""

    id: str
    position: int
    branch: str
    type: str
    day: Day
    counts_for: str | None
    data: dict[str, Any]

    @property
    def stands_on(self) -> Day:
        """The day by which it is in a window or a period."""
        return last_day(month_named(self.counts_for)) if self.counts_for else self.day

    @property
    def order(self) -> tuple[Day, int]:
        """In the order of standing: "latest" is by this."""
        return (self.stands_on, self.position)

    @property
    def happened(self) -> tuple[Day, int]:
        """In the order of happening."""
        return (self.day, self.position)

    def get(self, field: str) -> Any:
        """The value of a field; None where it was not given."""
        value = self.data.get(field)
        return LEFT_OUT.get(self.type, {}).get(field) if value is None else value

    def number(self, field: str) -> Fraction | None:
        """The exact number in a field; None where it was not given."""
        value = self.get(field)
        return None if value is None else Fraction(str(value))


def effective_events(log: Sequence[dict[str, Any]], as_of: int | None = None) -> list[Fact]:
    """The facts that count, in order of position.

    Corrections that were not retracted themselves are laid over the event in order of position: each
    brings a whole new payload, and a day and a month where it names them.
    """
    prefix = [event for event in log if as_of is None or event["position"] <= as_of]
    retracted = {event["data"]["target"] for event in prefix if event["type"] == "event_retracted"}
    facts = []
    for event in prefix:
        if event["type"] in CONTROL or event["id"] in retracted:
            continue
        payload, day, month = event["data"], event["occurred_on"], event.get("counts_for")
        for correction in prefix:
            said = correction["data"]
            if correction["type"] != "event_corrected" or said["target"] != event["id"]:
                continue
            if correction["id"] in retracted:
                continue
            payload = said["data"]
            day = said.get("occurred_on") or day
            month = said.get("counts_for") or month
        facts.append(
            Fact(
                event["id"],
                event["position"],
                event["branch"],
                event["type"],
                Day.fromisoformat(str(day)),
                month,
                payload,
            )
        )
    return facts
