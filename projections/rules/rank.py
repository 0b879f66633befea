"""Ranks: points by place among the sibling branches that reported a metric.

In: a context whose events hold the siblings' reports, rank rules. Out: one raw entry a ranked report.
Deliberately absent: who was asked for; a branch ranks the same alone as among a thousand.
"""

from collections.abc import Sequence

import polars as pl

from projections.context import Context
from projections.plan import PlannedRule
from projections.rules.findings import event_entries
from rubrics.rules import Rank


def evaluate_ranks(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Rank each metric's latest reports, highest first, equal values sharing the better place."""
    return pl.concat(_evaluate(context, planned) for planned in rules)


def _evaluate(context: Context, planned: PlannedRule) -> pl.LazyFrame:
    rule = planned.rule
    if not isinstance(rule, Rank):
        raise TypeError(rule.kind)
    rounds = pl.col("round") if rule.per_round else pl.lit(None, pl.String)
    latest = (
        context.events.lazy()
        .filter(pl.col("type") == "metric_reported", pl.col("metric") == rule.metric, context.in_period())
        .select("b", "stands", "pos", "id", "value", rounds.alias("race"))
        .sort("stands", "pos")
        .unique(["b", "race"], keep="last", maintain_order=True)
        .join(context.branches.lazy().select("b", pl.col("parent").fill_null("")), on="b")
    )
    place = pl.col("value").rank("min", descending=True).over("parent", "race").cast(pl.Int64)
    points = dict(enumerate(rule.points, start=1))
    return event_entries(
        latest.with_columns(
            place.alias("place"), pl.len().over("parent", "race").cast(pl.Int64).alias("field")
        ).with_columns(
            pl.lit(planned.charges[0].index, pl.UInt32).alias("key"),
            pl.lit("gained").alias("state"),
            pl.format("rank:{} of {}", "place", "field").alias("cause"),
            pl.col("place").replace_strict(points, default=0, return_dtype=pl.Int64).alias("given"),
        ),
        *("state", "cause", "given"),
        explain=context.explain,
    )
