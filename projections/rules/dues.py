"""Dues: each member, each month, paid in full on or before a day.

In: a context, dues rules. Out: one raw entry a member and month of the period. Deliberately absent: what
anybody earns; the amount owed is what the payments say.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from projections.context import Context
from projections.entries import raw
from projections.plan import PlannedRule
from projections.roster import build_exemptions
from rubrics.rules import Dues


def evaluate_dues(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Hold what was paid for each month, by the day and by now, against what was owed."""
    return pl.concat(_evaluate(context, planned) for planned in rules)


def _evaluate(context: Context, planned: PlannedRule) -> pl.LazyFrame:
    rule = planned.rule
    if not isinstance(rule, Dues):
        raise TypeError(rule.kind)
    late, short = planned.charges
    months = pl.LazyFrame(
        [
            (w.ordinal, w.label, w.start, w.end, _due_day(w.end, rule))
            for w in context.period.windows("month")
        ],
        schema={
            "ordinal": pl.Int32,
            "window": pl.String,
            "start": pl.Date,
            "end": pl.Date,
            "due_on": pl.Date,
        },
        orient="row",
    )
    owed = (
        context.asked.lazy()
        .join(context.stays.lazy(), on="b")
        .join(months, how="cross")
        .filter(
            pl.col("founded") <= pl.col("start"),
            pl.col("since") <= pl.col("due_on"),
            pl.col("until").is_null() | (pl.col("until") > pl.col("due_on")),
        )
        .select("b", "member", "ordinal", "window", "start", "end", "due_on")
    )
    owed = _exempted(context, owed)
    paid = _paid(context, months)
    enough = (
        pl.when(pl.col("owing").is_null())
        .then(pl.col("by_now") > 0)
        .otherwise(pl.col("by_now") >= pl.col("owing"))
    )
    enough_by_day = (
        pl.when(pl.col("owing").is_null())
        .then(pl.col("by_day") > 0)
        .otherwise(pl.col("by_day") >= pl.col("owing"))
    )
    entries = owed.join(paid, on=["b", "member", "ordinal"], how="left").with_columns(
        enough.fill_null(value=False).alias("enough"),
        enough_by_day.fill_null(value=False).alias("enough_by_day"),
        pl.col("by_now").fill_null(0),
    )
    over = pl.col("due_on") <= context.on
    outcome = (
        pl.when("exempt").then(pl.lit("exempt"))
        .when("enough_by_day").then(pl.lit("paid"))
        .when("enough").then(pl.lit("late"))
        .when(pl.col("by_now") > 0).then(pl.lit("short"))
        .otherwise(pl.lit("missing"))
    )  # fmt: skip
    state = (
        pl.when("exempt").then(pl.lit("waived"))
        .when("enough_by_day").then(pl.lit("met"))
        .when(over).then(pl.lit("lost"))
        .otherwise(pl.lit("open"))
    )  # fmt: skip
    return raw(
        entries.with_columns(outcome.alias("outcome"), state.alias("state")).with_columns(
            pl.when(pl.col("outcome") == "late").then(late.index).otherwise(short.index).alias("charge"),
            pl.col("start").alias("since"),
            pl.col("end").alias("until"),
            pl.lit(100, pl.Int64).alias("required"),
            pl.when("enough_by_day").then(100).otherwise(0).alias("done"),
            pl.when("enough_by_day").then(0).otherwise(100).alias("missing"),
            ("dues:" + pl.col("outcome")).alias("cause"),
        ),
        *("charge", "b", "window", "due_on", "since", "until", "member", "required", "done", "missing"),
        *("state", "cause", "pos", *(["events"] if context.explain else [])),
    )


def _due_day(end: date, rule: Dues) -> date:
    return end if rule.by_day == "last" else end.replace(day=rule.by_day)


def _exempted(context: Context, owed: pl.LazyFrame) -> pl.LazyFrame:
    """Mark the member-months that an exemption touches."""
    exemptions = build_exemptions(context.events).filter(pl.col("duty").is_in(["dues", "all"]))
    if exemptions.is_empty():
        return owed.with_columns(pl.lit(value=False).alias("exempt"))
    touched = (
        owed.join(exemptions.lazy(), on=["b", "member"])
        .filter(
            pl.col("exempt_from") <= pl.col("end"),
            pl.col("exempt_to").is_null() | (pl.col("exempt_to") >= pl.col("start")),
        )
        .select("b", "member", "ordinal", pl.lit(value=True).alias("exempt"))
        .unique()
    )
    return owed.join(touched, on=["b", "member", "ordinal"], how="left").with_columns(
        pl.col("exempt").fill_null(value=False)
    )


def _paid(context: Context, months: pl.LazyFrame) -> pl.LazyFrame:
    """Sum the payments of each member and month: by the due day, by now; and the greatest amount owed."""
    payments = (
        context.events.lazy()
        .filter(pl.col("type") == "dues_paid")
        .select("b", "member", "day", "stands", "pos", "id", pl.col("month").alias("window"), "amount", "due")
        .join(months.select("ordinal", "window", "due_on"), on="window")
    )
    ids = [pl.col("id").sort_by("stands", "pos").alias("events")] if context.explain else []
    return payments.group_by("b", "member", "ordinal").agg(
        pl.col("amount").filter(pl.col("day") <= pl.col("due_on")).sum().alias("by_day"),
        pl.col("amount").sum().alias("by_now"),
        pl.col("due").max().alias("owing"),
        pl.col("pos").min(),
        *ids,
    )
