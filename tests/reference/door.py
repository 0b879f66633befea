"""The door to the engine for the tests that compare it with the reference.

In: what the reference takes. Out: the `scores` of the engine's answer, as its JSON has them. Deliberately
absent: any scoring; who was dissolved before the period began is not asked for, as the engine refuses it.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ledger.events import CATALOGUE, canonical_data, parse_payload
from projections.engine.entries import Entry
from projections.engine.logs import Row, RowsAtHand
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import replay
from projections.engine.results import ASSESSORS, Answer, BranchScore, ClauseScore
from rubrics.model import Rubric
from rubrics.numbers import print_points

from .effective import effective_events
from .entries import plain
from .periods import Day, period_named
from .roster import Replay


def log_of(events: Sequence[dict[str, Any]]) -> RowsAtHand:
    """The events in full-export shape as the rows that the store would give."""
    rows: dict[str, list[Row]] = {}
    for event in sorted(events, key=lambda event: event["position"]):
        data = canonical_data(parse_payload(event["type"], event["data"]))
        version = CATALOGUE[event["type"]].schema_version
        head = (event["position"], event["id"], event["type"], version)
        rows.setdefault(event["branch"], []).append(
            (*head, event["occurred_on"], event.get("counts_for"), data)
        )
    return RowsAtHand(rows)


def score_with_engine(
    events: Sequence[dict[str, Any]],
    rubric: Rubric,
    period: str,
    on: Day,
    as_of: int | None = None,
    branches: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Score the events with the engine, entries and all."""
    prefix = [event for event in events if as_of is None or event["position"] <= as_of]
    known = Replay(tuple(effective_events(prefix)), rubric, period_named(period, rubric.year_start), on)
    asked = known.registrations if branches is None else branches
    answer = replay(
        log_of(prefix),
        Plan(rubric),
        parse_period(period, rubric.year_start),
        on=on,
        upto=len(events),
        branches=[branch for branch in asked if known.is_scored(branch)],
        explain=True,
    )
    return [_branch(answer, score) for score in answer.scores]


def _branch(answer: Answer, score: BranchScore) -> dict[str, Any]:
    points = ("total", "base", "bonus", "at_risk", "unassessed", "in_play")
    return {
        "branch": score.branch,
        **{name: print_points(getattr(score, name)) for name in points},
        "grade": score.grade.zh if score.grade else None,
        "vetoed": score.vetoed,
        "veto": [_entry(entry) for entry in score.veto],
        "rank": score.rank,
        "sections": [
            {
                "id": section.id,
                "title": told.title.zh,
                "points": print_points(section.points),
                "score": print_points(section.score),
                "items": [
                    {
                        "id": item.id,
                        "group": named.group.zh if named.group else None,
                        "title": named.title.zh,
                        "points": print_points(item.points),
                        "score": print_points(item.score),
                        "at_risk": print_points(item.at_risk),
                        "unassessed": print_points(item.unassessed),
                        "clauses": [_clause(clause) for clause in item.clauses],
                    }
                    for item, named in zip(section.items, told.items, strict=True)
                ],
            }
            for section, told in zip(score.sections, answer.rubric.sections, strict=True)
        ],
    }


def _clause(clause: ClauseScore) -> dict[str, Any]:
    judged = {name: clause.judged_by(name) for name in ASSESSORS}
    return {
        "id": clause.id,
        "points": print_points(clause.points),
        "score": print_points(clause.score),
        "computed": print_points(clause.computed),
        **{name: print_points(said.points) if said else None for name, said in judged.items()},
        "at_risk": print_points(clause.at_risk),
        "unassessed": print_points(clause.unassessed),
        "owed": clause.owed,
        "entries": [_entry(entry) for entry in clause.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "state": entry.state,
        "points": print_points(entry.points),
        "cause": entry.cause,
        "window": entry.label,
        "due_on": entry.due_on.isoformat(),
        "required": _units(entry.required),
        "done": _units(entry.done),
        "member": entry.member,
        "advisory": entry.advisory,
        "events": list(entry.events),
    }


def _units(hundredths: int | None) -> str | None:
    return None if hundredths is None else plain(Fraction(hundredths, 100))
