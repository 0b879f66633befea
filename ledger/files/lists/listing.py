"""A list to print: a title, columns, rows, sums; before anybody knows on what it is printed.

In: nothing. Out: the types Listing and Heading, the span of months that a list is about. Deliberately
absent: paper (`workbooks`, `pages`) and the log (`dues`, `registers`).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from ledger.words import Words

Value = str | int | Decimal | Words | None
Kind = Literal["text", "whole", "money", "day"]


SIGNED = Words(
    zh="制表：　　　　　　审核：　　　　　　支部书记：　　　　　　日期：",
    en="Made by:              Checked by:              Secretary:              Date:",
)


class Heading(NamedTuple):
    """A column: what it is called, what it holds, how wide it is in characters."""

    label: Words
    kind: Kind = "text"
    width: int = 10


@dataclass(slots=True)
class Listing:
    """A list to print.

    `sums` are rows below a line. `landscape`: it is wider than high. `signed` says who signs below.
    """

    title: Words
    about: Words
    headings: Sequence[Heading]
    rows: list[list[Value]] = field(default_factory=list)
    sums: list[list[Value]] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    landscape: bool = False
    signed: Words = SIGNED


class Span(NamedTuple):
    """The months that a list is about, `YYYY-MM`, and the last of its days that have come."""

    first: str
    last: str
    day: date

    @property
    def months(self) -> list[str]:
        """Every month of it."""
        year, month = int(self.first[:4]), int(self.first[5:])
        months = []
        while (text := f"{year:04d}-{month:02d}") <= self.last:
            months.append(text)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return months

    @property
    def words(self) -> Words:
        """What it is called."""
        if self.first == self.last:
            return Words(f"{int(self.first[:4])} 年 {int(self.first[5:])} 月", self.first)
        if self.first[:4] == self.last[:4] and (self.first[5:], self.last[5:]) == ("01", "12"):
            return Words(f"{int(self.first[:4])} 年", self.first[:4])
        return Words(f"{self.first} 至 {self.last}", f"{self.first} to {self.last}")


def span_of(
    today: date, *, year: int | None = None, month: str | None = None, on: date | None = None
) -> Span:
    """Return the span of a year, of a month, or of the year up to a day; by default of this year up to
    today.
    """
    if month is not None:
        end = date(int(month[:4]), int(month[5:]), monthrange(int(month[:4]), int(month[5:]))[1])
        return Span(month, month, min(end, today))
    if year is not None:
        return Span(f"{year:04d}-01", f"{year:04d}-12", min(date(year, 12, 31), today))
    day = min(on or today, today) if on is None or on <= today else on
    return Span(f"{day.year:04d}-01", f"{day.year:04d}-{day.month:02d}", day)


def last_day(month: str) -> date:
    """Return the last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def cell_text(value: Value, language: Literal["zh", "en"]) -> str:
    """Return a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, Words):
        return value.pick(language)
    if isinstance(value, Decimal):
        return format(value, ".2f")
    return str(value)
