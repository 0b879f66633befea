"""Thresholds: a ratio, of one event or over a window, or a reported metric, reaches a bound.

In: a context, threshold rules. Out: one raw entry an event, or a window. Deliberately absent: binary
fractions; a ratio is compared crosswise, in whole numbers.
"""

from collections.abc import Sequence

import polars as pl

from projections.conditions import value_of
from projections.context import Context
from projections.engine.periods import MONTHS
from projections.entries import raw
from projections.frames import MILLION
from projections.plan import PlannedRule
from projections.rules.findings import event_entries
from projections.rules.windows import ordinal_expr, windows_frame
from rubrics.rules import Ratio, Threshold

MEASURED = ("state", "cause", "required", "done", "missing")


def evaluate_thresholds(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Hold each ratio or metric against its bound."""
    parts = []
    for planned in rules:
        rule = planned.rule
        if not isinstance(rule, Threshold):
            raise TypeError(rule.kind)
        if rule.metric is not None:
            parts.append(_over_windows(context, planned, rule, _latest_metric(context, rule)))
        elif rule.ratio is not None and rule.per == "event":
            parts.append(_per_event(context, planned, rule, rule.ratio))
        elif rule.ratio is not None:
            parts.append(_over_windows(context, planned, rule, _sums(context, planned, rule, rule.ratio)))
    return pl.concat(parts)


def reached(rule: Threshold, numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Whether numerator / denominator (> 0) reaches the rule's bound, inclusive."""
    bound = rule.at_least if rule.at_least is not None else rule.at_most
    if bound is None:
        raise ValueError(rule.kind)
    left, right = numerator * bound.denominator, denominator * bound.numerator
    return left >= right if rule.at_least is not None else left <= right


def _measured(context: Context, planned: PlannedRule, rule: Threshold, ratio: Ratio) -> pl.LazyFrame:
    """Return the events that give both numbers and expect somebody: columns of, to."""
    fields = [ratio.of, ratio.to, *([ratio.less] if ratio.less else [])]
    asks = [(planned.asks["events"].index, planned.charges[0].index)]
    hits = context.matched(asks, ["b", "type", "stands", "pos", "id", *fields])
    of, to = (value_of(rule.events[0].type, field) for field in (ratio.of, ratio.to))
    less = pl.col(ratio.less).fill_null(0) if ratio.less else pl.lit(0, pl.Int64)
    return (
        hits.lazy()
        .select("key", "b", "stands", "pos", "id", of.alias("of"), (to - less).alias("to"))
        .filter(pl.col("of").is_not_null(), pl.col("to") > 0)
    )


def _per_event(context: Context, planned: PlannedRule, rule: Threshold, ratio: Ratio) -> pl.LazyFrame:
    measured = _measured(context, planned, rule, ratio).filter(context.in_period())
    kept = reached(rule, pl.col("of"), pl.col("to"))
    return event_entries(
        measured.with_columns(kept.alias("kept")).with_columns(_outcome()), *MEASURED, explain=context.explain
    )


def _outcome() -> list[pl.Expr]:
    """Say of an event that was measured whether the bound was reached."""
    kept = pl.col("kept")
    return [
        pl.when(kept).then(pl.lit("met")).otherwise(pl.lit("lost")).alias("state"),
        pl.when(kept).then(pl.lit("threshold:reached")).otherwise(pl.lit("threshold:below")).alias("cause"),
        pl.lit(100, pl.Int64).alias("required"),
        pl.when(kept).then(100).otherwise(0).alias("done"),
        pl.when(kept).then(0).otherwise(100).alias("missing"),
    ]


def _sums(context: Context, planned: PlannedRule, rule: Threshold, ratio: Ratio) -> pl.LazyFrame:
    """Sum both numbers of each branch and window: b, ordinal, of, to."""
    length = pl.lit(MONTHS[rule.per], pl.Int32)
    return (
        _measured(context, planned, rule, ratio)
        .with_columns(ordinal_expr("stands", length, context.period.year_start).alias("ordinal"))
        .group_by("b", "ordinal")
        .agg(
            pl.col("of").sum(),
            pl.col("to").sum(),
            pl.col("pos").min(),
            pl.col("id").sort_by("stands", "pos").alias("events"),
        )
    )


def _latest_metric(context: Context, rule: Threshold) -> pl.LazyFrame:
    """Return the latest report of each branch and window: b, ordinal, of (millionths), to."""
    length = pl.lit(MONTHS[rule.per], pl.Int32)
    return (
        context.events.lazy()
        .filter(pl.col("type") == "metric_reported", pl.col("metric") == rule.metric)
        .with_columns(ordinal_expr("stands", length, context.period.year_start).alias("ordinal"))
        .sort("stands", "pos")
        .unique(["b", "ordinal"], keep="last", maintain_order=True)
        .select(
            "b",
            "ordinal",
            pl.col("value").alias("of"),
            pl.lit(MILLION, pl.Int64).alias("to"),
            "pos",
            pl.concat_list("id").alias("events"),
        )
    )


def _over_windows(
    context: Context, planned: PlannedRule, rule: Threshold, measured: pl.LazyFrame
) -> pl.LazyFrame:
    windows = windows_frame(context, [(planned.charges[0].index, rule.per, ())])
    owed = windows.join(context.asked.lazy(), how="cross").filter(pl.col("founded") <= pl.col("start"))
    kept = (pl.col("to").is_not_null() & reached(rule, pl.col("of"), pl.col("to"))).fill_null(value=False)
    entries = (
        owed.join(measured, on=["b", "ordinal"], how="left")
        .with_columns(kept.alias("kept"))
        .with_columns(_outcome())
        .with_columns(
            pl.when("kept")
            .then(pl.lit("met"))
            .when(pl.col("due_on") <= context.on)
            .then(pl.lit("lost"))
            .otherwise(pl.lit("open"))
            .alias("state"),
            pl.when(pl.col("to").is_null())
            .then(pl.lit("threshold:unmeasured"))
            .otherwise("cause")
            .alias("cause"),
            pl.col("start").alias("since"),
            pl.col("end").alias("until"),
        )
    )
    return raw(
        entries,
        *("charge", "b", "window", "due_on", "since", "until", "pos", *MEASURED),
        *(["events"] if context.explain else []),
    )
