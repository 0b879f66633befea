"""None_of and excess: what must not be found at all, and what may not exceed a share.

In: a context, rules. Out: one raw entry an event (none_of: a lost one for each match; excess: met or lost).
Deliberately absent: windows; an event counts in the period in which it stands.
"""

from collections.abc import Sequence

import polars as pl

from projections.conditions import value_of
from projections.context import Context
from projections.entries import raw
from projections.plan import PlannedRule
from rubrics.rules import Excess


def event_entries(frame: pl.LazyFrame, *named: str, explain: bool) -> pl.LazyFrame:
    """Give entries that one event causes its day, its id, and no window."""
    ids = pl.concat_list("id") if explain else pl.lit(None, pl.List(pl.String))
    return raw(
        frame.with_columns(
            pl.col("key").alias("charge"),
            pl.col("stands").alias("due_on"),
            pl.col("stands").alias("since"),
            pl.col("stands").alias("until"),
            ids.alias("events"),
        ),
        *("charge", "b", "due_on", "since", "until", "pos", "events"),
        *named,
    )


def weight_of_findings() -> pl.Expr:
    """Weigh a finding by its `count`, everything else by one."""
    finding = pl.col("type") == "finding_recorded"
    return pl.when(finding).then(pl.col("count").fill_null(1)).otherwise(1).cast(pl.Int64)


def evaluate_none_of(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Charge each event that there should not have been."""
    asks = [(p.asks["events"].index, p.charges[0].index) for p in rules]
    columns = ["b", "type", "stands", "pos", "id", "count"]
    hits = context.matched(asks, columns).lazy().filter(context.in_period())
    return event_entries(
        hits.with_columns(
            pl.lit("lost").alias("state"),
            pl.lit("none_of:found").alias("cause"),
            pl.lit(0, pl.Int64).alias("required"),
            (weight_of_findings() * 100).alias("done"),
            (weight_of_findings() * 100).alias("missing"),
        ),
        *("state", "cause", "required", "done", "missing"),
        explain=context.explain,
    )


def evaluate_excesses(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Charge what goes beyond the share, in each event that gives both numbers."""
    parts = []
    for planned in rules:
        rule = planned.rule
        if not isinstance(rule, Excess):
            continue
        hits = context.matched(
            [(planned.asks["events"].index, planned.charges[0].index)],
            ["b", "stands", "pos", "id", rule.of, rule.over],
        )
        word = rule.events[0].type
        of, over = value_of(word, rule.of), value_of(word, rule.over)
        measured = hits.lazy().filter(context.in_period(), of.is_not_null(), over.is_not_null())
        allowed = over * rule.share.numerator // rule.share.denominator
        beyond = (of - allowed).clip(0)
        parts.append(
            event_entries(
                measured.with_columns(
                    pl.when(beyond > 0).then(pl.lit("lost")).otherwise(pl.lit("met")).alias("state"),
                    pl.when(beyond > 0)
                    .then(pl.lit("excess:beyond"))
                    .otherwise(pl.lit("excess:within"))
                    .alias("cause"),
                    (allowed * 100).alias("required"),
                    (of * 100).alias("done"),
                    (beyond * 100).alias("missing"),
                    (-rule.each * beyond).alias("given"),
                ),
                *("state", "cause", "required", "done", "missing", "given"),
                explain=context.explain,
            )
        )
    return pl.concat(parts)
