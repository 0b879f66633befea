"""The calendar of what is due: entries, alarms, and ids that last."""

from datetime import UTC, date, datetime
from pathlib import Path

import icalendar

from tests.program import Program

DUE = ("due", "--on", "2019-03-21")


def calendar(program: Program, *words: str, lang: str = "zh") -> icalendar.Calendar:
    parsed = icalendar.Calendar.from_ical(program.ok("due", "--format", "ics", *words, lang=lang).out)
    assert isinstance(parsed, icalendar.Calendar)
    assert parsed.errors == []
    return parsed


def test_the_calendar_holds_an_entry_for_each_thing_to_do(year: Program) -> None:
    parsed = calendar(year, "--on", "2019-03-21")
    unmet = [
        one
        for one in year.ok(*DUE, "--format", "json").json
        if one["state"] in ("open", "at_risk", "overdue")
    ]
    assert len(parsed.events) == len(unmet)
    assert len({str(event["UID"]) for event in parsed.events}) == len(unmet)
    assert [event.start.isoformat() for event in parsed.events] == [one["due_on"] for one in unmet]
    assert parsed["PRODID"]
    assert parsed["VERSION"] == "2.0"
    dues = parsed.events[0]
    assert (dues.start, dues.end) == (date(2019, 3, 25), date(2019, 3, 26))
    assert dues["DTSTART"].params["VALUE"] == "DATE"
    assert str(dues["SUMMARY"]) == "党费每月 25 日前交纳（b1，尚缺 2）"
    assert "m102、m105" in str(dues["DESCRIPTION"])
    assert "涉及 1.00 分" in str(dues["DESCRIPTION"])
    english = calendar(year, "--on", "2019-03-21", lang="en").events[0]
    assert str(english["SUMMARY"]) == "dues by the 25th of each month (b1, 2 missing)"
    assert english["UID"] == dues["UID"]


def test_alarms_stand_at_the_rungs_at_half_past_eight_in_the_ledgers_zone(year: Program) -> None:
    [march] = [
        event for event in calendar(year, "--on", "2019-03-01", "--branch", "b1").events
        if event.start == date(2019, 3, 31) and "支委会" in str(event["SUMMARY"])
    ]  # fmt: skip
    triggers = [alarm["TRIGGER"] for alarm in march.walk("VALARM")]
    assert {trigger.params["VALUE"] for trigger in triggers} == {"DATE-TIME"}
    # ten days before, three days before, and, as 31 March 2019 is a Sunday, the Friday before it
    assert [trigger.dt for trigger in triggers] == [
        datetime(2019, 3, day, 0, 30, tzinfo=UTC) for day in (21, 28, 29)
    ]


def test_the_same_log_gives_the_same_bytes_and_the_same_uids_for_ever(year: Program, tmp_path: Path) -> None:
    first = year.ok("due", "--on", "2019-03-21", "--format", "ics").out
    assert year.ok("due", "--on", "2019-03-21", "--format", "ics").out == first
    assert "\r\n" in first
    file = tmp_path / "duties.ics"
    assert year.ok("due", "--on", "2019-03-21", "--output", str(file)).out == f"Written to {file}.\n"
    assert file.read_bytes().decode() == first
    # a new event: a later stamp, the same entries
    before = {str(event["UID"]) for event in icalendar.Calendar.from_ical(first).walk("VEVENT")}
    year.ok("log", "meeting-held", "--branch", "b1", "--kind", "study", "--on", "2019-03-20")
    after = {str(event["UID"]) for event in calendar(year, "--on", "2019-03-21").events}
    assert after == before

    def of_may(on: str) -> list[str]:
        events = calendar(year, "--on", on, "--branch", "b2").events
        return [str(event["UID"]) for event in events if event.start == date(2019, 5, 25)]

    assert of_may("2019-03-21") == of_may("2019-05-20") != []


def test_an_empty_calendar_is_a_calendar(zhibu: Program) -> None:
    assert calendar(zhibu, "--on", "2019-03-21").events == []
