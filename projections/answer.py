"""The answer of a replay: the contract's JSON document.

In: a `Replay`, the loaded rubric's digest, the ledger's head at the replayed position. Out: one mapping of
plain values, points as texts with two decimals. Deliberately absent: languages; the document is the same in
every one, titles are the form's own in Chinese.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from projections.entries import told_in_order
from projections.means import MeanScores, build_means, half_up
from projections.replay import Replay
from projections.scores import ASSESSORS
from rubrics.model import Rubric
from rubrics.numbers import print_points

Row = dict[str, Any]


def print_units(hundredths: int | None) -> str | None:
    """Print units that are kept in hundredths, without needless zeros: 100 is "1", 1050 is "10.5"."""
    if hundredths is None:
        return None
    whole, part = divmod(abs(hundredths), 100)
    text = f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)
    return f"-{text}" if hundredths < 0 else text


def build_answer(replayed: Replay, digest: str, position: int, head: str) -> dict[str, Any]:
    """Build the document of scoring.md; entries are listed where the replay was asked to explain."""
    context = replayed.context
    rubric, period = context.plan.rubric, context.period
    return {
        "rubric": {"id": rubric.id, "version": rubric.version, "digest": digest},
        "period": {
            "name": period.name,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "on": context.on.isoformat(),
        "ledger": {"position": position, "head": head},
        "scores": _scores(replayed),
    }


def _scores(replayed: Replay) -> list[Row]:
    context, rubric = replayed.context, replayed.context.plan.rubric
    codes = dict(context.branches.select("b", "code").iter_rows())
    vetoes = _vetoes(replayed)
    clauses = _by_branch(replayed.scores.clauses)
    items = _by_branch(replayed.scores.items)
    sections = _by_branch(replayed.scores.sections)
    totals = {row["b"]: row for row in replayed.scores.branches.iter_rows(named=True)}
    means = build_means(replayed) if rubric.aggregate == "mean" else None
    entries = entry_rows(replayed, means) if context.explain else {}
    answers = []
    for b in context.asked["b"].to_list():
        veto = vetoes.get(b, [])
        total = means.totals[b] if means else totals[b]
        answers.append(
            {
                "branch": codes[b],
                "total": print_points(total["total"]),
                "base": print_points(total["base"]),
                "bonus": print_points(total["bonus"]),
                "at_risk": print_points(total["at_risk"]),
                "unassessed": print_points(total["unassessed"]),
                "in_play": print_points(total["in_play"]),
                "grade": _grade(rubric, total["total"], bool(veto), means is None or total["judged"]),
                "vetoed": bool(veto),
                "veto": veto,
                "rank": total["rank"],
                "sections": _sections(replayed, clauses[b], items[b], sections[b], entries, means, b),
            }
        )
    return answers


def _by_branch(frame: pl.DataFrame) -> dict[int, list[Row]]:
    rows = frame.iter_rows(named=True)
    return {b: list(group) for b, group in groupby(rows, key=itemgetter("b"))}


def _grade(rubric: Rubric, total: int, vetoed: bool, judged: bool) -> str | None:
    """Return the grade's word: the veto's, or the highest band that the total reaches."""
    if vetoed and rubric.veto:
        return rubric.veto.grade.zh
    bands = sorted(rubric.bands, key=lambda band: -band.at_least)
    return next((band.grade.zh for band in bands if total >= band.at_least), None) if judged else None


def _sections(
    replayed: Replay,
    clauses: list[Row],
    items: list[Row],
    sections: list[Row],
    entries: Mapping[tuple[int, int], list[Row]],
    means: MeanScores | None,
    b: int,
) -> list[Row]:
    rubric = replayed.context.plan.rubric
    clause_rows, item_rows = iter(zip(clauses, rubric.clauses(), strict=True)), iter(items)
    answers = []
    for number, (section, row) in enumerate(zip(rubric.sections, sections, strict=True)):
        answer_items = []
        for item in section.items:
            item_row = next(item_rows)
            item_clauses = []
            for _ in item.clauses:
                clause_row, clause = next(clause_rows)
                answer: Row = {
                    "id": clause.id,
                    "points": print_points(clause.points),
                    **_clause_points(clause_row, means),
                }
                if replayed.context.explain:
                    answer["entries"] = entries.get((b, clause_row["clause"]), [])
                item_clauses.append(answer)
            points = means.item_points(item_row) if means else item_row
            answer_items.append(
                {
                    "id": item.id,
                    "group": item.group.zh if item.group else None,
                    "title": item.title.zh,
                    "points": print_points(item.points),
                    "score": print_points(points["score"]),
                    "at_risk": print_points(points["at_risk"]),
                    "unassessed": print_points(points["unassessed"]),
                    "clauses": item_clauses,
                }
            )
        score = means.sections[b, number] if means else row["score"]
        answers.append(
            {
                "id": section.id,
                "title": section.title.zh,
                "points": print_points(section.points),
                "score": print_points(score),
                "items": answer_items,
            }
        )
    return answers


def _clause_points(row: Row, means: MeanScores | None) -> Row:
    if means is not None:
        row = means.clause_points(row)
    return {
        "score": print_points(row["score"]),
        "computed": print_points(row["computed"]),
        **{who: None if row[who] is None else print_points(row[who]) for who in ASSESSORS},
        "at_risk": print_points(row["at_risk"]),
        "unassessed": print_points(row["unassessed"]),
        "owed": row["owed"],
    }


def entry_rows(replayed: Replay, means: MeanScores | None = None) -> dict[tuple[int, int], list[Row]]:
    """List the entries of every branch and clause as the contract shows them.

    In order of due day; judgements, which stand over what the rules came to, at the end.
    """
    listed: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    rows = replayed.entries.filter(pl.col("clause") >= 0).iter_rows(named=True)
    for row in sorted(rows, key=told_in_order):
        listed[row["b"], row["clause"]].append(_entry(row))
    for place, shown in _judgement_entries(replayed, means):
        listed[place].append(shown)
    return listed


def _entry(row: Row) -> Row:
    return {
        "state": row["state"],
        "points": print_points(row["points"]),
        "cause": row["cause"],
        "window": row["window"],
        "due_on": row["due_on"].isoformat(),
        "required": print_units(row["required"]),
        "done": print_units(row["done"]),
        "member": row["member"],
        "advisory": row["advisory"],
        "events": row["events"] or [],
    }


def _judgement_entries(replayed: Replay, means: MeanScores | None) -> Iterable[tuple[tuple[int, int], Row]]:
    """Yield the entries that judgements make: grades, the difference of a standing one, waived ones."""
    grades = means.grades if means else {}
    for place, grade in grades.items():
        moved = half_up(grade.value)
        yield place, _plain_entry("gained", moved, "graded", grade.day.isoformat(), grade.events)
    judged = {
        (row["b"], row["clause"], row["assessor"]): row
        for row in replayed.scores.judgements.iter_rows(named=True)
    }
    end = replayed.context.period.end.isoformat()
    for row in replayed.scores.clauses.iter_rows(named=True):
        place = (row["b"], row["clause"])
        if row["standing"] is None:
            if row["waived"]:
                yield place, _plain_entry("waived", 0, "assessed:waived", end, [row["waiver"]])
            continue
        who = next(name for name in ("department", "superior", "self") if (*place, name) in judged)
        judgement = judged[(*place, who)]
        before = half_up(grades[place].value) if place in grades else row["unclipped"]
        moved = row["standing"] - before
        state = "gained" if moved >= 0 else "lost"
        day = judgement["day"].isoformat()
        yield place, _plain_entry(state, moved, f"assessed:{who}", day, [judgement["id"]])


def _plain_entry(state: str, points: int, cause: str, day: str, events: list[str]) -> Row:
    return {
        "state": state,
        "points": print_points(points),
        "cause": cause,
        "window": None,
        "due_on": day,
        "required": None,
        "done": None,
        "member": None,
        "advisory": False,
        "events": events,
    }


def _vetoes(replayed: Replay) -> dict[int, list[Row]]:
    """List the findings that leave a branch unrated."""
    context = replayed.context
    if context.plan.veto is None:
        return {}
    found: defaultdict[int, list[Row]] = defaultdict(list)
    hits = context.matched([(context.plan.veto.index, 0)], ["b", "stands", "pos", "id", "category"])
    for row in hits.filter(context.in_period()).sort("stands", "pos").iter_rows(named=True):
        entry = _plain_entry("lost", 0, f"veto:{row['category']}", row["stands"].isoformat(), [row["id"]])
        found[row["b"]].append(entry)
    return found
