"""A replay: the log's prefix, a rubric, a period and a day give scores.

In: an open store, a loaded rubric, what is asked. Out: a `Replay` of scores and entries, as frames; `answer`
turns it into the contract's JSON. Deliberately absent: the clock; `on` and `upto` come from the doors.

`replay` is a pure function of its arguments: the same prefix, rubric, period and day give the same points,
alone or among a thousand branches.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
import pyarrow as pa

from ledger.columns import read_columns
from ledger.store.event_store import Store
from projections.context import Context
from projections.engine.errors import NothingToScore, UnknownBranch
from projections.engine.periods import Period
from projections.entries import RAW, charge_frame, price_entries
from projections.frames import AS_WRITTEN, CONTROLS, read_events
from projections.judgements import apply_waivers, read_waivers
from projections.plan import Plan
from projections.rules import EVALUATORS
from projections.scores import Scores, build_scores

SELECTING = frozenset({"branch_registered", "rubric_adopted"})


@dataclass(frozen=True)
class Replay:
    """What a replay found: its context, its priced entries, its scores."""

    context: Context
    entries: pl.DataFrame
    scores: Scores


def replay(
    store: Store,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    explain: bool = False,
) -> Replay:
    """Score branches by a rubric; all that adopted it, or are of its kind, where none are named.

    `upto` is the last position of the prefix. `explain` evaluates advisory rules, too, and lists the events
    behind every entry. Raises UnknownBranch, NothingToScore.
    """
    table = read_log(store, plan, upto, branches)
    return replay_table(table, plan, period, on=on, upto=upto, branches=branches, explain=explain)


def replay_table(
    table: pa.Table,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    explain: bool = False,
) -> Replay:
    """Score branches over rows of a log that are at hand as columns."""
    context = build_context(table, plan, period, on=on, upto=upto, branches=branches, explain=explain)
    entries = price_entries(build_entries(context), plan)
    return Replay(context, entries, build_scores(context, entries))


def build_entries(context: Context, clauses: Collection[int] | None = None) -> pl.DataFrame:
    """Evaluate the rules of the plan, a kind at a time, and apply waivers: raw entries of those asked.

    `clauses`: the numbers of those whose rules are wanted (-1: the rubric's own); all where left out.
    """
    parts = [pl.LazyFrame(schema=RAW)]
    for kind, evaluate in EVALUATORS.items():
        rules = [rule for rule in context.rules(kind) if clauses is None or rule.clause in clauses]
        if rules:
            parts.append(evaluate(context, rules))
    entries = pl.concat(parts).collect(optimizations=AS_WRITTEN)
    if context.asked.height < context.branches.height:
        entries = entries.join(context.asked.select("b"), on="b", how="semi")
    of_charges = context.plan.table(charge_frame).select("charge", "clause")
    return apply_waivers(entries, of_charges, read_waivers(context))


def build_context(
    table: pa.Table,
    plan: Plan,
    period: Period,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None,
    explain: bool,
) -> Context:
    """Number the branches, decode the events, and choose who is asked."""
    events = read_events(table, plan.types | SELECTING, plan.fields)
    known = (
        events.filter(pl.col("type") == "branch_registered")
        .select(
            pl.col("branch").alias("code"),
            pl.col("day").alias("founded"),
            "parent",
            pl.col("organization").fill_null("branch"),
        )
        .sort("code")
        .with_row_index("b")
    )
    asked = _asked(events, known, plan, period, upto, branches)
    code = pl.col("branch").cast(pl.Enum(known["code"]), strict=False).to_physical().cast(pl.UInt32)
    numbered = events.with_columns(code.alias("b")).drop("branch").filter(pl.col("day") <= on)
    return Context(
        plan=plan,
        period=period,
        on=on,
        explain=explain,
        events=numbered,
        branches=known,
        asked=known.filter(pl.col("code").is_in(list(asked))).select("b", "founded"),
    )


def _asked(
    events: pl.DataFrame,
    known: pl.DataFrame,
    plan: Plan,
    period: Period,
    upto: int,
    branches: Collection[str] | None,
) -> Sequence[str]:
    """Choose who is scored: those named; else who adopted the rubric; else all of its kind."""
    if branches is not None:
        codes = dict.fromkeys(known["code"].to_list())
        for branch in branches:
            if branch not in codes:
                raise UnknownBranch(branch, list(codes), upto)
        return sorted(set(branches))
    adopted = events.filter(
        pl.col("type") == "rubric_adopted",
        pl.col("rubric") == plan.rubric.id,
        pl.col("day") <= period.end,
    )["branch"].unique()
    if adopted.len():
        return list(adopted.sort())
    of_kind: list[str] = known.filter(pl.col("organization") == plan.rubric.applies_to)["code"].to_list()
    if not of_kind:
        raise NothingToScore(plan.rubric.id, plan.rubric.applies_to)
    return of_kind


def read_log(store: Store, plan: Plan, upto: int, branches: Collection[str] | None) -> pa.Table:
    """Read what a replay looks at: whole streams of few branches, or the types that count of all."""
    if branches is None:
        return read_columns(store, types=plan.types | SELECTING | set(CONTROLS), upto=upto)
    streams = set(branches)
    if plan.needs_subordinates:
        streams |= _subordinates(store, upto, streams)
    beside = {"branch_registered", "metric_reported", *CONTROLS} if plan.needs_siblings else None
    return read_columns(store, branches=streams, types=beside, upto=upto)


def _subordinates(store: Store, upto: int, parents: Collection[str]) -> set[str]:
    """Return the codes of the branches whose parent is one of these."""
    table = read_columns(store, types={"branch_registered", *CONTROLS}, upto=upto)
    registered = read_events(table, {"branch_registered"}, {"parent"})
    return set(registered.filter(pl.col("parent").is_in(list(parents)))["branch"])
