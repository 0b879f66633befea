"""Windows as columns: which windows of a period rules ask about, and in which an event stands.

In: rules with a cadence, a context. Out: frames of windows, expressions of window numbers. Deliberately
absent: what is owed in a window.
"""

from collections.abc import Iterable

import polars as pl

from projections.context import Context
from projections.engine.periods import MONTHS, by_day

WINDOWS = {
    "charge": pl.UInt32,
    "length": pl.Int32,
    "ordinal": pl.Int32,
    "window": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "due_on": pl.Date,
    "limited": pl.Boolean,
}


def windows_frame(context: Context, cadences: Iterable[tuple[int, str, tuple[str, ...]]]) -> pl.LazyFrame:
    """Return a row for each charge and each window of its cadence that ends in the period.

    `cadences` gives number of the charge, cadence, and the `by` month-days. `limited` tells whether one of
    them lies in the window: then it is the due day, and what happens after it comes too late.
    """
    rows = [
        (charge, MONTHS[cadence], w.ordinal, w.label, w.start, w.end, day or w.end, day is not None)
        for charge, cadence, by in cadences
        for w in context.period.windows(cadence)
        for day in [by_day(w, by)]
    ]
    return pl.LazyFrame(rows, schema=WINDOWS, orient="row")


def ordinal_expr(day: str, length: pl.Expr, year_start: int) -> pl.Expr:
    """Number the window of so many months that a day lies in."""
    index = pl.col(day).dt.year().cast(pl.Int32) * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1
    return (index - (year_start - 1)) // length
