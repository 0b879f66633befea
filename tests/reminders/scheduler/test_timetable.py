"""When a sweep is owed, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from projections.reminders.sweep import is_owed, last_hour

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")
BEAT = timedelta(seconds=10)


def swept(
    hour: time, zone: ZoneInfo, begin: datetime, end: datetime, beat: timedelta = BEAT
) -> list[datetime]:
    """The instants at which a scheduler sweeps that wakes every beat, where the last sweep was at `begin`."""
    last = now = begin.astimezone(UTC)
    found: list[datetime] = []
    while now < end:
        if is_owed(last, now, hour, zone):
            found.append(now)
            last = now
        now += beat
    return found


def test_a_sweep_is_owed_once_a_day_from_the_hour_on() -> None:
    begin = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI)
    found = swept(time(8, 30), SHANGHAI, begin, begin + timedelta(days=3))
    assert [instant.astimezone(SHANGHAI).isoformat() for instant in found] == [
        f"2026-06-0{day}T08:30:00+08:00" for day in (2, 3, 4)
    ]


def test_an_hour_that_the_clocks_jump_over_is_made_up_for_that_night() -> None:
    """In Berlin 02:00 became 03:00 on 29 March 2026; half an hour into the gap is half an hour after it."""
    begin = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    found = swept(time(2, 30), BERLIN, begin, begin + timedelta(days=2))
    assert [instant.astimezone(BERLIN).isoformat() for instant in found] == [
        "2026-03-29T03:30:00+02:00",
        "2026-03-30T02:30:00+02:00",
    ]


def test_an_hour_that_comes_twice_is_swept_at_the_first() -> None:
    """In Berlin 03:00 became 02:00 on 25 October 2026."""
    begin = datetime(2026, 10, 24, 12, tzinfo=BERLIN)
    found = swept(time(2, 30), BERLIN, begin, begin + timedelta(days=2))
    assert [instant.astimezone(BERLIN).isoformat() for instant in found] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-26T02:30:00+01:00",
    ]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/Santiago", "Africa/Casablanca", "Australia/Lord_Howe"]
)
@pytest.mark.parametrize("hour", [time(0, 0), time(0, 30), time(2, 0), time(2, 30), time(23, 30)])
def test_every_day_of_a_year_is_swept_once_at_any_hour_in_any_zone(zone: str, hour: time) -> None:
    where = ZoneInfo(zone)
    begin = datetime(2026, 1, 1, 23, 50, tzinfo=where).astimezone(UTC)
    end = begin + timedelta(days=365, minutes=10)
    found = swept(hour, where, begin, end, beat=timedelta(minutes=30))
    days = [instant.astimezone(where).date() for instant in found]
    assert days == [date(2026, 1, 2) + timedelta(days=n) for n in range(365)]


def test_a_machine_that_was_off_or_asleep_owes_one_sweep_however_long_it_was() -> None:
    hour, last = time(8, 30), datetime(2026, 6, 1, 8, 30, tzinfo=SHANGHAI)
    assert not is_owed(last, datetime(2026, 6, 2, 8, 29, tzinfo=SHANGHAI), hour, SHANGHAI)
    for now in (datetime(2026, 6, 2, 8, 30, tzinfo=SHANGHAI), datetime(2026, 6, 12, 3, tzinfo=SHANGHAI)):
        assert is_owed(last, now, hour, SHANGHAI)
        assert not is_owed(now, now + timedelta(minutes=1), hour, SHANGHAI)


def test_a_success_noted_before_the_clock_was_set_back_counts_for_nothing() -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=SHANGHAI)
    assert is_owed(now + timedelta(days=300), now, time(8, 30), SHANGHAI)
    assert is_owed(None, now, time(8, 30), SHANGHAI)


def test_the_last_hour_before_it_has_come_today_is_yesterdays() -> None:
    now = datetime(2026, 6, 1, 8, 29, 59, tzinfo=SHANGHAI)
    assert last_hour(now, time(8, 30), SHANGHAI) == datetime(2026, 5, 31, 8, 30, tzinfo=SHANGHAI)
    assert last_hour(now + BEAT, time(8, 30), SHANGHAI) == datetime(2026, 6, 1, 8, 30, tzinfo=SHANGHAI)
