"""Obligations as columns: the entries that score, gathered by rule and window, as they stand on a morning.

In: a context, the day at whose beginning we speak. Out: a frame of one row an obligation. Deliberately
absent: any evaluation of rules; what was owed and what was done is what the entries say, so that an
obligation is met exactly when the entry that scores is.

Columns of an obligations frame:

    b, clause, order   branch, clause (-1: the rubric itself), place of the rule in the clause
    rule               number of the rule in the plan
    window             label of the window; null for a deadline and a requested document
    anchor, ref        id of the trigger or request where there is no window, and its ref
    begins, due_on     first day of the window or span; the due day
    lead_on            the first day of the lead time
    required, done     units in hundredths, over all who owe; waived ones only where all are
    left               units still missing, in hundredths
    members            who still misses something, sorted
    advisory           whether it moves no points
    state              met, late, waived, open, at_risk, overdue
    stake              points at stake, in hundredths
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import polars as pl

from projections.context import Context
from projections.engine.due.lead_times import lead_of, obliges
from projections.entries import STATES, price_entries
from projections.judgements import read_assessments
from projections.plan import Plan
from projections.replay import build_entries
from projections.rules.quota import evaluate_quotas
from projections.scores import clause_scores
from projections.stakes import CLAUSE, STAKE_PARTS, add_costs, add_stakes
from rubrics.rules import Quota

OBLIGATION = ["b", "clause", "order", "rule", "window", "at"]
"""What makes entries one obligation: branch, rule, window; where there is none, the trigger's position."""

_LATE = ("dues:late", "deadline:late", "submission:late")


def obligation_frame(
    context: Context,
    today: date,
    *,
    clauses: Collection[int] | None = None,
    wanted: pl.Expr | None = None,
    unmet_only: bool = False,
) -> pl.DataFrame:
    """Gather the obligations of the context's period, as they stand at the beginning of a day.

    On its due day an obligation can still be met. `clauses`: the numbers of those that are wanted (-1: the
    rubric itself); all where left out. `wanted`: a condition on `due_on`, `lead` (days; null for a third of
    the span) and `window`. `unmet_only` leaves out those of which nothing is missing.
    """
    entries = build_entries(context, clauses).join(context.plan.table(rule_frame), on="charge", how="left")
    priced = price_entries(_reopened(entries, today), context.plan).with_row_index("nr")
    scores = clause_scores(context, priced.lazy(), read_assessments(context)).select(*CLAUSE).collect()
    owed = _counted(context, priced.filter("obliges"), clauses)
    if wanted is not None:
        owed = owed.filter(wanted)
    if unmet_only:
        unmet = owed.filter(pl.col("left") > 0).select(OBLIGATION).unique()
        owed = owed.join(unmet, on=OBLIGATION, how="semi", nulls_equal=True)
    owed = add_costs(owed, priced, scores)
    gathered = owed.lazy().group_by(OBLIGATION).agg(*_GATHERED, *STAKE_PARTS).collect()
    return add_stakes(_with_state(_with_span(context, gathered), today), priced, scores)


def rule_frame(plan: Plan) -> pl.DataFrame:
    """Return of every charge: charge, rule, obliges, lead (days; null for a third of the span)."""
    return pl.DataFrame(
        [(c.index, r.index, obliges(r.rule), lead_of(r.rule)) for r in plan.rules for c in r.charges],
        schema={"charge": pl.UInt32, "rule": pl.UInt32, "obliges": pl.Boolean, "lead": pl.Int32},
        orient="row",
    )


def _reopened(entries: pl.DataFrame, today: date) -> pl.DataFrame:
    """Open again what a score, which stands at the end of its day, calls lost on the due day itself."""
    can_be_met = pl.col("obliges") & (pl.col("state") == "lost") & (pl.col("due_on") >= today)
    state = pl.when(can_be_met).then(pl.lit("open", STATES)).otherwise("state")
    return entries.with_columns(state.alias("state"))


def _counted(context: Context, owed: pl.DataFrame, clauses: Collection[int] | None) -> pl.DataFrame:
    """Add `at`, `late` (fulfilled after its day), `counts` (not waived), `got` and `left` in units."""
    late = (pl.col("state") == "lost") & pl.col("cause").is_in(_LATE)
    got, left = pl.col("done"), pl.col("missing")
    after = _after_the_day(context, clauses)
    if after is not None:
        owed = owed.join(after, on=["charge", "b", "window", "member"], how="left", nulls_equal=True)
        passed = (pl.col("state") == "lost") & pl.col("left_after").is_not_null()
        late |= passed & (pl.col("left_after") == 0)
        got = pl.when(passed).then("done_after").otherwise(got)
        left = pl.when(passed).then("left_after").otherwise(left)
    unmet = pl.col("state").is_in(["lost", "open"])
    return owed.with_columns(
        pl.when(pl.col("window").is_null()).then("pos").alias("at"),
        late.alias("late"),
        (pl.col("state") != "waived").alias("counts"),
        pl.when(late).then(pl.max_horizontal("required", got)).otherwise(got).alias("got"),
        pl.when(unmet & ~late).then(left).otherwise(0).alias("left"),
    )


def _after_the_day(context: Context, clauses: Collection[int] | None) -> pl.DataFrame | None:
    """Count again, for quotas with a `by` day, everything in the window: what came late fulfils, too."""
    rules = [
        replace(planned, rule=planned.rule.model_copy(update={"by": ()}))
        for planned in context.rules("quota")
        if isinstance(planned.rule, Quota) and planned.rule.by
        if clauses is None or planned.clause in clauses
    ]
    if not rules:
        return None
    counted = evaluate_quotas(context, rules)
    return counted.select(
        "charge", "b", "window", "member",
        pl.col("done").alias("done_after"), pl.col("missing").alias("left_after"),
    ).collect()  # fmt: skip


def _with_span(context: Context, obligations: pl.DataFrame) -> pl.DataFrame:
    """Add where each span began, the id and ref of what started it, and the first day of the lead time."""
    refs = pl.col("ref") if "ref" in context.events.columns else pl.lit(None, pl.String)
    starts = context.events.lazy().select(
        pl.col("pos").alias("at"),
        pl.col("day").alias("started"),
        pl.col("id").alias("anchor"),
        refs.alias("ref"),
    )
    begins = pl.coalesce("started", "since")
    third = ((pl.col("due_on") - pl.col("begins")).dt.total_days() // 3).clip(0)
    lead = pl.duration(days=pl.coalesce("lead", third))
    return (
        obligations.lazy()
        .join(starts, on="at", how="left")
        .with_columns(begins.alias("begins"))
        .with_columns(pl.max_horizontal("begins", pl.col("due_on") - lead).alias("lead_on"))
        .drop("since", "started", "lead")
        .collect()
    )


def _with_state(obligations: pl.DataFrame, today: date) -> pl.DataFrame:
    """Say how each obligation stands at the beginning of the day."""
    unmet = pl.col("left") > 0
    return obligations.with_columns(
        pl.when(~pl.col("counts")).then(pl.lit("waived"))
        .when(~unmet & ~pl.col("late")).then(pl.lit("met"))
        .when(~unmet).then(pl.lit("late"))
        .when(pl.col("due_on") < today).then(pl.lit("overdue"))
        .when(pl.col("lead_on") <= today).then(pl.lit("at_risk"))
        .otherwise(pl.lit("open"))
        .alias("state")
    )  # fmt: skip


def _over_those_who_owe(units: str) -> pl.Expr:
    """Sum units over what is not waived; where all is, over all."""
    counts = pl.col("counts")
    return pl.when(counts.any()).then(pl.col(units).filter(counts).sum()).otherwise(pl.col(units).sum())


_GATHERED = (
    pl.col("due_on", "since", "lead", "advisory").first(),
    pl.col("counts", "late").any(),
    _over_those_who_owe("required").alias("required"),
    _over_those_who_owe("got").alias("done"),
    pl.col("left").sum(),
    pl.col("member").filter(pl.col("left") > 0).drop_nulls().sort().alias("members"),
)
