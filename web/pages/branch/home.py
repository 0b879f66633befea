"""Where to go: the front, and a branch's own page: what presses, what was lost and why, what is at risk.

In: the day. Out: a page for whoever keeps the branch. Deliberately absent: whole scores (`score`).
"""

from datetime import timedelta
from typing import Any, NamedTuple

from ledger.access.actors import organisations_of
from ledger.access.scopes import Organisation
from projections.answers.history import Fates
from projections.engine.entries import Obligation
from projections.engine.periods import year_of
from projections.text.obligations import NOTHING_AT_STAKE, missing_counted, stake_words, whose
from projections.text.scores import comes_to_full, full_points
from rubrics.numbers import print_points
from rubrics.rules import Rule
from web.pages.branch.history import line_of
from web.pages.branch.log import form_that_meets, may_log
from web.pages.branch.score import earning_rules
from web.pages.office.scope import usual_board, usual_score
from web.pages.saying import (
    days_words,
    loss_lines,
    names_of,
    state_of,
    title_of,
    what_of,
)
from web.request.asked import Answer, Ask, Page, SeeOther, address

_LOSSES = 8
_LAST = 10
_AHEAD = timedelta(days=31)


def front(ask: Ask) -> Answer:
    """Lead to the only branch there is to keep, to an office's board, or let one choose."""
    if ask.desk_or_none is None or (not ask.tree and ask.actor.holder):
        return SeeOther("/start")
    own = sorted(ask.desk.readable)
    if not own and ask.actor.keeps_accounts:
        return SeeOther("/accounts")
    if len(own) == 1:
        return SeeOther(address("b", own[0]))
    over = organisations_of(ask.actor.grants)
    if len(over) == 1 and len(ask.actor.grants) == 1 and over[0] in ask.desk.readable:
        board = usual_board(ask, over[0])
        if board is not None:
            return SeeOther(board)
    return Page("front.html", {"organisations": _listed(ask)})


class Listed(NamedTuple):
    """An organisation in a list, with its place in the tree, and where its board and its score are."""

    organisation: Organisation
    depth: int
    board: str | None
    score: str | None


def _listed(ask: Ask) -> list[Listed]:
    """List what may be read as a tree, superiors first."""
    readable, found = ask.desk.readable, []

    def walk(code: str, depth: int) -> None:
        below = [child for child in ask.tree.children(code) if child in readable]
        board = usual_board(ask, code) if below else None
        found.append(Listed(ask.tree[code], depth, board, usual_score(ask, code)))
        for child in below:
            walk(child, depth + 1)

    for code in sorted(readable):
        if ask.tree[code].parent not in readable:
            walk(code, 0)
    return found


class Pressing(NamedTuple):
    """An obligation as the home page shows it."""

    duty: Obligation
    what: str
    form: str
    state: str
    days: str
    missing: str
    members: str
    points: str
    log: str | None


def branch(ask: Ask) -> Answer:
    """Show a branch's own page."""
    desk, code = ask.desk, ask.branch
    duties = [
        one
        for one in desk.due([code], until=ask.today + _AHEAD, unmet_only=True)
        if one.due_on >= ask.today - _AHEAD
    ]
    fates = Fates(desk.store, code, upto=desk.position)
    events = desk.store.last(code, _LAST)
    presses = [one for one in duties if one.state in ("overdue", "at_risk")]
    idle = any(not one.at_stake and not one.advisory for one in presses)
    values: dict[str, Any] = {
        "organisation": ask.tree[code],
        "pressing": [pressing(ask, one) for one in presses],
        "nothing_at_stake": ask.pick(NOTHING_AT_STAKE) if idle else "",
        "ahead": [pressing(ask, one) for one in duties if one.state == "open"],
        "scores": _scores(ask),
        "lines": [line_of(ask, event, fates.of(event)) for event in reversed(events)],
        "may_log": may_log(ask, "meeting_held"),
        "adopted": desk.adopted(code),
        "may_adopt": ask.actor.administers(code, ask.tree),
        "nobody": not desk.roster(code),
    }
    return Page("home.html", values)


def pressing(ask: Ask, duty: Obligation) -> Pressing:
    """Return an obligation in words, with the address of the form that would meet it."""
    return Pressing(
        duty,
        what_of(ask, duty),
        duty.form.pick(ask.language),
        state_of(ask, duty),
        days_words(ask, duty.days_left),
        "" if duty.required == 100 else ask.pick(missing_counted(duty, rule_of(ask, duty))),
        ask.pick(whose(duty, names_of(ask, duty.branch))),
        ask.pick(stake_words(duty)),
        form_that_meets(ask, duty),
    )


def rule_of(ask: Ask, duty: Obligation) -> Rule | None:
    """Return the rule that asks for an obligation; None of one that the form itself makes."""
    number, at, _ = duty.place
    clauses = ask.desk.forms.plan(duty.rubric).clauses
    if not 0 <= number < len(clauses) or not 0 <= at < len(clauses[number].rules):
        return None
    return clauses[number].rules[at]


class Standing(NamedTuple):
    """How a branch stands by one form in the running year."""

    title: str
    period: str
    total: str
    full: str
    at_risk: str
    unassessed: str
    sum: str
    """How the points come to the full mark."""
    share: int
    address: str
    lost: list[Any]


def _scores(ask: Ask) -> list[Standing]:
    found = []
    for plan in ask.desk.forms.plans(ask.desk.adopted(ask.branch)):
        period = year_of(ask.today, plan.rubric.year_start)
        [score] = ask.desk.score(plan, period, branches=[ask.branch], explain=True).scores
        full = full_points(plan.rubric, bonus=False) or 1
        found.append(
            Standing(
                title_of(ask, plan.rubric.title),
                period.name,
                print_points(score.total),
                print_points(full),
                print_points(score.at_risk) if score.at_risk else "",
                print_points(score.unassessed) if score.unassessed else "",
                ask.pick(comes_to_full(score, plan.rubric, earning_rules(plan))),
                max(0, min(100, score.total * 100 // full)),
                address("b", ask.branch, "score", plan.rubric.id, period.name),
                loss_lines(ask, plan.rubric, score, _LOSSES),
            )
        )
    return found
