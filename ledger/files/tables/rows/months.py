"""Months of dues: several in one cell, the payment shared out among them, and the day where a sheet has none.

In: what stands in a month's cell, amounts as exact texts. Out: one month after another with its amount; or
the Problem where the amount cannot be shared out to the fen. Deliberately absent: guesses.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ledger.events.values.spellings import month_text, quarter_text
from ledger.problems import Problem
from ledger.words import Words

_SPAN = re.compile(
    r"(?:([0-9]{4})(?:年|[./-]))?(0?[1-9]|1[0-2])月?(?:份)?(?:\.\.|-|~|—|–|―|至|到)"
    r"(?:([0-9]{4})(?:年|[./-]))?(0?[1-9]|1[0-2])(月)?(?:份)?"
)
_ONE = re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])")
_QUARTER = re.compile("([0-9]{4})-Q([1-4])")
_QUARTER_ALONE = re.compile("第?([1-4一二三四])季度")
_MOST_MONTHS = 24
_LONGEST_WRITTEN = 100
_CENT = Decimal("0.01")


class Share(NamedTuple):
    """One month of a payment, amounts as texts; `due` is None where nobody said it."""

    month: str
    amount: str
    due: str | None


def months_in(text: str, year: int | None) -> list[str] | None:
    """Return the months of a cell that names several (`2025-10..2025-12`, `10-12月`), else None."""
    if len(text) > _LONGEST_WRITTEN:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if _ONE.fullmatch(month_text(plain)):
        return None
    if (match := _QUARTER_ALONE.fullmatch(plain)) and year is not None:
        plain = f"{year}年第{match[1]}季度"
    if quarter := _QUARTER.fullmatch(quarter_text(plain)):
        first = 3 * int(quarter[2]) - 2
        return [f"{quarter[1]}-{month:02d}" for month in range(first, first + 3)]
    match = _SPAN.fullmatch(plain)
    if match is None:
        return None
    first_year, first_month, last_year, last_month, unit = match.groups()
    if first_year is None and last_year is None and not unit and ".." not in plain:
        # 10-12 alone may be a day as well.
        return None
    start = int(first_year or last_year or year or 0)
    if not start:
        return None
    end = int(last_year) if last_year else start
    count = (end * 12 + int(last_month)) - (start * 12 + int(first_month)) + 1
    if not 1 < count <= _MOST_MONTHS:
        return None
    return [
        f"{(start * 12 + int(first_month) - 1 + at) // 12}-{(int(first_month) - 1 + at) % 12 + 1:02d}"
        for at in range(count)
    ]


def shared_out(months: Sequence[str], amount: str, due: str | None) -> list[Share] | Problem:
    """Share a payment out among months.

    A due that equals the amount is that of all the months, one that is the n-th part of it that of each.
    """
    whole, owed = _exact(amount), _exact(due) if due is not None else None
    if whole is None or (due is not None and owed is None):
        # The amount is no amount: its own check says so, once.
        return [Share(months[0], amount, due)]
    count = len(months)
    if owed is not None and owed not in (whole, whole / count):
        return _refused(
            Words(
                zh=f"一笔缴 {count} 个月，应缴 {due} 既不是总额 {amount}，也不是每月的一份",
                en=f"pays {count} months, but the due {due} is neither the whole {amount} nor a month's part",
            )
        )
    part = whole / count
    if part != part.quantize(_CENT):
        return _refused(
            Words(
                zh=f"{amount} 元不能平分为 {count} 个月（到分）",
                en=f"{amount} cannot be shared out evenly among {count} months",
            )
        )
    text = format(part.quantize(_CENT), "f")
    return [Share(month, text, text if due is not None else None) for month in months]


def assumed_day(month: str, day: int | None, today: date) -> date | None:
    """Return the day on which dues of a month are taken to be paid: the `day`-th, or the month's last; today
    where that lies ahead. None where the month is none.
    """
    if not _ONE.fullmatch(month):
        return None
    year, number = int(month[:4]), int(month[5:])
    last = monthrange(year, number)[1]
    return min(date(year, number, min(day or last, last)), today)


def _refused(words: Words) -> Problem:
    return Problem(words, hint=Words(zh="请按月分行填写", en="Write a row for each month"))


def _exact(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
