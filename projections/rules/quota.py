"""Quotas: at least so many units of the matching events in each window.

In: a context, quota rules. Out: one raw entry a window (of each member, of each subordinate). Deliberately
absent: prices.
"""

from collections.abc import Collection, Sequence

import polars as pl

from projections.asks import duty_of
from projections.conditions import default_of
from projections.context import Context
from projections.entries import raw
from projections.frames import field_kinds
from projections.plan import PlannedRule
from projections.roster import build_exemptions, build_offices
from projections.rules.windows import ordinal_expr, windows_frame
from rubrics.rules import Quota

_KEYS = ["charge", "source", "who", "ordinal"]


def evaluate_quotas(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Count what was done in every window of every quota, and hold it against what was owed."""
    quotas = [(planned, planned.rule) for planned in rules if isinstance(planned.rule, Quota)]
    windows = windows_frame(context, [(p.charges[0].index, q.per, q.by) for p, q in quotas])
    parameters = pl.LazyFrame(
        [
            (p.charges[0].index, q.each, int(q.at_least * 100), ",".join(q.roles), duty_of(q))
            for p, q in quotas
        ],
        schema={
            "charge": pl.UInt32,
            "each": pl.String,
            "required": pl.Int64,
            "roles": pl.String,
            "rule_duty": pl.String,
        },
        orient="row",
    )
    windows = windows.join(parameters, on="charge")
    each = {quota.each for _, quota in quotas}
    owed = _owed(context, windows, each, roles=any(quota.roles for _, quota in quotas))
    done = _done(context, quotas, windows)
    entries = owed.join(done, on=_KEYS, how="left", nulls_equal=True).with_columns(
        pl.col("done").fill_null(0),
        (pl.col("required") - pl.col("done").fill_null(0)).clip(0).alias("missing"),
    )
    state = (
        pl.when("exempt")
        .then(pl.lit("waived"))
        .when(pl.col("missing") == 0)
        .then(pl.lit("met"))
        .when(pl.col("due_on") <= context.on)
        .then(pl.lit("lost"))
        .otherwise(pl.lit("open"))
    )
    return raw(
        entries.with_columns(
            state.alias("state"),
            ("quota:" + state.replace({"lost": "missing"})).alias("cause"),
            pl.col("start").alias("since"),
            pl.col("end").alias("until"),
            pl.col("who").alias("member"),
        ),
        *("charge", "b", "window", "due_on", "since", "until", "member", "required", "done", "missing"),
        *("state", "cause", "pos", *(["events"] if context.explain else [])),
    )


def _owed(context: Context, windows: pl.LazyFrame, each: Collection[str], *, roles: bool) -> pl.LazyFrame:
    """List who owes what in which window: b, source (whose events count), who (member or subordinate)."""
    owed = (
        windows.join(context.asked.lazy(), how="cross")
        .filter(pl.col("founded") <= pl.col("start"))
        .drop("founded")
    )
    nobody, whole = pl.lit(None, pl.String), pl.lit(value=False)
    parts = [
        owed.filter(pl.col("each") == "branch").with_columns(
            pl.col("b").alias("source"), nobody.alias("who"), whole.alias("exempt")
        )
    ]
    if "member" in each:
        parts.append(_members(context, owed.filter(pl.col("each") == "member"), roles=roles))
    if "subordinate" in each:
        units = (
            context.branches.lazy()
            .filter(pl.col("parent").is_not_null(), pl.col("founded") <= context.on)
            .select(pl.col("b").alias("source"), pl.col("code").alias("who"), "parent", "founded")
        )
        codes = context.branches.lazy().select("b", pl.col("code").alias("parent"))
        units = units.join(codes, on="parent").drop("parent")
        parts.append(
            owed.filter(pl.col("each") == "subordinate")
            .join(units, on="b")
            .filter(pl.col("founded") <= pl.col("start"))
            .drop("founded")
            .with_columns(whole.alias("exempt"))
        )
    return pl.concat(parts, how="diagonal") if len(parts) > 1 else parts[0]


def _members(context: Context, owed: pl.LazyFrame, *, roles: bool) -> pl.LazyFrame:
    """Spread what is owed of each member over those on the roster during the whole window."""
    spread = (
        owed.join(context.stays.lazy(), on="b")
        .filter(
            pl.col("since") <= pl.col("start"), pl.col("until").is_null() | (pl.col("until") > pl.col("end"))
        )
        .drop("since", "until")
    )
    if roles:
        offices = build_offices(context.events).lazy()
        spread = (
            spread.with_columns(pl.min_horizontal("end", pl.lit(context.on)).alias("day"))
            .sort("day")
            .join_asof(offices, on="day", by=["b", "member"], check_sortedness=False)
            .filter(
                (pl.col("roles") == "")
                | pl.col("roles").str.split(",").list.contains(pl.col("role").fill_null("member"))
            )
            .drop("day", "role")
        )
    exemptions = build_exemptions(context.events)
    exempt = pl.lit(value=False)
    if exemptions.height:
        touched = (
            spread.join(exemptions.lazy(), on=["b", "member"])
            .filter(
                (pl.col("duty") == "all") | (pl.col("duty") == pl.col("rule_duty")),
                pl.col("exempt_from") <= pl.col("end"),
                pl.col("exempt_to").is_null() | (pl.col("exempt_to") >= pl.col("start")),
            )
            .select("charge", "b", "member", "ordinal", pl.lit(value=True).alias("exempt"))
            .unique()
        )
        spread = spread.join(touched, on=["charge", "b", "member", "ordinal"], how="left")
        exempt = pl.col("exempt").fill_null(value=False)
    return spread.with_columns(
        pl.col("b").alias("source"), pl.col("member").alias("who"), exempt.alias("exempt")
    ).drop("member")


def _done(context: Context, quotas: list[tuple[PlannedRule, Quota]], windows: pl.LazyFrame) -> pl.LazyFrame:
    """Measure what was done: per charge, source, who and window, in hundredths of a unit."""
    sums = sorted({q.measure.sum for _, q in quotas if q.measure and q.measure.sum})
    kinds = sorted({q.measure.distinct for _, q in quotas if q.measure and q.measure.distinct})
    named = sorted({q.window_from for _, q in quotas if q.window_from})
    by_member = any(q.each == "member" for _, q in quotas)
    columns = ["b", "stands", "day", "pos", "id", *sums, *kinds, *named, *(["member"] if by_member else [])]
    hits = context.matched([(p.asks["events"].index, p.charges[0].index) for p, _ in quotas], columns)
    stands = pl.col("stands")
    for field in named:
        charges = [p.charges[0].index for p, q in quotas if q.window_from == field]
        stands = pl.when(pl.col("key").is_in(charges)).then(_named_day(field)).otherwise(stands)
    amount = pl.lit(100, pl.Int64)
    for field in sums:
        charges = [p.charges[0].index for p, q in quotas if q.measure and q.measure.sum == field]
        scale = 1 if field_kinds().get(field) in ("hours", "money", "points") else 100
        value = pl.col(field).cast(pl.Int64).fill_null(0) * scale
        amount = pl.when(pl.col("key").is_in(charges)).then(value).otherwise(amount)
    distinct = pl.lit(None, pl.String)
    for field in kinds:
        charges = [p.charges[0].index for p, q in quotas if q.measure and q.measure.distinct == field]
        distinct = (
            pl.when(pl.col("key").is_in(charges)).then(pl.col(field).cast(pl.String)).otherwise(distinct)
        )
    if sums or kinds:
        hits = hits.filter(_given(quotas))
    events = (
        hits.lazy()
        .with_columns(stands.alias("stands"))
        .select(
            pl.col("key").alias("charge"),
            pl.col("b").alias("source"),
            (pl.col("member") if by_member else pl.lit(None, pl.String)).alias("actor"),
            "stands", "day", "pos", "id",
            amount.alias("amount"),
            distinct.alias("distinct"),
        )
        .drop_nulls("stands")
    )  # fmt: skip
    lengths = windows.select("charge", "length").unique()
    events = events.join(lengths, on="charge").with_columns(
        ordinal_expr("stands", pl.col("length"), context.period.year_start).alias("ordinal")
    )
    events = (
        events.join(
            windows.select("charge", "ordinal", "due_on", "limited", "each"), on=["charge", "ordinal"]
        )
        .filter(~pl.col("limited") | (pl.col("day") <= pl.col("due_on")))
        .with_columns(pl.when(pl.col("each") == "member").then("actor").alias("who"))
    )
    if any(q.each == "subordinate" for _, q in quotas):
        codes = context.branches.lazy().select(pl.col("b").alias("source"), "code")
        events = events.join(codes, on="source").with_columns(
            pl.when(pl.col("each") == "subordinate").then("code").otherwise("who").alias("who")
        )
    counted = [p.charges[0].index for p, q in quotas if q.measure and q.measure.distinct]
    total = pl.col("amount").sum()
    if counted:
        kinds_seen = pl.col("distinct").drop_nulls().n_unique().cast(pl.Int64) * 100
        total = pl.when(pl.col("charge").first().is_in(counted)).then(kinds_seen).otherwise(total)
    ids = [pl.col("id").sort_by("stands", "pos").alias("events")] if context.explain else []
    return events.group_by(_KEYS).agg(total.alias("done"), pl.col("pos").min(), *ids)


def _given(quotas: list[tuple[PlannedRule, Quota]]) -> pl.Expr:
    """Whether an event gives the field that its rule measures; one that does not, counts for nothing."""
    expr = pl.lit(value=True)
    for planned, quota in quotas:
        field = quota.measure and (quota.measure.sum or quota.measure.distinct)
        if field and all(default_of(match.type, field) is None for match in quota.events):
            expr &= (pl.col("key") != planned.charges[0].index) | pl.col(field).is_not_null()
    return expr


def _named_day(field: str) -> pl.Expr:
    """Return the last day of the quarter (`YYYY-Qn`) or month (`YYYY-MM`) that a field names."""
    text = pl.col(field)
    quarter = text.str.contains("Q", literal=True)
    month = (
        pl.when(quarter)
        .then((text.str.slice(6, 1).cast(pl.Int32, strict=False) * 3).cast(pl.String).str.zfill(2))
        .otherwise(text.str.slice(5, 2))
    )
    return (text.str.slice(0, 4) + "-" + month + "-01").str.to_date("%Y-%m-%d").dt.month_end()
