"""What was judged: from what was typed to judgements on record, all or none.

In: rows with points and notes. Out: one judgement for each row that has points, or what is wrong, row by row.
Deliberately absent: passing over another's newer judgement unseen.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger.events import Event, parse_event
from ledger.intake.batch import Outcome
from ledger.problems import Problem
from ledger.words import Words
from web.forms import without_place
from web.pages.office.judging import Judged
from web.pages.office.scope import Asked
from web.pages.saying import ImpactLine, impact_lines
from web.request.asked import Ask

if TYPE_CHECKING:
    from ledger.store.codec import Recorded


def take_typed(ask: Ask, rows: list[Judged]) -> None:
    """Put what was typed into its rows, with the newer judgement of whom it would pass over."""
    for row in rows:
        row.points = ask.form.text(f"points.{row.key}")
        row.note = ask.form.text(f"note.{row.key}")
        known = ask.form.text(f"seen.{row.key}")
        if row.points and known != row.seen:
            row.newer = row.stands


def would_move(ask: Ask, outcomes: Sequence[Outcome]) -> list[ImpactLine]:
    """Return what judgements that were only tried would move, branch by branch."""
    by_branch: dict[str, list[Recorded]] = {}
    for outcome in outcomes:
        by_branch.setdefault(outcome.recorded.branch, []).append(outcome.recorded)
    return [line for events in by_branch.values() for line in impact_lines(ask, ask.desk.impact_of(events))]


def record(ask: Ask, asked: Asked, rows: list[Judged], assessor: str) -> list[Outcome]:
    """Record what was typed, or only try. Raises Refused, also where somebody judged meanwhile unseen."""
    problems: list[Problem] = []
    events: list[Event] = []
    places: list[int] = []
    for at, row in enumerate(rows):
        if not row.points:
            if row.note:
                hint = Words("请填评分，或清空备注", "Give the points, or clear the note")
                problems.append(
                    Problem(
                        Words("只有备注，没有评分", "has a note and no points"), "points", hint=hint, line=at
                    )
                )
            continue
        if row.newer:
            words = Words(f"其间已有新的评分 {row.newer}", f"was judged meanwhile: {row.newer}")
            hint = Words("看过后仍要改，请再保存一次", "Save once more to pass over it")
            problems.append(Problem(words, "points", hint=hint, line=at))
            continue
        try:
            events.append(_event(ask, asked, row, assessor))
            places.append(at)
        except Refused as refused:
            problems += [Problem(p.expected, p.field, p.found, p.hint, line=at) for p in refused.problems]
    if problems:
        raise Refused(problems)
    if not events:
        return []
    try:
        return ask.desk.record(events, trial=not ask.saves)
    except Refused as refused:
        raise Refused(
            [
                Problem(p.expected, p.field, p.found, p.hint, line=places[(p.line or 1) - 1])
                for p in refused.problems
            ]
        ) from None


def _event(ask: Ask, asked: Asked, row: Judged, assessor: str) -> Event:
    code = row.key.removesuffix(f".{row.clause}")
    data: dict[str, object] = {
        "rubric": asked.plan.rubric.id,
        "clause": row.clause,
        "assessor": assessor,
        "points": row.points,
        "period": asked.period.name,
        "note": row.note or None,
    }
    return parse_event(
        {
            "branch": code,
            "type": "clause_assessed",
            "occurred_on": ask.today.isoformat(),
            "recorded_by": ask.actor.code,
            "data": data,
        }
    )


def tell(ask: Ask, rows: list[Judged], refused: Refused) -> list[str]:
    """Put each problem into its row; return the sentences of a summary."""
    told = []
    for problem in refused.problems:
        said = without_place(problem, ask.language)
        if problem.line is not None:
            rows[problem.line].problem = said
            row = rows[problem.line]
            said = f"{row.branch} {row.clause}：{said}"
        told.append(said)
    return told
