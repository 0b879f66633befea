"""Months, windows and periods, counted on the fingers.

In: names such as `2019-Q3` and the month in which the rubric's year begins. Out: first and last days.
A month is a whole number here: year × 12 + month − 1, so that months can be added. A rubric's year is named
after the calendar year in which it begins. Deliberately absent: which events stand in a window.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

Day = dt.date

SPANS = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}


def month_of(day: Day) -> int:
    """The month in which the day lies."""
    return day.year * 12 + day.month - 1


def month_named(name: str) -> int:
    """The month `2019-03`."""
    year, number = name.split("-")
    return int(year) * 12 + int(number) - 1


def name_of_month(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def first_day(month: int) -> Day:
    return Day(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> Day:
    year, number = month // 12, month % 12 + 1
    return Day(year, number, calendar.monthrange(year, number)[1])


def add_months(day: Day, months: int) -> Day:
    """The same day so many months on, or that month's last day: 31 August + 6 months = 28 February."""
    last = last_day(month_of(day) + months)
    return last.replace(day=min(day.day, last.day))


@dataclass(frozen=True)
class Span:
    """Whole months from the first to the last, both included, and what they are called."""

    first: int
    last: int
    label: str

    @property
    def start(self) -> Day:
        return first_day(self.first)

    @property
    def end(self) -> Day:
        return last_day(self.last)

    def holds(self, day: Day) -> bool:
        return self.start <= day <= self.end

    def touches(self, start: Day, end: Day) -> bool:
        return self.start <= end and start <= self.end


def year_of(day: Day, year_start: int) -> int:
    """The name of the rubric's year in which the day lies."""
    return day.year if day.month >= year_start else day.year - 1


def windows_of_year(cadence: str, year: int, year_start: int) -> list[Span]:
    """The windows into which the rubric's year falls."""
    length = SPANS[cadence]
    begins = year * 12 + year_start - 1
    spans = []
    for number in range(12 // length):
        first = begins + number * length
        last = first + length - 1
        label = {
            "month": name_of_month(first),
            "two_months": f"{name_of_month(first)}..{name_of_month(last)}",
            "quarter": f"{year:04d}-Q{number + 1}",
            "half": f"{year:04d}-H{number + 1}",
            "year": f"{year:04d}",
        }[cadence]
        spans.append(Span(first, last, label))
    return spans


def windows(cadence: str, period: Span, year_start: int) -> list[Span]:
    """The windows that belong to the period: those whose last day lies in it."""
    years = range(period.start.year - 1, period.end.year + 1)
    return [
        window
        for year in years
        for window in windows_of_year(cadence, year, year_start)
        if period.holds(window.end)
    ]


def period_named(name: str, year_start: int) -> Span:
    """The period of that name, under its shortest name: `2019-01..2019-12` is `2019`."""
    if ".." in name:
        begins, ends = name.split("..")
        first, last = month_named(begins), month_named(ends)
        for cadence in ("month", "quarter", "half", "year"):
            for year in (first // 12 - 1, first // 12):
                for window in windows_of_year(cadence, year, year_start):
                    if (window.first, window.last) == (first, last):
                        return window
        return Span(first, last, name)
    if re.fullmatch(r"\d{4}-\d\d", name):
        return Span(month_named(name), month_named(name), name)
    cadence = "year" if "-" not in name else {"Q": "quarter", "H": "half"}[name[5]]
    number = 1 if cadence == "year" else int(name[6])
    return windows_of_year(cadence, int(name[:4]), year_start)[number - 1]
