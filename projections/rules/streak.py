"""Streaks: on leave from more than so many gatherings in a row, without a self-study note after.

In: a context, streak rules. Out: one raw entry a row that grew too long. Deliberately absent: presence; only
gatherings that carry a list of those on leave are looked at, and the row runs over them across periods.
"""

from collections.abc import Sequence

import polars as pl

from projections.conditions import GATHERINGS
from projections.context import Context
from projections.entries import raw
from projections.plan import PlannedRule
from rubrics.rules import Streak


def evaluate_streaks(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Find the rows of leave that are too long, and whether a note followed the last of them."""
    leaves = _leaves(context)
    notes = (
        context.events.lazy()
        .filter(pl.col("type") == "study_note_submitted")
        .select(
            "b", "member", pl.col("day").alias("noted"), pl.col("pos").alias("at"), pl.col("id").alias("note")
        )
    )
    return pl.concat(_evaluate(context, planned, leaves, notes) for planned in rules)


def _leaves(context: Context) -> pl.LazyFrame:
    """Number every leave in its row: b, member, row_id, day, pos, id; a row breaks where one attended."""
    person = ["b", "member"]
    return (
        context.events.lazy()
        .filter(pl.col("type").is_in(list(GATHERINGS)), pl.col("on_leave").is_not_null())
        .sort("b", "day", "pos")
        .with_columns(pl.int_range(pl.len()).over("b").alias("nth"))
        .select("b", "day", "stands", "pos", "id", "nth", pl.col("on_leave").list.unique().alias("member"))
        .explode("member")
        .drop_nulls("member")
        .sort("b", "member", "nth")
        .with_columns((pl.col("nth") - pl.int_range(pl.len()).over(person)).alias("row_id"))
    )


def _evaluate(
    context: Context, planned: PlannedRule, leaves: pl.LazyFrame, notes: pl.LazyFrame
) -> pl.LazyFrame:
    rule = planned.rule
    if not isinstance(rule, Streak):
        raise TypeError(rule.kind)
    n = rule.more_than
    rows = (
        leaves.group_by("b", "member", "row_id")
        .agg(
            pl.len().alias("length"),
            pl.col("stands").get(n, null_on_oob=True).alias("due_on"),
            pl.col("pos").get(n, null_on_oob=True).alias("pos"),
            pl.col("day").last().alias("last"),
            pl.col("id").alias("events"),
        )
        .filter(pl.col("length") > n, context.in_period("due_on"))
    )
    made_up = (
        rows.join(notes, on=["b", "member"])
        .filter(pl.col("noted") >= pl.col("last"))
        .group_by("b", "member", "row_id")
        .agg(pl.col("note").sort_by("noted", "at"))
    )
    entries = rows.join(made_up, on=["b", "member", "row_id"], how="left")
    kept = pl.col("note").is_not_null()
    ids = pl.when(kept).then(pl.col("events").list.concat("note")).otherwise("events")
    return raw(
        entries.with_columns(
            pl.lit(planned.charges[0].index, pl.UInt32).alias("charge"),
            pl.col("due_on").alias("since"),
            pl.col("due_on").alias("until"),
            pl.lit(100, pl.Int64).alias("required"),
            pl.when(kept).then(100).otherwise(0).alias("done"),
            pl.when(kept).then(0).otherwise(100).alias("missing"),
            pl.when(kept).then(pl.lit("met")).otherwise(pl.lit("lost")).alias("state"),
            pl.when(kept).then(pl.lit("streak:made_up")).otherwise(pl.lit("streak:too_long")).alias("cause"),
            (ids if context.explain else pl.lit(None, pl.List(pl.String))).alias("events"),
        ),
        *("charge", "b", "due_on", "since", "until", "member", "required", "done", "missing"),
        *("state", "cause", "pos", "events"),
    )
