"""The reference: `scores(...)` answers what a replay must answer.

In: the log as plain dicts in full-export shape, a rubric, a period's name, a day, a position, branches.
Out: the `scores` list of a replay's JSON, and the period. Deliberately absent: speed.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rubrics.model import Item, Rubric, Section
from rubrics.numbers import print_points
from tests.reference.naive.clauses import ClauseScore, score_clause
from tests.reference.naive.effective import effective_events
from tests.reference.naive.entries import printed, rounded
from tests.reference.naive.kinds.events import veto
from tests.reference.naive.periods import Day, period_named
from tests.reference.naive.roster import Replay


def replay_answer(
    log: Sequence[dict[str, Any]],
    rubric: Rubric,
    period: str,
    on: Day,
    as_of: int | None = None,
    branches: Sequence[str] | None = None,
) -> dict[str, Any]:
    """The period and the scores. `branches` left out: every branch that is registered in the prefix.

    Who was dissolved before the period began is left out either way.
    """
    span = period_named(period, rubric.year_start)
    replay = Replay(tuple(effective_events(log, as_of)), rubric, span, on)
    wanted = replay.registrations if branches is None else branches
    rows = [branch_row(replay, branch) for branch in sorted(wanted) if replay.is_scored(branch)]
    for row in rows:
        row["rank"] = 1 + sum(1 for other in rows if Fraction(other["total"]) > Fraction(row["total"]))
    return {
        "period": {"name": span.label, "start": span.start.isoformat(), "end": span.end.isoformat()},
        "scores": rows,
    }


def scores(
    log: Sequence[dict[str, Any]],
    rubric: Rubric,
    period: str,
    on: Day,
    as_of: int | None = None,
    branches: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """The `scores` of the answer."""
    rows: list[dict[str, Any]] = replay_answer(log, rubric, period, on, as_of, branches)["scores"]
    return rows


def branch_row(replay: Replay, branch: str) -> dict[str, Any]:
    rubric = replay.rubric
    judge = _mean_section if rubric.aggregate == "mean" else _summed_section
    results = {clause.id: score_clause(replay, branch, clause) for clause in rubric.clauses()}
    sections = [judge(section, results) for section in rubric.sections]
    bonus = sum(_hundredths(s["score"]) for s, m in zip(sections, rubric.sections, strict=True) if m.bonus)
    items = [item for section in sections for item in section["items"]]
    if rubric.aggregate == "mean":
        values = [result.value for result in results.values()]
        base = rounded(_mean(values) * 100)
        bonus, at_risk, in_play = 0, 0, 10000
        unassessed = rounded(Fraction(10000 * values.count(None), len(values)))
        anything = any(value is not None for value in values)
    else:
        base = sum(_hundredths(section["score"]) for section in sections) - bonus
        at_risk = sum(_hundredths(item["at_risk"]) for item in items)
        unassessed = sum(_hundredths(item["unassessed"]) for item in items)
        in_play = sum(_section_in_play(section, results) for section in rubric.sections)
        anything = True
    vetoed = list(veto(replay, branch, rubric.veto)) if rubric.veto else []
    total = base + bonus
    grade = _grade(rubric, total) if anything else None
    if vetoed and rubric.veto:
        grade = rubric.veto.grade.zh
    return {
        "branch": branch,
        "total": print_points(total),
        "base": print_points(base),
        "bonus": print_points(bonus),
        "at_risk": print_points(at_risk),
        "unassessed": print_points(unassessed),
        "in_play": print_points(in_play),
        "grade": grade,
        "vetoed": bool(vetoed),
        "veto": [printed(entry, 0) for entry in vetoed],
        "sections": sections,
    }


def _hundredths(points: str) -> int:
    return int(Fraction(points) * 100)


def _grade(rubric: Rubric, total: int) -> str | None:
    """The highest band whose lower bound the total reaches."""
    reached = [band for band in rubric.bands if total >= band.at_least]
    return max(reached, key=lambda band: band.at_least).grade.zh if reached else None


def _mean(values: Sequence[Fraction | None]) -> Fraction:
    """The mean of the criteria judged; 0 while none is."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else Fraction(0)


def _row(item: Item, score: int, at_risk: int, unassessed: int, results: list[ClauseScore]) -> dict[str, Any]:
    return {
        "id": item.id,
        "group": item.group.zh if item.group else None,
        "title": item.title.zh,
        "points": print_points(item.points),
        "score": print_points(score),
        "at_risk": print_points(at_risk),
        "unassessed": print_points(unassessed),
        "clauses": [result.printed() for result in results],
    }


def _section(section: Section, score: int, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title.zh,
        "points": print_points(section.points),
        "score": print_points(score),
        "items": items,
    }


def _summed_section(section: Section, results: dict[str, ClauseScore]) -> dict[str, Any]:
    """Items are what no zero-start clause has to earn, less what was lost, plus what was gained."""
    rows, total = [], 0
    for item in section.items:
        clauses = [results[clause.id] for clause in item.clauses]
        base = max(0, item.points - sum(c.clause.points for c in clauses if not c.full))
        lost = sum(c.clause.points - c.score for c in clauses if c.full)
        gained = sum(c.score for c in clauses if not c.full)
        score = min(max(base - lost + gained, 0), item.points)
        at_risk = min(sum(c.at_risk for c in clauses), score)
        rows.append(_row(item, score, at_risk, sum(c.unassessed for c in clauses), clauses))
        total += score
    return _section(section, min(total, section.points) if section.bonus else total, rows)


def _mean_section(section: Section, results: dict[str, ClauseScore]) -> dict[str, Any]:
    """Items and sections are means of the criteria judged, on the scale of 100."""
    rows, all_values = [], []
    for item in section.items:
        clauses = [results[clause.id] for clause in item.clauses]
        values = [c.value for c in clauses]
        unassessed = rounded(Fraction(10000 * values.count(None), len(values)))
        rows.append(_row(item, rounded(_mean(values) * 100), 0, unassessed, clauses))
        all_values += values
    return _section(section, rounded(_mean(all_values) * 100), rows)


def _section_in_play(section: Section, results: dict[str, ClauseScore]) -> int:
    """The points of what the period asked for, as items and caps allow."""
    total = 0
    for item in section.items:
        owed = sum(clause.points for clause in item.clauses if results[clause.id].owed)
        rest = max(0, item.points - sum(clause.points for clause in item.clauses))
        total += min(item.points, owed + rest)
    return min(total, section.points) if section.bonus else total
