"""Submissions: each document that the superior requested is sent, in time, and conforming.

In: a context, submission rules. Out: one raw entry a request whose day lies in the period. Deliberately
absent: documents that nobody requested; quotas ask for those.
"""

from collections.abc import Sequence

import polars as pl

from projections.context import Context
from projections.entries import raw
from projections.plan import PlannedRule
from rubrics.rules import Submission


def evaluate_submissions(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Judge each request by the first conforming document with its ref."""
    requests = (
        context.events.lazy()
        .filter(pl.col("type") == "document_requested")
        .join(context.asked.lazy(), on="b")
        .filter(pl.col("day") >= pl.col("founded"))
        .select("b", "ref", "pos", "id", pl.col("due_on").str.to_date("%Y-%m-%d"))
        .filter(context.in_period("due_on"))
    )
    conforming = pl.col("conforming").fill_null(value=True)
    submitted = pl.col("type") == "document_submitted"
    answers = (
        context.events.lazy()
        .filter(submitted, pl.col("ref").is_not_null())
        .select(
            "b",
            "ref",
            "stands",
            "day",
            pl.col("pos").alias("at"),
            pl.col("id").alias("answer"),
            conforming.alias("good"),
        )
    )
    ids = [pl.col("answer").sort_by("stands", "at").drop_nulls().alias("answers")] if context.explain else []
    judged = (
        requests.join(answers, on=["b", "ref"], how="left")
        .group_by("b", "ref", "pos", "id", "due_on")
        .agg(
            pl.col("day").min().alias("first"),
            pl.col("day").filter(pl.col("good")).min().alias("first_good"),
            *ids,
        )
    )
    outcome = (
        pl.when(pl.col("first_good") <= pl.col("due_on"))
        .then(pl.lit("in_time"))
        .when(pl.col("first_good").is_not_null())
        .then(pl.lit("late"))
        .when(pl.col("first").is_null())
        .then(pl.lit("missing"))
        .when(pl.col("first") > pl.col("due_on"))
        .then(pl.lit("non_conforming_late"))
        .otherwise(pl.lit("non_conforming"))
    )
    state = (
        pl.when(pl.col("outcome") == "in_time")
        .then(pl.lit("met"))
        .when(pl.col("due_on") <= context.on)
        .then(pl.lit("lost"))
        .otherwise(pl.lit("open"))
    )
    judged = judged.with_columns(outcome.alias("outcome")).with_columns(state.alias("state"))
    return pl.concat(_priced(context, judged, planned) for planned in rules)


def _priced(context: Context, judged: pl.LazyFrame, planned: PlannedRule) -> pl.LazyFrame:
    rule = planned.rule
    if not isinstance(rule, Submission):
        raise TypeError(rule.kind)
    cost = {
        "in_time": 0,
        "late": rule.late,
        "missing": rule.missing,
        "non_conforming": rule.non_conforming,
        "non_conforming_late": rule.non_conforming + rule.late,
    }
    ids = pl.concat_list("id", "answers") if context.explain else pl.lit(None, pl.List(pl.String))
    kept = pl.col("state") == "met"
    return raw(
        judged.with_columns(
            pl.lit(planned.charges[0].index, pl.UInt32).alias("charge"),
            pl.col("due_on").alias("since"),
            pl.col("due_on").alias("until"),
            pl.lit(100, pl.Int64).alias("required"),
            pl.when(kept).then(100).otherwise(0).alias("done"),
            pl.when(kept).then(0).otherwise(100).alias("missing"),
            (-pl.col("outcome").replace_strict(cost, return_dtype=pl.Int64)).alias("given"),
            ("submission:" + pl.col("outcome")).alias("cause"),
            ids.alias("events"),
        ),
        *("charge", "b", "due_on", "since", "until", "required", "done", "missing", "given"),
        *("state", "cause", "pos", "events"),
    )
