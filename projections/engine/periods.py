"""Periods and windows: which months a replay covers, and how cadences cut them.

In: a period's name (`2019`, `2019-H1`, `2019-Q3`, `2019-09`, `2019-03..2019-08`) and the month in which the
rubric's year begins. Out: civil days and labelled windows. Deliberately absent: the clock, and anything
that happened.

Months are counted from year 0 (`year * 12 + month - 1`); shifting that by the rubric's year start makes
every cadence a whole division. A rubric's year bears the number of the calendar year it begins in.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}
"""Length of each cadence in months, shortest first."""

FIRST_YEAR, LAST_YEAR = 1900, 2200

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAME = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")


class UncountedYear(ValueError):
    """A day of the calendar in a year that nobody has anything to do with."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of whole months in which something is owed: its label, first and last day.

    `first` and `last` are the same days as ordinals. `ordinal` numbers the windows of the cadence.
    """

    cadence: str
    ordinal: int
    label: str
    start: date
    end: date
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Period:
    """The whole months that a replay covers, under its canonical name."""

    name: str
    start: date
    end: date
    year_start: int = 1

    def windows(self, cadence: str) -> Iterator[Window]:
        """Yield the windows of a cadence whose last day lies in the period, in order of time."""
        ordinal = ordinal_of(month_index(self.start), cadence, self.year_start)
        while True:
            window = window_at(ordinal, cadence, self.year_start)
            if window.end > self.end:
                return
            yield window
            ordinal += 1


def month_index(day: date) -> int:
    """Count the months from year 0."""
    return day.year * 12 + day.month - 1


def month_start(index: int) -> date:
    """Return the first day of a month counted from year 0."""
    return date(index // 12, index % 12 + 1, 1)


def month_end(index: int) -> date:
    """Return the last day of a month counted from year 0."""
    return month_start(index + 1) - timedelta(days=1)


def month_name(index: int) -> str:
    """Print a month counted from year 0 as `YYYY-MM`."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def add_months(day: date, months: int) -> date:
    """Go to the same day so many months on, or to that month's last day where there is none."""
    index = month_index(day) + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def ordinal_of(index: int, cadence: str, year_start: int) -> int:
    """Number the window of a cadence that a month lies in."""
    return (index - (year_start - 1)) // MONTHS[cadence]


def window_at(ordinal: int, cadence: str, year_start: int) -> Window:
    """Build the window of a cadence that bears a number."""
    length = MONTHS[cadence]
    first = ordinal * length + year_start - 1
    last = first + length - 1
    year, part = ordinal * length // 12, ordinal * length % 12 // length + 1
    label = {
        "month": month_name(first),
        "two_months": f"{month_name(first)}..{month_name(last)}",
        "quarter": f"{year:04d}-Q{part}",
        "half": f"{year:04d}-H{part}",
        "year": f"{year:04d}",
    }[cadence]
    start, end = month_start(first), month_end(last)
    return Window(cadence, ordinal, label, start, end, start.toordinal(), end.toordinal())


def window_of(day: date, cadence: str, year_start: int = 1) -> Window:
    """Return the window of a cadence that a day lies in."""
    return window_at(ordinal_of(month_index(day), cadence, year_start), cadence, year_start)


def by_day(window: Window, by: tuple[str, ...]) -> date | None:
    """Return the last `by` day that lies inside the window; None where none does."""
    found = []
    for year in range(window.start.year, window.end.year + 1):
        for month_day in by:
            month, day = int(month_day[:2]), int(month_day[3:])
            last = month_end(month_index(date(year, month, 1)))
            due = last if day > last.day else date(year, month, day)
            if window.start <= due <= window.end:
                found.append(due)
    return max(found, default=None)


def year_of(day: date, year_start: int = 1) -> Period:
    """Return the rubric's year in which a day lies."""
    window = window_of(day, "year", year_start)
    return Period(window.label, window.start, window.end, year_start)


def parse_day(text: str) -> date:
    """Read a day that is asked about, `2019-03-12`: the one gate for what people type, whichever door.

    Raises ValueError where it is none, and UncountedYear where it is none of the years that are counted.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f'"{text}" is no day: write 2019-03-12')
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UncountedYear(f"{day.year} is none of the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def parse_period(text: str, year_start: int = 1) -> Period:
    """Read a period's name.

    A range of months that is a whole month, quarter, half or year of the rubric's year gets that name.
    Raises ValueError where the text names no period, or one that ends before it begins.
    """
    first, dots, last = text.strip().partition("..")
    start, end = _months(first, year_start), _months(last if dots else first, year_start)
    if start is None or end is None or (dots and (len(first) != 7 or len(last) != 7)):
        raise ValueError(f'"{text}" is no period: write 2019, 2019-H1, 2019-Q3, 2019-09 or 2019-03..2019-08')
    if start[0] > end[1]:
        raise ValueError(f'"{text}" ends before it begins')
    return _named(start[0], end[1], year_start)


def _months(name: str, year_start: int) -> tuple[int, int] | None:
    """Return the first and last month of a simple period's name, None where it is none."""
    match = _NAME.fullmatch(name)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    year, half, quarter, month = match.groups()
    base = int(year) * 12
    if month:
        return base + int(month) - 1, base + int(month) - 1
    length = 6 if half else 3 if quarter else 12
    first = base + year_start - 1 + length * (int(half or quarter or 1) - 1)
    return first, first + length - 1


def _named(first: int, last: int, year_start: int) -> Period:
    """Give a range of months its canonical name."""
    for cadence in ("month", "quarter", "half", "year"):
        window = window_at(ordinal_of(first, cadence, year_start), cadence, year_start)
        if (window.start, window.end) == (month_start(first), month_end(last)):
            return Period(window.label, window.start, window.end, year_start)
    return Period(f"{month_name(first)}..{month_name(last)}", month_start(first), month_end(last), year_start)
