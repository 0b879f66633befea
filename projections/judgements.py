"""Judgements: what people decided, beside and above what the rules computed.

In: a context. Out: frames of judged points, of waivers, of graded criteria. Deliberately absent: sums.

A judgement counts in replays of exactly its period, on and after its day; the latest of one assessor counts.
A department stands over a superior, and either over the rules; a self-assessment counts only for a clause
that is `assessed` and that nobody else has judged.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from projections.context import Context
from projections.engine.periods import parse_period, window_of, year_of
from projections.plan import Plan

JUDGED = {
    "b": pl.UInt32,
    "clause": pl.Int32,
    "assessor": pl.String,
    "judged": pl.Int64,
    "day": pl.Date,
    "pos": pl.Int64,
    "id": pl.String,
}


WAIVERS = {
    "b": pl.UInt32,
    "clause": pl.Int32,
    "waived_from": pl.Date,
    "waived_to": pl.Date,
    "waiver": pl.String,
}


def _clauses(plan: Plan) -> pl.DataFrame:
    return pl.DataFrame(
        [(clause.id, number) for number, clause in enumerate(plan.clauses)],
        schema={"clause_id": pl.String, "clause": pl.Int32},
        orient="row",
    )


def _of_this_rubric(context: Context, word: str) -> pl.DataFrame:
    """Return the events of a type that name this rubric, `clause` as its number."""
    return (
        context.events.filter(pl.col("type") == word, pl.col("rubric") == context.plan.rubric.id)
        .rename({"clause": "clause_id"})
        .join(context.plan.table(_clauses), on="clause_id")
    )


def _for_this_period(context: Context, events: pl.DataFrame) -> pl.DataFrame:
    """Keep what names the replayed period, or, naming none, lies in the rubric year that is replayed."""
    period = context.period
    names = []
    for name in events["period"].drop_nulls().unique().to_list():
        named = parse_period(name, period.year_start)
        if (named.start, named.end) == (period.start, period.end):
            names.append(name)
    year = window_of(period.start, "year", period.year_start)
    whole_year = (year.start, year.end) == (period.start, period.end)
    by_day = context.in_period("day") if whole_year else pl.lit(value=False)
    return events.filter(
        pl.when(pl.col("period").is_null()).then(by_day).otherwise(pl.col("period").is_in(names))
    )


def read_assessments(context: Context) -> pl.DataFrame:
    """Return the latest judgement of each assessor: columns JUDGED, points in hundredths."""
    if "clause_assessed" not in context.types:
        return pl.DataFrame(schema=JUDGED)
    events = _for_this_period(context, _of_this_rubric(context, "clause_assessed"))
    return (
        events.sort("day", "pos")
        .unique(["b", "clause", "assessor"], keep="last", maintain_order=True)
        .rename({"points": "judged"})
        .select(*JUDGED)
    )


def judged_for_others(context: Context) -> list[str]:
    """Name the period of each judgement that does not count here because it is for another one.

    Of the branches asked, and of periods that overlap the replayed one; the same person's of the same clause
    and period once.
    """
    found = []
    for word, whose in (("clause_assessed", "assessor"), ("grades_tallied", "source")):
        if word not in context.types:
            continue
        events = _of_this_rubric(context, word).join(context.asked.select("b"), on="b", how="semi")
        others = events.join(_for_this_period(context, events).select("id"), on="id", how="anti")
        year_start = context.period.year_start
        periods = {
            (b, clause, who, parse_period(name, year_start) if name else year_of(day, year_start))
            for b, clause, who, name, day in others.select("b", "clause", whose, "period", "day").iter_rows()
        }
        found += [
            period.name
            for *_, period in periods
            if period.start <= context.period.end and context.period.start <= period.end
        ]
    return sorted(found)


def read_waivers(context: Context) -> pl.DataFrame:
    """Return every waiver of a clause of this rubric: columns WAIVERS, the id as `waiver`."""
    if "clause_waived" not in context.types:
        return pl.DataFrame(schema=WAIVERS)
    return _of_this_rubric(context, "clause_waived").select(
        "b",
        "clause",
        pl.col("day").alias("waived_from"),
        pl.col("until").str.to_date("%Y-%m-%d").alias("waived_to"),
        pl.col("id").alias("waiver"),
    )


def apply_waivers(entries: pl.DataFrame, charge_clauses: pl.DataFrame, waivers: pl.DataFrame) -> pl.DataFrame:
    """Waive the losses, and what is still open, that a waiver touches; what was met or gained stays."""
    if waivers.is_empty() or entries.is_empty():
        return entries
    numbered = entries.with_row_index("nr")
    touched = (
        numbered.filter(pl.col("state").is_in(["lost", "open"]))
        .select("nr", "charge", "b", "since", "until")
        .join(charge_clauses, on="charge")
        .join(waivers, on=["b", "clause"])
        .filter(pl.col("waived_from") <= pl.col("until"), pl.col("waived_to") >= pl.col("since"))
        .group_by("nr")
        .agg(pl.col("waiver").first())
    )
    waived = pl.col("waiver").is_not_null()
    return (
        numbered.join(touched, on="nr", how="left")
        .with_columns(
            pl.when(waived).then(pl.lit("waived", entries.schema["state"])).otherwise("state").alias("state"),
            pl.when(waived & pl.col("events").is_not_null())
            .then(pl.col("events").list.concat(pl.concat_list("waiver")))
            .when(waived)
            .then(pl.concat_list("waiver"))
            .otherwise("events")
            .alias("events"),
        )
        .select(entries.columns)
    )


@dataclass(frozen=True, slots=True)
class Source:
    """What one source came to: how many voices a grade had, their mean in hundredths, its weight."""

    name: str
    voices: dict[str, int]
    value: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Grade:
    """The value of a criterion, in hundredths, the tallies behind it, the last one's day, the sources."""

    value: Fraction
    events: list[str]
    day: date
    sources: list[Source]


def read_grades(context: Context) -> dict[tuple[int, int], Grade]:
    """Return the grades of the criteria that were judged, by branch and clause.

    Shares of the voices weigh the grades inside a source; sources weigh by the rubric's weights, and where
    only one has judged, it counts alone.
    """
    grades = context.plan.rubric.grades
    if grades is None:
        return {}
    words = list(grades.values)
    events = _for_this_period(context, _of_this_rubric(context, "grades_tallied"))
    sums = (
        events.sort("stands", "pos")
        .group_by("b", "clause", "source", maintain_order=True)
        .agg(*(pl.col(word).fill_null(0).sum() for word in words), pl.col("id", "stands", "pos"))
    )
    sources: dict[tuple[int, int], list[Source]] = {}
    tallies: dict[tuple[int, int], list[tuple[date, int, str]]] = {}
    for row in sums.iter_rows(named=True):
        voices: dict[str, int] = {word: row[word] for word in words}
        weight = grades.weights.get(row["source"], Fraction(0))
        if any(voices.values()) and weight:
            value = Fraction(sum(row[word] * grades.values[word] for word in words), sum(voices.values()))
            source = Source(row["source"], voices, value, weight)
            sources.setdefault((row["b"], row["clause"]), []).append(source)
            tallies.setdefault((row["b"], row["clause"]), []).extend(
                zip(row["stands"], row["pos"], row["id"], strict=True)
            )
    grades_found = {}
    for place, judged in sources.items():
        weight = sum((one.weight for one in judged), Fraction(0))
        behind = sorted(tallies[place])
        grades_found[place] = Grade(
            sum((one.weight * one.value for one in judged), Fraction(0)) / weight,
            [id_ for _, _, id_ in behind],
            behind[-1][0],
            judged,
        )
    return grades_found
