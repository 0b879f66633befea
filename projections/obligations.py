"""Obligations: what a branch still has to do, by when, and what is at stake.

In: an open ledger, a day, rubrics, branches. Out: `Obligation` values, by due day. Deliberately absent: the
clock; reminders and calendars, which are made of these.

We speak at the beginning of the day `on`: what is due on that day can still be done, and what is in the log
of that day (a meeting held this morning) counts. Of a rubric, the obligations are those whose window or span
overlaps the rubric's year in which `on` lies; each is priced in the year of its due day, as the score is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

import polars as pl
import pyarrow as pa

from ledger.store.event_store import Store
from ledger.words import Words
from projections.context import Context
from projections.engine.due.titles import title_of, with_ref
from projections.engine.duties import UNMET as UNMET
from projections.engine.duties import Obligation as Obligation
from projections.engine.errors import NothingToScore
from projections.engine.periods import LAST_YEAR, Period, year_of
from projections.entries import charge_frame
from projections.frames import read_events
from projections.owed import obligation_frame
from projections.plan import Plan
from projections.replay import build_context, read_log
from projections.rules import EVALUATORS
from rubrics.reader.loaded import Loaded

SPANS = ("deadline", "submission")
"""Rule kinds whose obligations run from an event on, not in windows."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one rubric asks: a context of the year in which the day lies, and who adopted it since when."""

    context: Context
    adopted: pl.DataFrame


def due_obligations(
    store: Store,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None,
    rubrics: Sequence[Loaded],
    adopted_only: bool = True,
    adopted_by: date | None = None,
    since: date | None = None,
    unmet_only: bool = False,
    ahead: int | None = None,
) -> list[Obligation]:
    """List obligations by due day, those with more at stake first.

    `upto` is the last position of the log that counts. Of each rubric: the branches that have adopted it,
    narrowed to `branches` where given; with `adopted_only` False also the named ones that have not, and where
    none are named and none has adopted it, all of its kind. Due days before a branch's adoption are left out.
    `adopted_by` leaves out who adopted it after that day.

    `since`: due days before it are left out, those from it on are listed even where they lie in an earlier
    year (default: the first day of the year). `unmet_only` leaves out what is met, late or waived; `ahead`
    what is due in more than so many days and not yet in its lead time. Raises UnknownBranch for a named
    branch that is not registered, where `adopted_only` is False.
    """
    found: list[Obligation] = []
    for loaded in rubrics:
        plan = Plan(loaded.rubric)
        found += obligations_in(
            read_log(store, plan, upto, branches), plan, on=on, upto=upto, branches=branches,
            adopted_only=adopted_only, adopted_by=adopted_by, since=since, unmet_only=unmet_only, ahead=ahead,
        )  # fmt: skip
    return sorted(found, key=attrgetter("order"))


def obligations_in(
    table: pa.Table,
    plan: Plan,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None,
    adopted_only: bool = True,
    adopted_by: date | None = None,
    since: date | None = None,
    unmet_only: bool = False,
    ahead: int | None = None,
) -> Iterator[Obligation]:
    """Yield obligations by one rubric over rows of a log that are at hand as columns, in no order."""
    asked = _ask(table, plan, on, upto, branches, adopted_only, adopted_by)
    del table  # of many branches it is hundreds of megabytes that nothing needs any more
    if asked is None:
        return
    for frame in _frames(asked.context, on, since, _wanted(on, since, ahead), unmet_only=unmet_only):
        kept = frame.join(asked.adopted, on="b", how="left").filter(
            pl.col("adopted_on").is_null() | (pl.col("due_on") >= pl.col("adopted_on"))
        )
        if ahead is not None:
            near = pl.col("due_on") <= on + timedelta(days=ahead)
            kept = kept.filter(near | (pl.col("lead_on") <= on))
        yield from list_obligations(asked.context, kept, on)


def _ask(
    table: pa.Table,
    plan: Plan,
    on: date,
    upto: int,
    branches: Collection[str] | None,
    adopted_only: bool,
    adopted_by: date | None,
) -> _Asked | None:
    """Choose who is asked; None where nobody is."""
    adoptions = read_events(table, {"rubric_adopted"}, {"rubric"})
    adopted = (
        adoptions.filter(pl.col("rubric") == plan.rubric.id, pl.col("day") <= (adopted_by or date.max))
        .group_by("branch")
        .agg(pl.col("day").min().alias("adopted_on"))
    )
    codes = set(adopted["branch"])
    chosen = codes if branches is None else set(branches) & codes if adopted_only else set(branches)
    if not chosen and (adopted_only or branches is not None):
        return None
    year = year_of(on, plan.rubric.year_start)
    try:
        context = build_context(
            table, plan, year, on=on, upto=upto, branches=sorted(chosen) or None, explain=False
        )
    except NothingToScore:
        return None
    numbers = context.branches.select("b", pl.col("code").alias("branch"))
    context = replace(context, advisory=True)
    return _Asked(context, adopted.join(numbers, on="branch").select("b", "adopted_on"))


def _wanted(on: date, since: date | None, ahead: int | None) -> pl.Expr:
    """Return the condition that spares the work on what will be left out anyway."""
    wanted = pl.lit(value=True) if since is None else pl.col("due_on") >= since
    if ahead is None:
        return wanted
    lead = pl.duration(days=pl.col("lead").clip(ahead))
    return wanted & (pl.col("lead").is_null() | (pl.col("due_on") - lead <= on))


def _frames(
    context: Context, on: date, since: date | None, wanted: pl.Expr, *, unmet_only: bool
) -> Iterator[pl.DataFrame]:
    """Yield the obligations of the year, of earlier ones from `since` on, and of spans that reach beyond."""
    start = context.plan.rubric.year_start
    first = year_of(since, start) if since is not None else context.period
    while first.start < context.period.start:
        yield obligation_frame(replace(context, period=first), on, wanted=wanted, unmet_only=unmet_only)
        first = year_of(first.end + timedelta(days=1), start)
    yield obligation_frame(context, on, wanted=wanted, unmet_only=unmet_only)
    beyond = _beyond(context)
    clauses = set(beyond["clause"])
    for day in sorted({year_of(day, start).start for day in beyond["due_on"]}):
        later = replace(context, period=year_of(day, start))
        spans = wanted & pl.col("window").is_null()
        yield obligation_frame(later, on, clauses=clauses, wanted=spans, unmet_only=unmet_only)


def _beyond(context: Context) -> pl.DataFrame:
    """Return clause and due day of the spans that began by now and end after the year."""
    far = replace(
        context,
        period=Period("", context.period.end + timedelta(days=1), date(LAST_YEAR, 12, 31)),
    )
    spans = [EVALUATORS[kind](far, rules) for kind in SPANS if (rules := far.rules(kind))]
    if not spans:
        return pl.DataFrame(schema={"clause": pl.Int32, "due_on": pl.Date})
    return (
        pl.concat(spans)
        .join(context.asked.lazy(), on="b", how="semi")
        .join(context.plan.table(charge_frame).lazy(), on="charge")
        .select("clause", "due_on")
        .unique()
        .collect()
    )


def list_obligations(context: Context, frame: pl.DataFrame, on: date) -> Iterator[Obligation]:
    """Yield the rows of an obligations frame as values."""
    plan = context.plan
    codes = dict(context.branches.select("b", "code").iter_rows())
    form = Words(plan.rubric.title.zh, plan.rubric.title.en)
    titles = [
        title_of(plan.rubric, plan.clauses[planned.clause] if planned.clause >= 0 else None, planned.rule)
        for planned in plan.rules
    ]
    for row in frame.select(*_SHOWN).iter_rows(named=True):
        rule = plan.rules[row["rule"]]
        clause = plan.clauses[rule.clause].id if rule.clause >= 0 else "-"
        place = row["window"] or row["anchor"]
        yield Obligation(
            branch=codes[row["b"]],
            rubric=plan.rubric.id,
            clause=clause,
            kind=rule.rule.kind,
            obligation=f"{plan.rubric.id}/{clause}/{rule.order + 1}/{place}",
            what=with_ref(titles[rule.index], row["ref"] if row["window"] is None else None),
            window=row["window"],
            due_on=row["due_on"],
            days_left=(row["due_on"] - on).days,
            required=row["required"],
            done=row["done"],
            missing=row["left"],
            at_stake=row["stake"],
            members=tuple(row["members"]),
            part_paid=(),
            advisory=row["advisory"],
            state=row["state"],
            begins=row["begins"],
            lead_on=row["lead_on"],
            place=(rule.clause, rule.order, place),
            form=form,
        )


_SHOWN = (
    "b", "rule", "window", "anchor", "ref", "due_on", "required", "done", "left", "stake", "members",
    "advisory", "state", "begins", "lead_on",
)  # fmt: skip
