"""What one organisation noted down in its year, and in which week it did.

In: events, each on a day. Out: rows in the order in which they were recorded. Deliberately absent: positions
and hashes, which need all organisations (`writing`).

Days are counted from the first of January of the year. A payload is its canonical text, the very bytes that
the log keeps; a test holds each of them against the catalogue.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

# Weeks in which something is recorded: those of the year, and some after it for what comes late.
WEEKS = 60
LAST_DAY = 364
_WORKING_DAYS, _WORKING_MINUTES, _FIRST_MINUTE = 5, 9 * 60, 30
_LATE, _LATEST_DAYS = 0.03, 70


class Row(NamedTuple):
    """One event as it is recorded. `number`: its place in the organisation's diary, which names it."""

    week: int
    number: int
    type: str
    occurred_on: str
    counts_for: str | None
    data: str
    recorded_by: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year's days as texts, and the Mondays on which its weeks begin."""

    year: int
    days: tuple[str, ...]
    monday: int

    @classmethod
    def of(cls, year: int) -> "Calendar":
        """Make the calendar of a year; its days go on into the next one, for what is recorded late."""
        first = date(year, 1, 1)
        days = tuple((first + timedelta(days=day)).isoformat() for day in range(7 * (WEEKS + 2)))
        return cls(year, days, -first.weekday() % 7)

    def text(self, day: int) -> str:
        """Write a day, of this year or of one before it."""
        if day >= 0:
            return self.days[day]
        return (date(self.year, 1, 1) + timedelta(days=day)).isoformat()

    def month_begins(self, month: int) -> int:
        """Return the first day of a month, 1 to 13; the 13th is the next January."""
        year, index = (self.year, month) if month <= 12 else (self.year + 1, month - 12)
        return (date(year, index, 1) - date(self.year, 1, 1)).days

    def instant(self, week: int, share: float) -> str:
        """Write the instant (UTC) at which an organisation records in a week: shares follow each other."""
        day, minutes = divmod(share * _WORKING_DAYS * _WORKING_MINUTES, _WORKING_MINUTES)
        microseconds = int((minutes + _FIRST_MINUTE) * 60_000_000)
        seconds, rest = divmod(microseconds, 1_000_000)
        text = self.days[self.monday + 7 * week + int(day)]
        return f"{text}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:06d}Z"


class Diary:
    """Takes events as they happen; `rows` are what was recorded, week by week.

    `rhythm`: the organisation records every so many weeks.
    """

    def __init__(self, calendar: Calendar, dice: Random, share: float, prefix: str, secretary: str) -> None:
        self.calendar = calendar
        self.dice = dice
        self.roll = dice.random
        self.prefix = prefix
        self.rhythm = (1, 1, 2, 2, 2, 4)[int(self.roll() * 6)]
        self._weekday = calendar.monday + int(share * _WORKING_DAYS)
        self._phase = int(self.roll() * self.rhythm)
        self._secretary = secretary
        self._rows: list[Row] = []

    def add(self, day: int, type_word: str, data: str, counts_for: str | None = None) -> Row:
        """Note an event of a day; now and then it is recorded late."""
        roll = self.roll()
        lag = int(roll / _LATE * _LATEST_DAYS) if roll < _LATE else 0
        return self.record(self.week_of(day + lag), day, type_word, data, counts_for)

    def record(self, week: int, day: int, type_word: str, data: str, counts_for: str | None = None) -> Row:
        """Record an event in a week that is known."""
        row = Row(
            week,
            len(self._rows),
            type_word,
            self.calendar.days[day] if day >= 0 else self.calendar.text(day),
            counts_for,
            data,
            self._secretary,
        )
        self._rows.append(row)
        return row

    def week_of(self, day: int) -> int:
        """Return the first week, of those in which it records, that does not end before the day."""
        week = max(0, -((self._weekday - day) // 7))
        if week and self.rhythm > 1:
            week += (self._phase - week) % self.rhythm
        return min(week, WEEKS - 1)

    def day_of(self, week: int) -> int:
        """Return the day on which it records in a week."""
        return self._weekday + 7 * week

    def id_of(self, row: Row) -> str:
        """Return the id of an event of this diary."""
        return f"{self.prefix}{row.number:012x}"

    @property
    def noted(self) -> list[Row]:
        """The events so far, as they were noted."""
        return self._rows

    def rows(self) -> list[Row]:
        """Return the events in the order of recording: by week, then as they were noted."""
        return sorted(self._rows)
