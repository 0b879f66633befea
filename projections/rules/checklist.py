"""Checklists: every item of a list confirmed in the window.

In: a context, checklist rules. Out: one raw entry a window. Deliberately absent: the things themselves; a
confirmation says that somebody looked.
"""

from collections.abc import Sequence

import polars as pl

from projections.context import Context
from projections.entries import raw
from projections.plan import PlannedRule
from projections.rules.windows import ordinal_expr, windows_frame
from rubrics.rules import Checklist


def evaluate_checklists(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Count the confirmed items of every list in every window."""
    lists = [(p, p.rule) for p in rules if isinstance(p.rule, Checklist)]
    windows = windows_frame(context, [(p.charges[0].index, rule.per, ()) for p, rule in lists])
    items = pl.LazyFrame(
        [
            (p.charges[0].index, rule.checklist, item)
            for p, rule in lists
            for item in dict.fromkeys(rule.items)
        ],
        schema={"charge": pl.UInt32, "checklist": pl.String, "item": pl.String},
        orient="row",
    )
    required = items.group_by("charge").agg((pl.len().cast(pl.Int64) * 100).alias("required"))
    lengths = windows.select("charge", "length").unique()
    ids = [pl.col("id").sort_by("stands", "pos").unique(maintain_order=True).alias("events")]
    confirmed = (
        context.events.lazy()
        .filter(pl.col("type") == "checklist_confirmed")
        .select("b", "stands", "pos", "id", "checklist", pl.col("items").alias("item"))
        .explode("item")
        .join(items, on=["checklist", "item"])
        .join(lengths, on="charge")
        .with_columns(ordinal_expr("stands", pl.col("length"), context.period.year_start).alias("ordinal"))
        .group_by("charge", "b", "ordinal")
        .agg(
            (pl.col("item").n_unique().cast(pl.Int64) * 100).alias("done"),
            pl.col("pos").min(),
            *(ids if context.explain else []),
        )
    )
    missing = pl.col("required") - pl.col("done")
    entries = (
        windows.join(required, on="charge")
        .join(context.asked.lazy(), how="cross")
        .filter(pl.col("founded") <= pl.col("start"))
        .join(confirmed, on=["charge", "b", "ordinal"], how="left")
        .with_columns(pl.col("done").fill_null(0))
    )
    state = (
        pl.when(missing == 0)
        .then(pl.lit("met"))
        .when(pl.col("due_on") <= context.on)
        .then(pl.lit("lost"))
        .otherwise(pl.lit("open"))
    )
    return raw(
        entries.with_columns(
            missing.alias("missing"),
            state.alias("state"),
            ("checklist:" + state.replace({"lost": "missing"})).alias("cause"),
            pl.col("start").alias("since"),
            pl.col("end").alias("until"),
        ),
        *("charge", "b", "window", "due_on", "since", "until", "required", "done", "missing"),
        *("state", "cause", "pos", *(["events"] if context.explain else [])),
    )
