"""The typed tree of a replay by the set-wise engine, until the fold answers it itself.

In: a `Replay` of frames. Out: `Answer`. Deliberately absent: everything that stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from projections.engine.entries import Entry
from projections.engine.periods import Window, parse_period
from projections.engine.results import (
    Answer,
    BranchScore,
    ClauseScore,
    Grade,
    ItemScore,
    Judgement,
    SectionScore,
    Source,
)
from projections.entries import told_in_order
from projections.judgements import read_grades
from projections.means import build_means, half_up
from projections.replay import Replay
from rubrics.model import Rubric

Row = dict[str, Any]


def typed(replayed: Replay, upto: int) -> Answer:
    """Turn a replay of frames into the tree."""
    context, rubric = replayed.context, replayed.context.plan.rubric
    codes = dict(context.branches.select("b", "code").iter_rows())
    means: Any = build_means(replayed) if rubric.aggregate == "mean" else None
    grades = read_grades(context) if rubric.grades else {}
    judged: dict[Any, Judgement] = {
        (row["b"], row["clause"], row["assessor"]): Judgement(
            row["assessor"], row["judged"], row["day"], row["id"], None
        )
        for row in replayed.scores.judgements.iter_rows(named=True)
    }
    entries = _entries(replayed, grades, judged) if context.explain else {}
    clauses, items, sections = (
        _by_branch(f) for f in (replayed.scores.clauses, replayed.scores.items, replayed.scores.sections)
    )
    totals = {row["b"]: row for row in replayed.scores.branches.iter_rows(named=True)}
    vetoes = _vetoes(replayed)
    scores = []
    for b in context.asked["b"].to_list():
        total = means.totals[b] if means else totals[b]
        found = _tree(rubric, clauses[b], items[b], sections[b], entries, means, grades, judged, b)
        veto = tuple(vetoes.get(b, ()))
        scores.append(
            BranchScore(
                branch=codes[b], total=total["total"], base=total["base"], bonus=total["bonus"],
                at_risk=total["at_risk"], unassessed=total["unassessed"], in_play=total["in_play"],
                grade=_grade(rubric, total["total"], bool(veto), means is None or total["judged"]),
                veto=veto, sections=found, rank=total["rank"],
            )
        )  # fmt: skip
    return Answer(rubric, context.period, context.on, upto, context.explain, tuple(scores))


def _by_branch(frame: pl.DataFrame) -> dict[int, list[Row]]:
    rows = frame.iter_rows(named=True)
    return {b: list(group) for b, group in groupby(rows, key=itemgetter("b"))}


def _grade(rubric: Rubric, total: int, vetoed: bool, judged: bool) -> Any:
    if vetoed and rubric.veto:
        return rubric.veto.grade
    bands = sorted(rubric.bands, key=lambda band: -band.at_least)
    return next((band.grade for band in bands if total >= band.at_least), None) if judged else None


def _tree(
    rubric: Rubric,
    clauses: list[Row],
    items: list[Row],
    sections: list[Row],
    entries: Mapping[Any, list[Entry]],
    means: Any,
    grades: Mapping[Any, Any],
    judged: Mapping[Any, Judgement],
    b: int,
) -> tuple[SectionScore, ...]:
    clause_rows, item_rows, section_rows = iter(clauses), iter(items), iter(sections)
    made = []
    for number, section in enumerate(rubric.sections):
        found = []
        for item in section.items:
            item_row = next(item_rows)
            inner = []
            for clause in item.clauses:
                row = next(clause_rows)
                place = (b, row["clause"])
                shown = means.clause_points(row) if means else row
                columns = [judged.get((*place, who)) for who in ("self", "superior", "department")]
                over = next(
                    (j for j in reversed(columns) if j and (j.assessor != "self" or clause.assessed)), None
                )
                inner.append(
                    ClauseScore(
                        id=clause.id, points=clause.points, score=shown["score"],
                        computed=shown["computed"], unclipped=row["unclipped"], at_risk=shown["at_risk"],
                        unassessed=shown["unassessed"], owed=shown["owed"], self_=columns[0],
                        superior=columns[1], department=columns[2],
                        standing=over if row["standing"] is not None else None,
                        waived=bool(row["waived"]), grade=_typed_grade(grades.get(place)),
                        value=means.values[place] if means else None,
                        entries=tuple(entries.get(place, ())),
                    )
                )  # fmt: skip
            points = means.item_points(item_row) if means else item_row
            moved = item_row["base"] + item_row["moved"]
            found.append(
                ItemScore(item.id, item.points, points["score"], moved, points["at_risk"],
                          points["unassessed"], item_row["in_play"], tuple(inner))
            )  # fmt: skip
        row = next(section_rows)
        score = means.sections[b, number] if means else row["score"]
        made.append(
            SectionScore(section.id, section.points, section.bonus, score,
                         sum(i.score for i in found), row["in_play"], tuple(found))
        )  # fmt: skip
    return tuple(made)


def _typed_grade(grade: Any) -> Grade | None:
    if grade is None:
        return None
    sources = tuple(Source(s.name, s.voices, s.value, s.weight) for s in grade.sources)
    return Grade(grade.value, tuple(grade.events), grade.day, sources)


def _entries(
    replayed: Replay, grades: Mapping[Any, Any], judged: Mapping[Any, Judgement]
) -> dict[Any, list[Entry]]:
    listed: defaultdict[Any, list[Entry]] = defaultdict(list)
    start = replayed.context.plan.rubric.year_start
    rows = replayed.entries.filter(pl.col("clause") >= 0).iter_rows(named=True)
    for row in sorted(rows, key=told_in_order):
        listed[row["b"], row["clause"]].append(_entry(row, start))
    for place, grade in grades.items():
        listed[place].append(_plain(place, "gained", half_up(grade.value), "graded", grade.day, grade.events))
    end = replayed.context.period.end
    for row in replayed.scores.clauses.iter_rows(named=True):
        place = (row["b"], row["clause"])
        if row["standing"] is None:
            if row["waived"]:
                listed[place].append(_plain(place, "waived", 0, "assessed:waived", end, [row["waiver"]]))
            continue
        who = next(name for name in ("department", "superior", "self") if (*place, name) in judged)
        judgement = judged[(*place, who)]
        before = half_up(grades[place].value) if place in grades else row["unclipped"]
        moved = row["standing"] - before
        state = "gained" if moved >= 0 else "lost"
        listed[place].append(_plain(place, state, moved, f"assessed:{who}", judgement.day, [judgement.event]))
    return listed


@cache
def _window(label: str, start: int) -> Window:
    period = parse_period(label, start)
    return Window("", 0, label, period.start, period.end, period.start.toordinal(), period.end.toordinal())


def _entry(row: Row, start: int) -> Entry:
    return Entry(
        clause=row["clause"], rule=row["order"], state=row["state"], cause=row["cause"],
        due=row["due_on"].toordinal(), window=_window(row["window"], start) if row["window"] else None,
        member=row["member"], required=row["required"], done=row["done"], missing=row["missing"] or 0,
        began=0, advisory=row["advisory"], points=row["points"], risk=row["risk"],
        events=tuple(row["events"] or ()),
    )  # fmt: skip


def _plain(place: Any, state: Any, points: int, cause: str, day: date, events: Iterable[str]) -> Entry:
    return Entry(place[1], None, state, cause, day.toordinal(), points=points, events=tuple(events))


def _vetoes(replayed: Replay) -> dict[int, list[Entry]]:
    context = replayed.context
    if context.plan.veto is None:
        return {}
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    hits = context.matched([(context.plan.veto.index, 0)], ["b", "stands", "pos", "id", "category"])
    for row in hits.filter(context.in_period()).sort("stands", "pos").iter_rows(named=True):
        found[row["b"]].append(
            _plain((row["b"], -1), "lost", 0, f"veto:{row['category']}", row["stands"], [row["id"]])
        )
    return found


def obligations_of(store: Any, replayed: Any, branch: str, clause_id: str, morning: date) -> list[Any]:
    """List the obligations of a clause in the replayed period."""
    from projections.obligations import list_obligations
    from projections.owed import obligation_frame
    from projections.plan import Plan
    from projections.replay import build_context, read_log

    plan = Plan(replayed.rubric)
    context = build_context(
        read_log(store, plan, replayed.position, [branch]), plan, replayed.period, on=replayed.on,
        upto=replayed.position, branches=[branch], explain=True,
    )  # fmt: skip
    clause = {found.id: number for number, found in enumerate(plan.clauses)}[clause_id]
    frame = obligation_frame(context, morning, clauses={clause}, unmet_only=True)
    b = dict(context.branches.select("code", "b").iter_rows())[branch]
    return list(list_obligations(context, frame.filter(pl.col("b") == b), morning))
