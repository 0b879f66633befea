"""Obligations as an iCalendar file that a phone or a mail program subscribes to.

In: unmet obligations as they stand on a day, the names of branches, the ledger's time zone. Out: the bytes of
the file. Deliberately absent: the clock, and members, by name or code: a calendar says of how many something
is missing. The same log, day and instant give the same bytes.

What is to be done is an all-day entry on its due day; what is overdue stands on the day of the answer, from
day to day until it is settled. Of more than three things of a branch on a day one entry lists them all. UIDs
are derived, so that a program that reads the file again updates its entries in place. Alarms stand at the
rungs of the ladder, at the hour of the daily sweep in the ledger's zone, as instants: they ring at the same
moment wherever the phone is. A branch rings once a day at most, and only ahead.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from ledger.words import Language, Words
from projections.engine.due.terms import last_working_day
from projections.engine.entries import Obligation
from projections.text.amounts import print_units
from projections.text.obligations import of_how_many
from rubrics.numbers import print_points

# uuid5(NAMESPACE_URL, "https://zhibu.invalid/obligation"): fixed for ever, subscribed calendars hang on it.
NAMESPACE = UUID("e86631ca-449d-5ed4-bb59-e344c434855c")
ALARM_AT = time(8, 30)
MOST_APART = 3
"""So many things of a branch on a day have an entry each; more are one."""
_NEAR = timedelta(days=3)


@dataclass(slots=True)
class _Entry:
    """What stands in the calendar: one obligation, or all of a branch on a day. `alarms`: what rings when."""

    branch: str
    day: date
    name: str
    owed: Sequence[Obligation]
    alarms: dict[date, list[Obligation]] = field(default_factory=dict)


def build_calendar(
    obligations: Iterable[Obligation],
    *,
    on: date,
    after: datetime,
    stamp: str | None,
    zone: ZoneInfo,
    language: Language,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Return a calendar of all-day entries, by day and branch.

    `on`: the day of the answer; alarms ring after the instant `after`; `stamp`: when the log's last event was
    recorded; `names`: what branches are called.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//zhibu//due//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = Words("支部应办事项", "Branch duties").pick(language)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(zone))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    entries = list(_entries(obligations, on))
    _set_alarms(entries, after, zone)
    for entry in entries:
        calendar.add_component(_event(entry, stamp, zone, language, names or {}))
    content: bytes = calendar.to_ical()
    return content


def _entries(obligations: Iterable[Obligation], on: date) -> Iterator[_Entry]:
    """Yield what stands on each day, in order of day and branch, what is most at stake first."""

    def place(owed: Obligation) -> tuple[date, str]:
        return max(owed.due_on, on), owed.branch

    ordered = sorted(obligations, key=lambda owed: (*place(owed), owed.order))
    for (day, branch), group in groupby(ordered, key=place):
        of_day = list(group)
        # What is overdue moves from day to day; its entry is known by another name than that of the day.
        for late, some in groupby(sorted(of_day, key=_is_late, reverse=True), key=_is_late):
            owed = list(some)
            if len(owed) > MOST_APART:
                yield _Entry(branch, day, f"{branch}\n{'overdue' if late else day}", owed)
            else:
                yield from (_Entry(branch, day, f"{branch}\n{one.obligation}", [one]) for one in owed)


def _is_late(owed: Obligation) -> bool:
    return owed.days_left < 0


def _set_alarms(entries: Sequence[_Entry], after: datetime, zone: ZoneInfo) -> None:
    """Give each branch one alarm a day, at the first of its entries that wants one."""
    ringing: dict[tuple[str, date], _Entry] = {}
    for entry in entries:
        for owed in entry.owed:
            for day in alarm_days(owed):
                if _instant(day, zone) > after:
                    at = ringing.setdefault((entry.branch, day), entry)
                    at.alarms.setdefault(day, []).append(owed)


def alarm_days(owed: Obligation) -> Iterator[date]:
    """Yield the days of the rungs: the lead time's first, three days before, the due day if people work then.

    None lies before the window or span begins. What is overdue has none.
    """
    if not _is_late(owed):
        rungs = (owed.lead_on, owed.due_on - _NEAR, last_working_day(owed.due_on).day)
        yield from sorted({max(day, owed.begins) for day in rungs if day <= owed.due_on})


def _instant(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, ALARM_AT, zone).astimezone(UTC)


def _event(
    entry: _Entry, stamp: str | None, zone: ZoneInfo, language: Language, names: Mapping[str, str]
) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE, entry.name)))
    if stamp is not None:
        event.add("dtstamp", datetime.fromisoformat(stamp).replace(microsecond=0))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _summary(entry.owed, names).pick(language))
    event.add("description", "\n\n".join(_description(owed, names).pick(language) for owed in entry.owed))
    event.add("transp", "TRANSPARENT")
    for day, owed in sorted(entry.alarms.items()):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(owed, names).pick(language))
        alarm.add("trigger", _instant(day, zone), {"VALUE": "DATE-TIME"})
        event.add_component(alarm)
    return event


def _summary(owed: Sequence[Obligation], names: Mapping[str, str]) -> Words:
    """Name the duty, or the first and how many there are, and the branch."""
    first = owed[0]
    called = names.get(first.branch, first.branch)
    late = Words("逾期：", "overdue: ") if all(map(_is_late, owed)) else Words("", "")
    if len(owed) > 1:
        return Words(
            f"{late.zh}{len(owed)} 项待办：{first.what.zh}等（{called}）",
            f"{late.en}{len(owed)} to do: {first.what.en} and others ({called})",
        )
    missing = _missing(first, names)
    return Words(
        f"{late.zh}{first.what.zh}（{called}，{missing.zh}）",
        f"{late.en}{first.what.en} ({called}, {missing.en})",
    )


def _missing(owed: Obligation, names: Mapping[str, str]) -> Words:
    """Say how much is missing, and of how many; never of whom."""
    units, people = print_units(owed.missing), of_how_many(owed, names)
    if people is None:
        return Words(f"尚缺 {units}", f"{units} missing")
    return Words(f"尚缺 {units}，涉及 {people.zh}", f"{units} missing of {people.en}")


def _description(owed: Obligation, names: Mapping[str, str]) -> Words:
    done, required = print_units(owed.done), print_units(owed.required)
    points = print_points(owed.at_stake)
    missing = _missing(owed, names)
    stake = Words(f"涉及 {points} 分", f"{points} points at stake")
    if owed.advisory:
        stake = Words("仅提醒，不计分", "advisory: moves no points")
    elif _is_late(owed):
        stake = Words(f"已失 {points} 分", f"{points} points lost")
    return Words(
        f"{owed.what.zh}\n期限 {owed.due_on}，已办 {done}，应办 {required}，{missing.zh}\n{stake.zh}"
        f"\n{owed.rubric} {owed.clause}",
        f"{owed.what.en}\ndue {owed.due_on}, {done} of {required} done, {missing.en}\n{stake.en}"
        f"\n{owed.rubric} {owed.clause}",
    )
