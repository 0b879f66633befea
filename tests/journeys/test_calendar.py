"""The calendar of what is due: entries, alarms, and ids that last."""

from datetime import UTC, date, datetime
from pathlib import Path

import icalendar

from tests.program import Program

ON = date(2019, 3, 21)


def calendar(program: Program, *words: str, on: date = ON, lang: str = "zh") -> icalendar.Calendar:
    said = program.ok("due", "--format", "ics", "--on", on.isoformat(), *words, lang=lang).out
    parsed = icalendar.Calendar.from_ical(said)
    assert isinstance(parsed, icalendar.Calendar)
    assert parsed.errors == []
    return parsed


def test_the_calendar_tells_of_each_thing_to_do_on_its_day(year: Program) -> None:
    parsed = calendar(year, "--branch", "b1")
    assert parsed["PRODID"]
    assert parsed["VERSION"] == "2.0"
    unmet = [
        one
        for one in year.ok("due", "--branch", "b1", "--on", ON.isoformat(), "--format", "json").json
        if one["state"] in ("open", "at_risk", "overdue")
    ]
    told = "\n".join(str(event["DESCRIPTION"]) for event in parsed.events)
    assert sum(told.count(day) for day in {one["due_on"] for one in unmet}) >= len(unmet) > 10
    assert len({str(event["UID"]) for event in parsed.events}) == len(parsed.events)
    dues = next(event for event in parsed.events if event.start == date(2019, 3, 25))
    assert dues.end == date(2019, 3, 26)
    assert dues["DTSTART"].params["VALUE"] == "DATE"
    assert "职工第一党支部" in str(dues["SUMMARY"])
    assert "1.00" in str(dues["DESCRIPTION"])
    english = next(
        event for event in calendar(year, "--branch", "b1", lang="en").events if event.start == dues.start
    )
    assert str(english["SUMMARY"]) != str(dues["SUMMARY"])
    assert english["UID"] == dues["UID"]


def test_members_are_counted_and_never_named(year: Program) -> None:
    year.ok("people", "set", "m102", "王小明")
    said = year.ok("due", "--format", "ics", "--on", ON.isoformat()).out
    assert "m102" not in said
    assert "王小明" not in said


def test_a_branch_rings_once_a_day_at_most_and_only_ahead(year: Program) -> None:
    for on in (date(2019, 3, 1), ON, date(2019, 12, 29)):
        for branch in ("b1", "b2"):
            parsed = calendar(year, "--branch", branch, on=on)
            alarms = [alarm["TRIGGER"] for event in parsed.events for alarm in event.walk("VALARM")]
            assert {trigger.params["VALUE"] for trigger in alarms} <= {"DATE-TIME"}
            instants = [trigger.dt for trigger in alarms]
            assert len(instants) == len(set(instants))
            assert all(
                instant.astimezone(UTC) > datetime(on.year, on.month, on.day, tzinfo=UTC)
                for instant in instants
            )
    assert instants, "the last days of a year ring, too"


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
    assert {str(event["UID"]) for event in calendar(year).events} == before

    def of_may(on: date) -> list[str]:
        events = calendar(year, "--branch", "b2", on=on).events
        return [str(event["UID"]) for event in events if event.start == date(2019, 5, 25)]

    assert of_may(ON) == of_may(date(2019, 5, 20)) != []


def test_an_empty_calendar_is_a_calendar(zhibu: Program) -> None:
    assert calendar(zhibu).events == []
