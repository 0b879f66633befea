"""Scores: clauses, items, sections and totals as clipped sums of entries.

In: priced entries, judgements, a context. Out: frames of clauses, items, sections and branches, points in
hundredths. Deliberately absent: anything else that could move a score.
"""

from dataclasses import dataclass

import polars as pl

from projections.context import Context
from projections.entries import STATES
from projections.frames import AS_WRITTEN
from projections.judgements import read_assessments, read_waivers
from projections.plan import ALWAYS_IN_PLAY, Plan

ASSESSORS = ("self", "superior", "department")


@dataclass(frozen=True, slots=True)
class Scores:
    """What a replay comes to, one frame a level; every frame is sorted by branch and the form's order."""

    clauses: pl.DataFrame
    items: pl.DataFrame
    sections: pl.DataFrame
    branches: pl.DataFrame
    judgements: pl.DataFrame


def clause_frame(plan: Plan) -> pl.DataFrame:
    """Return the form's clauses: clause, item, section, clause_points, start, earns, assessed, always."""
    rows = []
    clause = item = 0
    for section_number, section in enumerate(plan.rubric.sections):
        for row in section.items:
            for c in row.clauses:
                earns = plan.start(c) == "zero"
                always = any(r.kind in ALWAYS_IN_PLAY and not r.advisory for r in c.rules)
                start = 0 if earns else c.points
                rows.append((clause, item, section_number, c.points, start, earns, c.assessed, always))
                clause += 1
            item += 1
    return pl.DataFrame(
        rows,
        schema={
            "clause": pl.Int32, "item": pl.Int32, "section": pl.Int32, "clause_points": pl.Int64,
            "start": pl.Int64, "earns": pl.Boolean, "assessed": pl.Boolean, "always": pl.Boolean,
        },
        orient="row",
    )  # fmt: skip


def item_frame(plan: Plan) -> pl.DataFrame:
    """Return the form's items: item, item_points, base, bonus, section_points."""
    rows = [
        (item.points, max(0, item.points - sum(c.points for c in item.clauses if plan.start(c) == "zero")),
         section.bonus, section.points)
        for section in plan.rubric.sections
        for item in section.items
    ]  # fmt: skip
    return pl.DataFrame(
        [(number, *row) for number, row in enumerate(rows)],
        schema={
            "item": pl.Int32, "item_points": pl.Int64, "base": pl.Int64, "bonus": pl.Boolean,
            "section_points": pl.Int64,
        },
        orient="row",
    )  # fmt: skip


def build_scores(context: Context, priced: pl.DataFrame) -> Scores:
    """Sum up priced entries, and let judgements stand where they stand."""
    judgements = read_assessments(context)
    # Level by level: each is read by the next, and one plan of them all would work them out again.
    clauses = clause_scores(context, priced.lazy(), judgements).collect(optimizations=AS_WRITTEN)
    items = _item_scores(context, clauses.lazy()).collect(optimizations=AS_WRITTEN)
    sections = _section_scores(items.lazy()).collect(optimizations=AS_WRITTEN)
    totals = _totals(sections.lazy()).collect(optimizations=AS_WRITTEN)
    return Scores(clauses, items, sections, totals, judgements)


def clause_scores(context: Context, priced: pl.LazyFrame, judgements: pl.DataFrame) -> pl.LazyFrame:
    """Sum up priced entries by clause: columns of `clause_frame`, points moved, score, judgements."""
    owed = (~pl.col("advisory") & (pl.col("state") != pl.lit("waived", STATES))).any()
    sums = (
        priced.filter(pl.col("clause") >= 0)
        .group_by("b", "clause")
        .agg(pl.col("points").sum(), pl.col("risk").sum(), owed.alias("owed"))
    )
    columns = judgements.pivot("assessor", index=["b", "clause"], values="judged", on_columns=list(ASSESSORS))
    frame = (
        context.asked.lazy()
        .select("b")
        .join(context.plan.table(clause_frame).lazy(), how="cross")
        .join(sums, on=["b", "clause"], how="left")
        .join(columns.lazy(), on=["b", "clause"], how="left")
        .join(_waived_at_the_end(context), on=["b", "clause"], how="left")
        .with_columns(
            pl.col("points").fill_null(0),
            pl.col("risk").fill_null(0),
            (pl.col("owed").fill_null(value=False) | pl.col("always")).alias("owed"),
            (pl.col("assessed") & pl.col("waived").fill_null(value=False)).alias("waived"),
        )
    )
    standing = pl.coalesce("department", "superior", pl.when("assessed").then("self"))
    frame = (
        frame.with_columns(standing.alias("standing"))
        .with_columns(
            (pl.col("waived") & pl.col("standing").is_null()).alias("waived"),
            (pl.col("owed") | pl.col("standing").is_not_null()).alias("owed"),
        )
        .with_columns(pl.when("waived").then("clause_points").otherwise("start").alias("start"))
    )
    top = pl.col("clause_points")
    unclipped = pl.col("start") + pl.col("points")
    computed = unclipped.clip(0, top)
    return (
        frame.with_columns(
            unclipped.alias("unclipped"),
            computed.alias("computed"),
            pl.coalesce("standing", computed).alias("score"),
        )
        .with_columns(
            pl.when(pl.col("standing").is_not_null())
            .then(0)
            .otherwise(pl.col("computed") - (pl.col("unclipped") + pl.col("risk")).clip(0, top))
            .alias("at_risk"),
            pl.when(pl.col("assessed") & ~pl.col("waived") & pl.col("standing").is_null())
            .then(top)
            .otherwise(0)
            .alias("unassessed"),
        )
        .sort("b", "clause")
    )


def _waived_at_the_end(context: Context) -> pl.LazyFrame:
    """Return b, clause, waived of the clauses whose waiver covers the period's last day."""
    end = context.period.end
    return (
        read_waivers(context)
        .lazy()
        .filter(pl.col("waived_from") <= end, pl.col("waived_to") >= end)
        .group_by("b", "clause")
        .agg(pl.lit(value=True).alias("waived"), pl.col("waiver").first())
    )


def _item_scores(context: Context, clauses: pl.LazyFrame) -> pl.LazyFrame:
    lost = pl.when("earns").then(0).otherwise(pl.col("clause_points") - pl.col("score")).sum()
    gained = pl.when("earns").then("score").otherwise(0).sum()
    return (
        clauses.group_by("b", "section", "item", maintain_order=True)
        .agg(
            (gained - lost).alias("moved"),
            pl.col("at_risk").sum(),
            pl.col("unassessed").sum(),
            pl.when("owed").then("clause_points").otherwise(0).sum().alias("owed_points"),
            pl.col("clause_points").sum(),
        )
        .join(context.plan.table(item_frame).lazy(), on="item", how="left", maintain_order="left")
        .with_columns((pl.col("base") + pl.col("moved")).clip(0, pl.col("item_points")).alias("score"))
        .with_columns(
            pl.min_horizontal("at_risk", "score").alias("at_risk"),
            pl.min_horizontal(
                "item_points",
                pl.col("owed_points") + (pl.col("item_points") - pl.col("clause_points")).clip(0),
            ).alias("in_play"),
        )
    )


def _section_scores(items: pl.LazyFrame) -> pl.LazyFrame:
    capped = pl.when("bonus").then(pl.min_horizontal("score", "section_points")).otherwise("score")
    in_play = pl.when("bonus").then(pl.min_horizontal("in_play", "section_points")).otherwise("in_play")
    return (
        items.group_by("b", "section", "bonus", "section_points", maintain_order=True)
        .agg(pl.col("score", "in_play", "at_risk", "unassessed").sum())
        .with_columns(capped.alias("score"), in_play.alias("in_play"))
    )


def _totals(sections: pl.LazyFrame) -> pl.LazyFrame:
    bonus = pl.when("bonus").then("score").otherwise(0).sum()
    return (
        sections.group_by("b", maintain_order=True)
        .agg(
            pl.col("score").sum().alias("total"),
            bonus.alias("bonus"),
            pl.col("in_play", "at_risk", "unassessed").sum(),
        )
        .with_columns((pl.col("total") - pl.col("bonus")).alias("base"))
        .with_columns(pl.col("total").rank("min", descending=True).cast(pl.Int64).alias("rank"))
    )
