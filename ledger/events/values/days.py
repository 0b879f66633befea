"""Days, months, quarters and periods, and what those of one event may not do to each other.

In: texts of one exact form (`2019-03-12`, `2019-03`, `2019-Q1`, `2019-H1`, `2019-03..2019-08`). Out: a date
for a day, the text itself for the others; problems of several together, with paths relative to where they
stand. Deliberately absent: instants and time zones, since a day is the civil day on which something
happened; today, which `ledger.intake.checks` is told.
"""

import re
from datetime import date

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.values.kinds import FieldKind, Kind, Refusal
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.words import Words

FIRST_YEAR, LAST_YEAR = 1900, 2200
_YEAR = "(?:19[0-9]{2}|2(?:0[0-9]{2}|1[0-9]{2}|200))"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_QUARTER = f"{_YEAR}-Q[1-4]"
_PERIOD = f"{_YEAR}(?:-H[12]|-Q[1-4]|-(?:0[1-9]|1[0-2]))?|{_MONTH}\\.\\.{_MONTH}"
DAY = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
_DAY_FORM = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_WRITTEN = 40
_SHORT_YEAR = re.compile(r"[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?")
_DAY_WITHOUT_YEAR = re.compile(r"[0-9]{1,2}(?:月[0-9]{1,2}[日号]?|[-/.][0-9]{1,2})")
_MONTH_WITHOUT_YEAR = re.compile(r"[0-9]{1,2}月?份?")
NO_DAY = Words(zh="应为日期，如 2026-03-12", en="must be a day YYYY-MM-DD, such as 2026-03-12")
_NO_YEAR = Words(zh="没有年份，请写明是哪一年", en="It has no year: write it, too")
_YEARS = Words(
    zh=f"年份须在 {FIRST_YEAR} 至 {LAST_YEAR} 之间", en=f"Years from {FIRST_YEAR} to {LAST_YEAR} are known"
)
_MOST_MONTHS_BACK = 4


class Day(FieldKind):
    """A civil day that the calendar has."""

    kind: Kind = "day"

    def _core(self) -> CoreSchema:
        # the pattern first: pydantic alone would take numbers and instants of midnight for days, too
        text = core_schema.str_schema(strict=True, pattern=f"^{DAY}$")
        given = core_schema.no_info_plain_validator_function(_given_day)
        written = core_schema.chain_schema([text, core_schema.date_schema()])
        return core_schema.union_schema([written, given], mode="left_to_right")

    def _refusal(self, value: object) -> Refusal:
        if isinstance(value, str) and _DAY_FORM.fullmatch(value):
            words = Words(zh="应为日历中存在的日期", en="must be a day that the calendar has")
            hint = None if FIRST_YEAR <= int(value[:4]) <= LAST_YEAR else _YEARS
            return Refusal(words, shown(value), hint)
        return Refusal(NO_DAY, shown(value), _why_no_day(value))


class Month(FieldKind):
    """A calendar month, as text."""

    kind: Kind = "month"

    def _core(self) -> CoreSchema:
        return core_schema.str_schema(strict=True, pattern=f"^{_MONTH}$")

    def _refusal(self, value: object) -> Refusal:
        words = Words(zh="应为月份 YYYY-MM", en="must be a month YYYY-MM")
        return Refusal(words, shown(value), _why_no_month(value))


class Quarter(FieldKind):
    """A calendar quarter, as text."""

    kind: Kind = "quarter"

    def _core(self) -> CoreSchema:
        return core_schema.str_schema(strict=True, pattern=f"^{_QUARTER}$")

    def _refusal(self, value: object) -> Refusal:
        words = Words(zh="应为季度 YYYY-Q1 至 YYYY-Q4", en="must be a quarter, YYYY-Q1 to YYYY-Q4")
        return Refusal(words, shown(value))


class Period(FieldKind):
    """The name of a period of whole months, kept as it was written."""

    kind: Kind = "code"

    def _core(self) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_parsed_period)

    def _refusal(self, value: object) -> Refusal:
        if _is_period(value):
            words = Words(zh="起始月份不得晚于结束月份", en="must not end before it begins")
        else:
            words = Words(
                zh="应为期间：2019、2019-H1、2019-Q3、2019-09 或 2019-03..2019-08",
                en="must be a period: 2019, 2019-H1, 2019-Q3, 2019-09 or 2019-03..2019-08",
            )
        return Refusal(words, shown(value))


def month_conflicts(counts_for: str, occurred_on: date) -> list[Problem]:
    """Return a problem where the month lies after the day, or too far before it."""
    back = (occurred_on.year - int(counts_for[:4])) * 12 + occurred_on.month - int(counts_for[5:7])
    if 0 <= back <= _MOST_MONTHS_BACK:
        return []
    if back < 0:
        words = Words(
            zh=f"不得晚于 occurred_on {occurred_on} 所在的月份",
            en=f"must not be after the month of occurred_on {occurred_on}",
        )
    else:
        words = Words(
            zh=f"最多早于 occurred_on {occurred_on} 四个月",
            en=f"must lie at most four months before occurred_on {occurred_on}",
        )
    return [Problem(words, field="counts_for", found=counts_for)]


def ends_before(until: date | None, occurred_on: date) -> list[Problem]:
    """Return a problem where the last day lies before the first."""
    if until is None or until >= occurred_on:
        return []
    words = Words(
        zh=f"不得早于 occurred_on {occurred_on}", en=f"must not be before occurred_on {occurred_on}"
    )
    return [Problem(words, field="until", found=str(until))]


def _why_no_day(value: object) -> Words | None:
    if not isinstance(value, str) or len(value) > _LONGEST_WRITTEN:
        return None
    if _SHORT_YEAR.fullmatch(value.strip()):
        return Words(
            zh="两位数的年份看不出是哪一年，请写四位",
            en="A year of two digits may be of any century: write all four",
        )
    return _NO_YEAR if _DAY_WITHOUT_YEAR.fullmatch(value.strip()) else None


def _why_no_month(value: object) -> Words | None:
    if not isinstance(value, str) or len(value) > _LONGEST_WRITTEN:
        return None
    return _NO_YEAR if _MONTH_WITHOUT_YEAR.fullmatch(value.strip()) else None


def _given_day(value: object) -> date:
    if type(value) is date and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    raise _refused()


def _is_period(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(_PERIOD, value) is not None


def _parsed_period(value: object) -> str:
    if isinstance(value, str) and _is_period(value):
        first, dots, last = value.partition("..")
        if not dots or first <= last:
            return value
    raise _refused()


def _refused() -> PydanticCustomError:
    return PydanticCustomError("day", "refused")
