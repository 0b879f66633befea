"""What is at stake in an obligation: the points that its clause would lose by it alone, or has lost by it.

In: priced entries, clause scores, gathered obligations. Out: the same with points in hundredths, ≥ 0.
Deliberately absent: items and sections; what a clause loses may be less on the whole form.

An open obligation is priced against what is lost already: what `once` or `all` has taken is not taken again,
a proportional share is one of all that the period requires, and a clause that is empty has nothing to lose.
What a lost one has cost is told in the order of entries, the clause's gains counted first, so that the costs
of all entries of a clause add up to what it lost. Where a judgement stands over the clause, nothing is.
"""

import polars as pl

from projections.entries import ORDER, half_up

STILL_OPEN = pl.col("state") == "open"

CLAUSE = ("b", "clause", "unclipped", "clause_points", "standing")
"""What must be known of the clauses: the sum of their entries, their points, a judgement that stands."""

STAKE_PARTS = (
    pl.col("cost").sum(),
    pl.col("risk").filter(STILL_OPEN, pl.col("mode").eq("each") | pl.col("given").is_not_null()).sum()
    .alias("by_unit"),
    pl.col("price").filter(STILL_OPEN, pl.col("mode").is_in(["once", "all"])).max().alias("at_once"),
    pl.col("missing").filter(STILL_OPEN, pl.col("mode") == "proportional").sum().alias("share"),
    pl.col("charge").filter(STILL_OPEN).first().alias("charge"),
)  # fmt: skip
"""What is gathered of the entries of one obligation, for `add_stakes`."""


def add_costs(owed: pl.DataFrame, priced: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """Add to the entries of obligations `cost`: what each lost one has cost its clause.

    `priced`: all entries, those of other rules among them.
    """
    place = ["b", "clause"]
    asked = owed.filter("lost").select(place).unique()
    lost = priced.filter(pl.col("points") < 0).join(asked, on=place, how="semi")
    if lost.is_empty():
        return owed.with_columns(pl.lit(0, pl.Int64).alias("cost"))
    after = pl.col("points").cum_sum().over(place)
    left = pl.col("unclipped") - pl.col("points").sum().over(place) + after
    costs = (
        lost.sort(*ORDER, "pos")
        .join(clauses, on=place, how="left")
        .with_columns(left.alias("after"), (left - pl.col("points")).alias("before"))
        .select(
            "nr",
            pl.when(pl.col("standing").is_null())
            .then(_clipped("before") - _clipped("after"))
            .otherwise(0)
            .alias("cost"),
        )
    )
    return owed.join(costs, on="nr", how="left").with_columns(pl.col("cost").fill_null(0))


def add_stakes(obligations: pl.DataFrame, priced: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """Add `stake`: what each obligation would cost its clause, or has cost it."""
    place = ["b", "clause"]
    of_clause = (
        priced.lazy()
        .filter(pl.col("mode") == "proportional", ~pl.col("advisory"))
        .group_by(place)
        .agg(pl.col("of").first(), pl.col("missing").filter(pl.col("lost")).sum().alias("share_lost"))
    )
    taken = (
        priced.lazy()
        .filter("lost", pl.col("mode").is_in(["once", "all"]))
        .select("b", "charge", pl.lit(value=True).alias("taken"))
        .unique()
    )
    lost_by_share = pl.col("share_lost").fill_null(0)

    def by_share(units: pl.Expr) -> pl.Expr:
        return half_up(pl.col("clause_points") * units, pl.col("of").fill_null(0))

    alone = (
        pl.when(pl.col("taken").is_null()).then(pl.col("at_once").fill_null(0)).otherwise(0)
        - pl.col("by_unit")
        + by_share(lost_by_share + pl.col("share"))
        - by_share(lost_by_share)
    )
    return (
        obligations.lazy()
        .join(clauses.lazy(), on=place, how="left")
        .join(of_clause, on=place, how="left")
        .join(taken, on=["b", "charge"], how="left")
        .with_columns(
            pl.when(pl.col("advisory") | pl.col("standing").is_not_null())
            .then(0)
            .when(pl.col("charge").is_null())
            .then("cost")
            .otherwise(_clipped("unclipped") - _clipped(pl.col("unclipped") - alone))
            .fill_null(0)
            .alias("stake")
        )
        .drop("unclipped", "clause_points", "standing", "of", "share_lost", "taken", "charge")
        .collect()
    )


def _clipped(points: str | pl.Expr) -> pl.Expr:
    value = pl.col(points) if isinstance(points, str) else points
    return value.clip(0, pl.col("clause_points"))
