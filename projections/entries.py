"""Entries: a ledger of points; and what each entry costs.

In: raw entries (what was owed, what was done, in which state) as every rule's evaluator yields them, and
the charges of the plan. Out: priced entries: the points each moves, and what it puts at risk while open.
Deliberately absent: sums; scores are made of them elsewhere.

Columns of a raw entries frame:

    charge, b        which price of which rule, of which branch
    window           label of the window, null where there is none
    due_on           last day of the obligation, or the day of the event that caused the entry
    since, until     the days that a waiver must touch
    member           of which member, or which subordinate (codes; null where of none)
    required, done   units in hundredths
    missing          units in hundredths
    given            points in hundredths, where the rule says them itself; null where the charge prices them
    state            met, lost, gained, open, waived
    cause            kind and outcome, the same words in every language
    pos              position of the first event behind it, null where none
    events           ids of the events behind it, where an explanation is wanted
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from projections.frames import AS_WRITTEN
from projections.plan import Plan

STATES = pl.Enum(["met", "lost", "gained", "open", "waived"])

RAW = pl.Schema(
    {
        "charge": pl.UInt32(),
        "b": pl.UInt32(),
        "window": pl.String(),
        "due_on": pl.Date(),
        "since": pl.Date(),
        "until": pl.Date(),
        "member": pl.String(),
        "required": pl.Int64(),
        "done": pl.Int64(),
        "missing": pl.Int64(),
        "given": pl.Int64(),
        "state": STATES,
        "cause": pl.String(),
        "pos": pl.Int64(),
        "events": pl.List(pl.String()),
    }
)

ORDER = ("b", "clause", "due_on", "order", "window", "member")


def raw(frame: pl.LazyFrame, *named: str) -> pl.LazyFrame:
    """Bring an evaluator's frame to the raw columns, in order; what is not among the `named` is null."""
    return frame.select(
        pl.col(name).cast(dtype) if name in named else pl.lit(None, dtype).alias(name)
        for name, dtype in RAW.items()
    )


def told_in_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what puts the priced entries of a clause in the order in which every answer tells them."""
    return (
        row["due_on"], row["order"], row["window"] or "", row["member"] or "",
        row["cause"], row["points"], row["pos"] or 0,
    )  # fmt: skip


def charge_frame(plan: Plan) -> pl.DataFrame:
    """Return the charges of a plan as a frame."""
    return pl.DataFrame(
        [
            (c.index, c.clause, c.order, c.mode, c.price, c.cap, c.advisory, c.single, c.shares)
            for c in plan.charges
        ],
        schema={
            "charge": pl.UInt32,
            "clause": pl.Int32,
            "order": pl.Int32,
            "mode": pl.String,
            "price": pl.Int64,
            "cap": pl.Int64,
            "advisory": pl.Boolean,
            "single": pl.Boolean,
            "shares": pl.Boolean,
        },
        orient="row",
    )


def half_up(numerator: pl.Expr, denominator: pl.Expr | int) -> pl.Expr:
    """Divide whole numbers ≥ 0, rounding half up; 0 where the denominator is 0."""
    divisor = pl.lit(denominator, pl.Int64) if isinstance(denominator, int) else denominator
    return pl.when(divisor > 0).then((2 * numerator + divisor) // (2 * divisor)).otherwise(0)


def price_entries(entries: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Add clause, order, advisory, `points` (moved) and `risk` (what an open entry would move if lost).

    `each` costs by the missing unit; `once` and `all` fall on the first lost entry; `proportional` shares one
    sum a clause, rounded cumulatively in order of due day. Rows come in no particular order.
    """
    lost, still_open = pl.col("state") == "lost", pl.col("state") == "open"
    frame = entries.lazy().join(plan.table(charge_frame).lazy(), on="charge", how="left")
    if any(charge.single for charge in plan.charges):
        frame = _first_of_singles(frame)
    frame = frame.with_columns(
        pl.when("advisory").then(pl.lit(0, pl.Int64)).otherwise("given").alias("given"),
        pl.when(pl.col("mode") == "all").then("cap").otherwise("price").alias("price"),
        lost.alias("lost"),
        still_open.alias("still_open"),
    ).with_columns(
        pl.when(pl.col("shares") & ~pl.col("advisory") & (pl.col("state") != "waived"))
        .then("required")
        .otherwise(0)
        .sum()
        .over("b", "clause")
        .alias("of")
        if any(charge.shares for charge in plan.charges)
        else pl.lit(0, pl.Int64).alias("of")
    )
    frame = frame.collect(optimizations=AS_WRITTEN).lazy()
    modes = {charge.mode for charge in plan.charges}
    ordered = frame.filter(pl.col("mode") != "each", pl.col("given").is_null()).sort(*ORDER, "pos")
    parts = [_priced_by_unit(frame.filter((pl.col("mode") == "each") | pl.col("given").is_not_null()))]
    if modes & {"once", "all"}:
        parts.append(_priced_once(ordered.filter(pl.col("mode").is_in(["once", "all"]))))
    if "proportional" in modes:
        parts.append(_priced_by_share(ordered.filter(pl.col("mode") == "proportional")))
    return pl.concat(parts).collect(optimizations=AS_WRITTEN)


def _first_of_singles(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Keep, of a charge that counts once, the first entry that no waiver takes (and those that one does)."""
    counts = pl.col("single") & (pl.col("state") != "waived")
    return frame.sort(*ORDER, "pos").filter(~counts | (counts.cum_sum().over("b", "charge") == 1))


def _priced_by_unit(frame: pl.LazyFrame) -> pl.LazyFrame:
    cost = -pl.min_horizontal(half_up(pl.col("price") * pl.col("missing").fill_null(0), 100), pl.col("cap"))
    amount = pl.coalesce("given", cost)
    return frame.with_columns(
        pl.when(pl.col("state").is_in(["lost", "gained"])).then(amount).otherwise(0).alias("points"),
        pl.when("still_open").then(amount).otherwise(0).alias("risk"),
    )


def _priced_once(frame: pl.LazyFrame) -> pl.LazyFrame:
    group = ["b", "charge"]
    first_lost = pl.col("lost") & (pl.col("lost").cum_sum().over(group) == 1)
    first_open = (
        pl.col("still_open")
        & (pl.col("still_open").cum_sum().over(group) == 1)
        & ~pl.col("lost").any().over(group)
    )
    return frame.with_columns(
        pl.when(first_lost).then(-pl.col("price")).otherwise(0).alias("points"),
        pl.when(first_open).then(-pl.col("price")).otherwise(0).alias("risk"),
    )


def _priced_by_share(frame: pl.LazyFrame) -> pl.LazyFrame:
    group = ["b", "clause"]
    lost = pl.when("lost").then("missing").otherwise(0)
    still_open = pl.when("still_open").then("missing").otherwise(0)
    shared = frame.with_columns(
        lost.alias("own_lost"),
        lost.cum_sum().over(group).alias("lost_so_far"),
        lost.sum().over(group).alias("lost_in_all"),
        still_open.alias("own_open"),
        still_open.cum_sum().over(group).alias("open_so_far"),
    )

    def cost(units: pl.Expr) -> pl.Expr:
        return half_up(pl.col("cap") * units, pl.col("of"))

    upto = pl.col("lost_in_all") + pl.col("open_so_far")
    return shared.with_columns(
        (cost(pl.col("lost_so_far") - pl.col("own_lost")) - cost(pl.col("lost_so_far"))).alias("points"),
        (cost(upto - pl.col("own_open")) - cost(upto)).alias("risk"),
    ).drop("own_lost", "lost_so_far", "lost_in_all", "own_open", "open_so_far")
