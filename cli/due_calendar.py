"""Obligations as an iCalendar file that a phone or a mail program subscribes to.

In: obligations, the instant of the log that they come from, the ledger's time zone. Out: the bytes of the
file. Deliberately absent: the clock; the same log gives the same bytes.

An obligation is an all-day event on its due day. Its UID is derived from the branch and the obligation's key,
so that a program that reads the file again updates the entry in place. Its alarms stand at the rungs of the
ladder, at the hour of the daily sweep in the ledger's zone, as instants: they ring at the same moment
wherever the phone is.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from ledger.words import Language, Words
from projections.text.amounts import print_units
from projections.workdays import last_working_day
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from projections.obligations import Obligation

# uuid5(NAMESPACE_URL, "https://zhibu.invalid/obligation"): fixed for ever, subscribed calendars hang on it.
NAMESPACE = UUID("e86631ca-449d-5ed4-bb59-e344c434855c")
ALARM_AT = time(8, 30)
_NEAR = timedelta(days=3)


def build_calendar(
    obligations: "Iterable[Obligation]", *, stamp: str | None, zone: ZoneInfo, language: Language
) -> bytes:
    """Return a calendar of all-day events. `stamp`: when the log's last event was recorded."""
    calendar = Calendar()
    calendar.add("prodid", "-//zhibu//due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = Words("支部应办事项", "Branch duties").pick(language)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(zone))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for obligation in obligations:
        calendar.add_component(_event(obligation, stamp, zone, language))
    content: bytes = calendar.to_ical()
    return content


def _event(obligation: "Obligation", stamp: str | None, zone: ZoneInfo, language: Language) -> Event:
    event = Event()
    summary = _summary(obligation).pick(language)
    event.add("uid", str(uuid5(NAMESPACE, f"{obligation.branch}\n{obligation.obligation}")))
    if stamp is not None:
        event.add("dtstamp", datetime.fromisoformat(stamp).replace(microsecond=0))
    event.add("dtstart", obligation.due_on)
    event.add("dtend", obligation.due_on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(obligation).pick(language))
    event.add("transp", "TRANSPARENT")
    for day in alarm_days(obligation):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", datetime.combine(day, ALARM_AT, zone).astimezone(UTC), {"VALUE": "DATE-TIME"})
        event.add_component(alarm)
    return event


def alarm_days(obligation: "Obligation") -> Iterator[date]:
    """Yield the days of the rungs: the lead time's first, three days before, the due day if people work then.

    None lies before the window or span begins.
    """
    rungs = (obligation.lead_on, obligation.due_on - _NEAR, last_working_day(obligation.due_on).day)
    yield from sorted({max(day, obligation.begins) for day in rungs if day <= obligation.due_on})


def _summary(obligation: "Obligation") -> Words:
    what, missing = obligation.what, print_units(obligation.missing)
    late = Words("逾期 ", "overdue: ") if obligation.state == "overdue" else Words("", "")
    return Words(
        f"{late.zh}{what.zh}（{obligation.branch}，尚缺 {missing}）",
        f"{late.en}{what.en} ({obligation.branch}, {missing} missing)",
    )


def _description(obligation: "Obligation") -> Words:
    done, required = print_units(obligation.done), print_units(obligation.required)
    points = print_points(obligation.at_stake)
    lines = [
        Words(
            f"{obligation.rubric} {obligation.clause}",
            f"{obligation.rubric} {obligation.clause}",
        ),
        Words(
            f"期限 {obligation.due_on}，已办 {done}，应办 {required}",
            f"due {obligation.due_on}, {done} of {required} done",
        ),
        Words("仅提醒，不计分", "advisory: moves no points")
        if obligation.advisory
        else Words(f"涉及 {points} 分", f"{points} points at stake"),
    ]
    if obligation.members:
        lines.append(
            Words(f"尚缺：{'、'.join(obligation.members)}", f"missing: {', '.join(obligation.members)}")
        )
    return Words("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))
