"""Entries and alarms of a calendar, of obligations made by hand. The year is 2019; 31 March is a Sunday."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from ledger.words import Words
from projections.engine.entries import Obligation
from projections.reports.calendar import build_calendar
from tests.reminders.obligations import owed

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = {"b1": "第一支部", "b2": "第二支部", "c": "党委"}


def duty(due_on: str, on: str, **changes: Any) -> Obligation:
    left = (date.fromisoformat(due_on) - date.fromisoformat(on)).days
    state = "overdue" if left < 0 else "open"
    return owed(due_on, **({"days_left": left, "state": state} | changes))


def events(on: str, *obligations: Obligation, after: datetime | None = None) -> list[icalendar.Event]:
    day = date.fromisoformat(on)
    content = build_calendar(
        obligations,
        on=day,
        after=after or datetime.combine(day, time(0), ZONE),
        stamp="2019-03-01T00:00:00+00:00",
        zone=ZONE,
        language="zh",
        names=NAMES,
    )
    parsed = icalendar.Calendar.from_ical(content)
    assert isinstance(parsed, icalendar.Calendar)
    return list(parsed.events)


def told(found: list[icalendar.Event]) -> list[tuple[str, str]]:
    return [(event.start.isoformat(), str(event["SUMMARY"])) for event in found]


def rung(event: icalendar.Event) -> list[datetime]:
    return [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]


def mornings(*days: int) -> list[datetime]:
    """Half past eight in Beijing, in March."""
    return [datetime(2019, 3, day, 0, 30, tzinfo=UTC) for day in days]


def test_an_obligation_stands_on_its_due_day_and_rings_at_each_rung() -> None:
    [event] = events("2019-03-01", duty("2019-03-31", "2019-03-01"))
    assert told([event]) == [("2019-03-31", "支委会（第一支部，尚缺 1）")]
    # ten days before, three days before, and the Friday before the Sunday
    assert rung(event) == mornings(21, 28, 29)


def test_what_is_overdue_stands_on_the_day_of_the_answer_under_one_uid_and_rings_no_more() -> None:
    [first] = events("2019-04-02", duty("2019-03-31", "2019-04-02"))
    [later] = events("2019-04-09", duty("2019-03-31", "2019-04-09"))
    assert told([first, later]) == [
        ("2019-04-02", "逾期：支委会（第一支部，尚缺 1）"),
        ("2019-04-09", "逾期：支委会（第一支部，尚缺 1）"),
    ]
    assert first["UID"] == later["UID"]
    assert rung(first) == rung(later) == []


def test_what_is_overdue_is_told_apart_from_what_is_due_that_day() -> None:
    found = events("2019-03-31", duty("2019-03-25", "2019-03-31"), duty("2019-03-31", "2019-03-31"))
    assert [said.startswith("逾期") for _, said in told(found)] == [True, False]
    assert {day for day, _ in told(found)} == {"2019-03-31"}


def test_alarms_lie_ahead_of_the_instant_that_is_given() -> None:
    on_the_28th = [duty("2019-03-31", "2019-03-28")]
    [early] = events("2019-03-28", *on_the_28th, after=datetime(2019, 3, 28, 0, 29, tzinfo=UTC))
    [late] = events("2019-03-28", *on_the_28th, after=datetime(2019, 3, 28, 0, 30, tzinfo=UTC))
    assert rung(early) == mornings(28, 29)
    assert rung(late) == mornings(29)


def several(
    number: int, on: str = "2019-03-01", branch: str = "b1", due_on: str = "2019-03-31"
) -> list[Obligation]:
    return [
        duty(due_on, on, branch=branch, obligation=f"form/{n}/1", what=Words(f"事 {n}", f"thing {n}"))
        for n in range(number)
    ]


def test_three_things_of_a_day_are_three_entries_of_which_one_rings() -> None:
    found = events("2019-03-01", *several(3))
    assert [said for _, said in told(found)] == [f"事 {n}（第一支部，尚缺 1）" for n in range(3)]
    assert [len(rung(event)) for event in found] == [3, 0, 0]
    assert str(found[0].walk("VALARM")[0]["DESCRIPTION"]) == "3 项待办：事 0等（第一支部）"


def test_more_than_three_things_of_a_branch_on_a_day_are_one_entry_that_lists_them() -> None:
    [event] = events("2019-03-01", *several(4))
    assert told([event]) == [("2019-03-31", "4 项待办：事 0等（第一支部）")]
    assert [line for line in str(event["DESCRIPTION"]).splitlines() if line.startswith("事")] == [
        "事 0", "事 1", "事 2", "事 3"
    ]  # fmt: skip
    assert rung(event) == mornings(21, 28, 29)
    [another] = events("2019-03-02", *several(5, "2019-03-02"))
    assert another["UID"] == event["UID"]


def test_branches_have_entries_and_alarms_of_their_own() -> None:
    found = events("2019-03-01", *several(4), *several(2, branch="b2"))
    assert [said for _, said in told(found)] == [
        "4 项待办：事 0等（第一支部）", "事 0（第二支部，尚缺 1）", "事 1（第二支部，尚缺 1）"
    ]  # fmt: skip
    assert [len(rung(event)) for event in found] == [3, 3, 0]


def test_many_overdue_things_are_one_entry_known_by_one_name() -> None:
    uids = set()
    for day in ("2019-04-02", "2019-04-09"):
        [event] = events(day, *several(6, day))
        assert told([event]) == [(day, "逾期：6 项待办：事 0等（第一支部）")]
        uids.add(str(event["UID"]))
    assert len(uids) == 1


def test_one_alarm_a_day_and_branch_whatever_is_due_when() -> None:
    """Ten days before 31 March and three days before 24 March are the same morning."""
    found = events("2019-03-01", duty("2019-03-24", "2019-03-01"), duty("2019-03-31", "2019-03-01"))
    every = [instant for event in found for instant in rung(event)]
    assert len(every) == len(set(every))
    [both] = [
        alarm for event in found for alarm in event.walk("VALARM") if alarm["TRIGGER"].dt == mornings(21)[0]
    ]
    assert str(both["DESCRIPTION"]) == "2 项待办：支委会等（第一支部）"


def test_how_many_are_concerned_is_said_and_never_who() -> None:
    [event] = events("2019-03-01", duty("2019-03-31", "2019-03-01", members=("m01", "m02"), missing=300))
    assert told([event])[0][1] == "支委会（第一支部，尚缺 3，涉及 2 人）"
    assert "m01" not in event.to_ical().decode()
    below = duty("2019-03-31", "2019-03-01", branch="c", members=("b1", "b2"), missing=200)
    assert told(events("2019-03-01", below))[0][1] == "支委会（党委，尚缺 2，涉及 2 个支部）"


def test_no_alarm_lies_before_the_window_begins() -> None:
    early = duty("2019-03-05", "2019-02-20", lead_on=date(2019, 2, 23), begins=date(2019, 3, 1))
    [event] = events("2019-02-20", early)
    assert rung(event) == mornings(1, 2, 5)
