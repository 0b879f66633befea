"""What days and months of one event may not do to each other.

In: days and months, each checked by itself. Out: problems, with paths relative to where they stand.
Deliberately absent: today; that a day lies ahead is for `ledger.intake.checks`, which is told the day.
"""

from datetime import date

from ledger.problems import Problem
from ledger.words import Words

MOST_MONTHS_BACK = 4


def month_conflicts(counts_for: str, occurred_on: date) -> list[Problem]:
    """Return a problem where the month lies after the day, or too far before it."""
    back = (occurred_on.year - int(counts_for[:4])) * 12 + occurred_on.month - int(counts_for[5:7])
    if 0 <= back <= MOST_MONTHS_BACK:
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
