"""Tallies: points for each matching event, up or down.

In: a context, tally rules. Out: one raw entry an event that moves points. Deliberately absent: caps; clauses
and items have them.
"""

from collections.abc import Callable, Sequence

import polars as pl

from projections.conditions import default_of
from projections.context import Context
from projections.entries import half_up
from projections.plan import PlannedRule
from projections.rules.findings import event_entries, weight_of_findings
from rubrics.rules import Tally


def evaluate_tallies(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Give every matching event its points: value by field, times its weight and factor."""
    tallies = [(p, p.rule) for p in rules if isinstance(p.rule, Tally)]
    chosen: dict[str, Callable[[Tally], str | None]] = {
        "points_by": lambda t: None if isinstance(t.points, int) else t.points.by,
        "times": lambda t: t.times,
        "factor_by": lambda t: t.factor.by if t.factor else None,
        "distinct": lambda t: t.distinct,
    }
    fields = {field for pick in chosen.values() for _, t in tallies if (field := pick(t))}
    columns = ["b", "type", "stands", "pos", "id", "count", *sorted(fields)]
    asks = [(p.asks["events"].index, p.charges[0].index) for p, _ in tallies]
    hits = context.matched(asks, columns).lazy().filter(context.in_period())

    def pick(name: str, nothing: pl.Expr, dtype: type[pl.DataType], *, defaults: bool = True) -> pl.Expr:
        """Take each rule's own field."""
        expr = nothing
        for planned, tally in tallies:
            field = chosen[name](tally)
            if field is not None:
                value = pl.col(field).cast(dtype)
                default = default_of(tally.events[0].type, field)
                if defaults and default is not None:
                    value = value.fill_null(pl.lit(default, dtype))
                expr = pl.when(pl.col("key") == planned.charges[0].index).then(value).otherwise(expr)
        return expr

    values, factors = _tables(tallies)
    once = [p.charges[0].index for p, t in tallies if t.once]
    hits = (
        hits.with_columns(
            pick("points_by", pl.lit(""), pl.String).alias("by_value"),
            pick("factor_by", pl.lit(""), pl.String).alias("factor_value"),
            pick("distinct", pl.lit(None, pl.String), pl.String, defaults=False).alias("alike"),
            pick("times", weight_of_findings(), pl.Int64).fill_null(0).alias("weight"),
        )
        .join(values.lazy(), on=["key", "by_value"])
        .join(factors.lazy(), on=["key", "factor_value"], how="left")
        .with_columns(
            pl.when(pl.col("key").is_in(once))
            .then(pl.col("weight").clip(0, 1))
            .otherwise("weight")
            .alias("weight"),
            pl.col("numerator").fill_null(1),
            pl.col("denominator").fill_null(1),
        )
    )
    worth = pl.col("value") * pl.col("weight") * pl.col("numerator")
    hits = hits.with_columns((half_up(worth.abs(), pl.col("denominator")) * worth.sign()).alias("given"))
    hits = hits.filter(pl.col("given") != 0)
    if any(t.distinct for _, t in tallies):
        hits = _highest_of_each(hits)
    return event_entries(
        hits.with_columns(
            pl.when(pl.col("given") > 0).then(pl.lit("gained")).otherwise(pl.lit("lost")).alias("state"),
            (pl.lit("tally:") + pl.col("type").cast(pl.String)).alias("cause"),
            (pl.col("weight") * 100).alias("done"),
        ),
        *("given", "state", "cause", "done"),
        explain=context.explain,
    )


def _tables(tallies: list[tuple[PlannedRule, Tally]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return points by key and value of a field, and factors by key and value of a field."""
    values, factors = [], []
    for planned, tally in tallies:
        key = planned.charges[0].index
        by_value = {"": tally.points} if isinstance(tally.points, int) else tally.points.values
        values += [(key, value, points) for value, points in by_value.items()]
        if tally.factor:
            factors += [
                (key, value, share.numerator, share.denominator)
                for value, share in tally.factor.values.items()
            ]
    return (
        pl.DataFrame(
            values, schema={"key": pl.UInt32, "by_value": pl.String, "value": pl.Int64}, orient="row"
        ),
        pl.DataFrame(
            factors,
            schema={
                "key": pl.UInt32,
                "factor_value": pl.String,
                "numerator": pl.Int64,
                "denominator": pl.Int64,
            },
            orient="row",
        ),
    )


def _highest_of_each(hits: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the highest of the events with one content, the earliest of equals; those without one each."""
    best = hits.sort("key", "b", "given", "stands", "pos", descending=[False, False, True, False, False])
    first = pl.int_range(pl.len()).over("key", "b", "alike") == 0
    return best.filter(pl.col("alike").is_null() | first)
