"""Working days in China: the State Council's notices, holidays moved and made up for included.

In: a day. Out: the last working day up to it, and whether that is provisional: the kept library
(chinesecalendar) does not know every year, and of one that it does not know only the weekends are sure.
Deliberately absent: scores; they always use the literal due day.
"""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

LONGEST_REST = 14
"""More days than were ever off in a row."""

_SATURDAY = 5


class WorkingDay(NamedTuple):
    """A working day; `provisional` where a year was taken as weekends only."""

    day: date
    provisional: bool


@cache
def last_working_day(day: date) -> WorkingDay:
    """Return the day itself where people work on it, else the last day before it on which they do."""
    works, known = _looked_up(day)
    if works or day == date.min:
        return WorkingDay(day, not known)
    before = last_working_day(day - timedelta(days=1))
    return WorkingDay(before.day, before.provisional or not known)


def _looked_up(day: date) -> tuple[bool, bool]:
    """Return whether people work on a day, and whether the library knows its year."""
    from chinese_calendar import is_workday

    try:
        return is_workday(day), True
    except NotImplementedError:
        return day.weekday() < _SATURDAY, False
