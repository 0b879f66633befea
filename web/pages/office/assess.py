"""Judging: one clause over all branches, or one branch over all clauses, committed at once.

In: points and notes beside what the rules came to and what others judged. Out: one judgement for each that
was typed, all or nothing. Deliberately absent: passing over another's newer judgement unseen.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.errors import Refused
from projections.engine.results import ASSESSORS, Assessor, BranchScore, ClauseScore
from projections.text.scores import bounded
from rubrics.numbers import print_points
from web.pages.office.judging import (
    Count,
    Judged,
    Place,
    by_hand,
    counted_words,
    counts,
    is_left,
    next_left,
    record,
    take_typed,
    tell,
    total,
    would_move,
)
from web.pages.office.scope import (
    About,
    Asked,
    Choice,
    asked_for,
    branches_below,
    choice,
    form_choices,
    scored,
    trial,
)
from web.pages.saying import (
    assessor_label,
    assessor_words,
    clause_titles,
    entry_said,
    title_of,
    unjudged_said,
)
from web.request.asked import Answer, Ask, Page, Problematic, SeeOther, address
from web.words import WORDS

_MOST_ENTRIES = 12


def assess(ask: Ask) -> Answer:
    """Show what is to be judged; record what was judged."""
    asked = asked_for(ask, ask.params["rubric"], ask.params["period"])
    codes = scored(ask, asked)
    clause, branch = ask.query.text("clause"), ask.query.text("branch")
    ids = [one.id for one in asked.plan.rubric.clauses()]
    if (clause and clause not in ids) or (branch and branch not in branches_below(ask)):
        raise Problematic(404, WORDS["hidden_page"])
    assessor, hand = _assessor(ask), by_hand(asked.plan.rubric)
    wanted = [branch] if branch else codes
    scores = ask.desk.score(asked.plan, asked.period, branches=wanted, explain=True).scores if wanted else ()
    found = counts(scores, hand, assessor)
    if not clause and not branch:
        clause = next((one for one in found if found[one].left), next(iter(found), ids[0]))
    place = Place(clause, branch, assessor, ask.query.text("left") == "1")
    rows = _rows(ask, asked, scores, place, hand)
    problems: list[str] = []
    preview: dict[str, object] | None = None
    if ask.posted:
        take_typed(ask, rows)
        try:
            outcomes = record(ask, asked, rows, assessor)
        except Refused as refused:
            problems = tell(ask, rows, refused)
        else:
            if ask.saves:
                return SeeOther(place.address(ask, *_about(asked), saved=str(len(outcomes))))
            preview = {"notes": [], "lines": would_move(ask, outcomes)}
    values: dict[str, Any] = {
        "title": title_of(ask, asked.plan.rubric.title),
        "period": asked.period.name,
        "rows": rows,
        "trial": trial(ask, asked, wanted),
        "at": place,
        "heading": _heading(ask, asked, place),
        "assessor": assessor_label(ask, assessor),
        "assessors": [(one, assessor_label(ask, one)) for one in _as_whom(ask)],
        "clauses": _clause_choices(ask, asked, hand),
        "branches": [(code, ask.tree.name_of(code)) for code in codes],
        "choice": _choice(ask, asked, place),
        "counted": ask.pick(counted_words(total(found), assessor_words(assessor))),
        "next": _next(ask, asked, place, found, ids, codes),
        "action": place.address(ask, *_about(asked)),
        "board": address("o", ask.branch, *_about(asked)),
        "problems": problems,
        "preview": preview,
        "saved": ask.query.text("saved"),
    }
    return Page("office/assess.html", values, 422 if problems else 200)


def _about(asked: Asked) -> About:
    return About(asked.plan.rubric.id, asked.period.name)


def _as_whom(ask: Ask) -> tuple[Assessor, ...]:
    found = ask.actor.assessors(ask.branch, ask.tree)
    return tuple(one for one in ASSESSORS if one in found and (one != "self" or ask.actor.holder))


def _assessor(ask: Ask) -> Assessor:
    """Return as whom is judged: as asked, else the highest that the actor may be."""
    may, wanted = _as_whom(ask), ask.query.text("as")
    return next((one for one in may if one == wanted), "superior" if "superior" in may else may[-1])


def _heading(ask: Ask, asked: Asked, place: Place) -> str:
    clause = f"{place.clause} {clause_titles(ask, asked.plan.rubric)[place.clause]}" if place.clause else ""
    return " · ".join(filter(None, (ask.tree.name_of(place.branch) if place.branch else "", clause)))


def _clause_choices(ask: Ask, asked: Asked, hand: frozenset[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the clauses to choose from, those judged by hand apart from those that the log computes."""
    titles = list(clause_titles(ask, asked.plan.rubric).items())
    groups = (
        ("clauses_by_hand", [one for one in titles if one[0] in hand]),
        ("clauses_computed", [one for one in titles if one[0] not in hand]),
    )
    return [(ask.pick(WORDS[word]), listed) for word, listed in groups if listed]


def _choice(ask: Ask, asked: Asked, place: Place) -> Choice:
    """Return other forms and periods; another form has other clauses."""

    def there(rubric: str, period: str) -> str:
        same = rubric == asked.plan.rubric.id
        return (place if same else place._replace(clause="")).address(ask, rubric, period)

    return choice(ask, asked, [one.value for one in form_choices(ask)], there)


def _next(
    ask: Ask,
    asked: Asked,
    place: Place,
    found: Mapping[str, Count],
    ids: Sequence[str],
    codes: Sequence[str],
) -> tuple[str, str] | None:
    """Return where to go on judging: the next clause of which something is left, or the next organisation."""
    if place.branch:
        at = codes.index(place.branch) + 1 if place.branch in codes else len(codes)
        if at >= len(codes):
            return None
        there = place._replace(branch=codes[at])
        return ask.pick(WORDS["next_branch"]).replace("{}", ask.tree.name_of(codes[at])), there.address(
            ask, *_about(asked)
        )
    clause = next_left(found, ids, place.clause)
    if clause is None:
        return None
    title = clause_titles(ask, asked.plan.rubric)[clause]
    said = ask.pick(WORDS["next_clause"]).replace("{}", f"{clause} {title}", 1)
    return said.replace("{}", str(found[clause].left)), place._replace(clause=clause).address(
        ask, *_about(asked)
    )


def _rows(
    ask: Ask, asked: Asked, scores: Sequence[BranchScore], place: Place, hand: frozenset[str]
) -> list[Judged]:
    titles = clause_titles(ask, asked.plan.rubric)
    rows = []
    for score in scores:
        for clause in score.clauses():
            key = f"{score.branch}.{clause.id}"
            left = is_left(clause, hand, place.assessor)
            # What was typed stays, though another may have judged it meanwhile.
            wanted = left or not place.left or ask.form.text(f"points.{key}") or ask.form.text(f"note.{key}")
            if wanted and place.clause in ("", clause.id):
                row = _row(ask, asked, score, clause, place)
                row.what, row.left = titles[clause.id], left
                row.computed = "" if clause.id in hand else row.computed
                rows.append(row)
    return rows


def _row(ask: Ask, asked: Asked, score: BranchScore, clause: ClauseScore, place: Place) -> Judged:
    judged = [(who, found) for who in ASSESSORS if (found := clause.judged_by(who)) is not None]
    own = next((found for who, found in judged if who == place.assessor), None)
    telling = [one for one in clause.entries if one.state != "met" and not one.cause.startswith("assessed")]
    return Judged(
        key=f"{score.branch}.{clause.id}",
        branch=ask.tree.name_of(score.branch),
        clause=clause.id,
        full=print_points(clause.points),
        computed=print_points(clause.computed),
        unjudged=unjudged_said(ask, clause),
        waived=clause.waived,
        judgements=[(assessor_label(ask, w), print_points(f.points), f.note or "") for w, f in judged],
        bound=ask.pick(bounded(clause)),
        entries=[entry_said(ask, one, score.branch, asked.plan.rubric) for one in telling[:_MOST_ENTRIES]],
        seen="" if own is None else own.event,
        score=address("b", score.branch, "score", *_about(asked)) + f"#c-{clause.id}",
        stands="" if own is None else print_points(own.points),
    )
