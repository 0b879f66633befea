"""Judging: one clause over all branches, or one branch over all clauses, committed at once.

In: points and notes beside what the rules came to and what others judged. Out: one judgement for each that
was typed, all or nothing. Deliberately absent: passing over another's newer judgement unseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ledger.errors import Refused
from ledger.events import Event, parse_event
from ledger.intake.batch import Outcome
from ledger.problems import Problem
from ledger.words import Words
from projections.engine.results import ASSESSORS, BranchScore, ClauseScore
from rubrics.numbers import print_points
from web.forms import without_place
from web.pages.office.scope import Asked, asked_for, scored
from web.pages.saying import Entered, ImpactLine, assessor_label, entry_said, impact_lines, title_of
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS

if TYPE_CHECKING:
    from ledger.store.codec import Recorded

_MOST_ENTRIES = 12


@dataclass(slots=True)
class Judged:
    """One clause of one branch: what stands, what is typed."""

    key: str
    branch: str
    clause: str
    what: str
    full: str
    computed: str
    judgements: Sequence[tuple[str, str, str]]
    entries: Sequence[Entered]
    seen: str
    points: str = ""
    note: str = ""
    problem: str = ""
    newer: str = ""
    stands: str = field(default="")


def assess(ask: Ask) -> Answer:
    """Show what is to be judged; record what was judged."""
    asked = asked_for(ask, ask.params["rubric"], ask.params["period"])
    codes = scored(ask, asked)
    clause, branch = ask.query.text("clause"), ask.query.text("branch")
    ids = [one.id for one in asked.plan.rubric.clauses()]
    if (clause and clause not in ids) or (branch and branch not in codes):
        raise Problematic(404, WORDS["hidden_page"])
    if not clause and not branch:
        clause = next((c.id for c in asked.plan.rubric.clauses() if c.assessed or c.graded), ids[0])
    assessor = _assessor(ask)
    rows = _rows(ask, asked, [branch] if branch else codes, [clause] if clause else ids, assessor)
    problems: list[str] = []
    preview: dict[str, object] | None = None
    if ask.posted:
        _take_typed(ask, rows)
        try:
            outcomes = _record(ask, asked, rows, assessor)
        except Refused as refused:
            problems = _tell(ask, rows, refused)
        else:
            if ask.saves:
                return SeeOther(_place(ask, asked, clause=clause, branch=branch, saved=str(len(outcomes))))
            preview = {"notes": [], "lines": _would_move(ask, outcomes)}
    values: dict[str, Any] = {
        "title": title_of(ask, asked.plan.rubric.title),
        "period": asked.period.name,
        "rows": rows,
        "one_branch": branch,
        "clause": clause,
        "heading": ask.tree.name_of(branch) if branch else f"{clause} {_titles(ask, asked)[clause]}",
        "assessor": assessor_label(ask, assessor),
        "assessors": [(one, assessor_label(ask, one)) for one in _as_whom(ask)],
        "as": assessor,
        "clauses": [(one, _titles(ask, asked)[one]) for one in ids],
        "branches": [(code, ask.tree.name_of(code)) for code in codes],
        "action": _place(ask, asked, clause=clause, branch=branch),
        "board": address("o", ask.branch, asked.plan.rubric.id, asked.period.name),
        "problems": problems,
        "preview": preview,
        "saved": ask.query.text("saved"),
    }
    return Page("office/assess.html", values, 422 if problems else 200)


def _place(ask: Ask, asked: Asked, **query: str | None) -> str:
    return address(
        "o", ask.branch, "assess", asked.plan.rubric.id, asked.period.name, **query, **{"as": _assessor(ask)}
    )


def _as_whom(ask: Ask) -> tuple[str, ...]:
    found = ask.actor.assessors(ask.branch, ask.tree)
    return found if ask.actor.holder else tuple(one for one in found if one != "self")


def _assessor(ask: Ask) -> str:
    """Return as whom is judged: as asked, else the highest that the actor may be."""
    may = _as_whom(ask)
    wanted = ask.query.text("as")
    if wanted in may:
        return wanted
    return "superior" if "superior" in may else may[-1]


def _titles(ask: Ask, asked: Asked) -> dict[str, str]:
    return {id_: ask.pick(words) for id_, words in ask.desk.forms.words(asked.plan.rubric).titles.items()}


def _rows(
    ask: Ask, asked: Asked, codes: Sequence[str], clauses: Sequence[str], assessor: str
) -> list[Judged]:
    if not codes:
        return []
    found = ask.desk.score(asked.plan, asked.period, branches=codes, explain=True)
    titles = _titles(ask, asked)
    return [
        _row(ask, asked, score, clause, titles[clause.id], assessor)
        for score in found.scores
        for clause in score.clauses()
        if clause.id in clauses
    ]


def _row(
    ask: Ask, asked: Asked, score: BranchScore, clause: ClauseScore, title: str, assessor: str
) -> Judged:
    judged = [(who, found) for who in ASSESSORS if (found := clause.judged_by(who)) is not None]
    own = next((found for who, found in judged if who == assessor), None)
    telling = [one for one in clause.entries if one.state != "met" and not one.cause.startswith("assessed")]
    return Judged(
        key=f"{score.branch}.{clause.id}",
        branch=ask.tree.name_of(score.branch),
        clause=clause.id,
        what=title,
        full=print_points(clause.points),
        computed=print_points(clause.computed),
        judgements=[(assessor_label(ask, w), print_points(f.points), f.note or "") for w, f in judged],
        entries=[entry_said(ask, one, score.branch, asked.plan.rubric) for one in telling[:_MOST_ENTRIES]],
        seen="" if own is None else own.event,
        stands="" if own is None else print_points(own.points),
    )


def _take_typed(ask: Ask, rows: list[Judged]) -> None:
    for row in rows:
        row.points = ask.form.text(f"points.{row.key}")
        row.note = ask.form.text(f"note.{row.key}")
        known = ask.form.text(f"seen.{row.key}")
        if row.points and known != row.seen:
            row.newer = row.stands


def _would_move(ask: Ask, outcomes: Sequence[Outcome]) -> list[ImpactLine]:
    """Return what judgements that were only tried would move, branch by branch."""
    by_branch: dict[str, list[Recorded]] = {}
    for outcome in outcomes:
        by_branch.setdefault(outcome.recorded.branch, []).append(outcome.recorded)
    return [line for events in by_branch.values() for line in impact_lines(ask, ask.desk.impact_of(events))]


def _record(ask: Ask, asked: Asked, rows: list[Judged], assessor: str) -> list[Outcome]:
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


def _tell(ask: Ask, rows: list[Judged], refused: Refused) -> list[str]:
    told = []
    for problem in refused.problems:
        said = without_place(problem, ask.language)
        if problem.line is not None:
            rows[problem.line].problem = said
            row = rows[problem.line]
            said = f"{row.branch} {row.clause}：{said}"
        told.append(said)
    return told
