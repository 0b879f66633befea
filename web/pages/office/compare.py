"""Two replays side by side: every clause that differs, and the events that made the difference.

In: a branch, a form, a period, and what to compare with. Out: a page. Deliberately absent: comparing branches
that may not be read.
"""

from typing import Any, NamedTuple

from projections.answers.compare.changes import read_changes
from projections.answers.compare.differences import Difference, attribute, compare_scores
from projections.answers.prefixes import position_of
from projections.engine.results import BranchScore, ClauseScore
from projections.text.amounts import print_signed
from projections.text.events import type_label
from rubrics.model import Rubric
from rubrics.numbers import print_points
from web.pages.office.scope import asked_for, branches_below, form_choices
from web.pages.saying import Entered, entry_said, title_of
from web.request.asked import Answer, Ask, Page, Problematic, address
from web.words import WORDS


class Compared(NamedTuple):
    """A clause that differs."""

    clause: str
    title: str
    a: str
    b: str
    moved: str
    only_a: list[Entered]
    only_b: list[Entered]
    changes: list[tuple[str, str, str]]


def compare(ask: Ask) -> Answer:
    """Show what differs between two replays."""
    branches = branches_below(ask)
    fields = ("branch", "rubric", "period", "as_of", "period_b", "rubric_b", "branch_b")
    given = {name: ask.query.text(name) for name in fields}
    forms = form_choices(ask)
    values: dict[str, Any] = {
        "given": {**given, "period": given["period"] or str(ask.today.year)},
        "branches": [(code, ask.tree.name_of(code)) for code in branches],
        "forms": [(one.value, one.label) for one in forms],
        "sides": None,
        "rows": [],
    }
    if given["branch"] and given["rubric"]:
        values |= _compared(ask, given, branches)
    return Page("office/compare.html", values)


def _compared(ask: Ask, given: dict[str, str], branches: list[str]) -> dict[str, Any]:
    other = given["branch_b"] or given["branch"]
    if given["branch"] not in branches or other not in branches:
        raise Problematic(404, WORDS["hidden_page"])
    period = given["period"] or str(ask.today.year)
    first = asked_for(ask, given["rubric"], period)
    second = asked_for(ask, given["rubric_b"] or given["rubric"], given["period_b"] or period)
    upto = position_of(ask.desk.store, given["as_of"] or None, ask.desk.zone)
    a = _one(
        ask.desk.score(first.plan, first.period, branches=[given["branch"]], upto=upto, explain=True).scores
    )
    b = _one(ask.desk.score(second.plan, second.period, branches=[other], explain=True).scores)
    same = other == given["branch"]
    changes = read_changes(ask.desk.store, other, (upto, ask.desk.position)) if same else []
    titles = _titles(ask, first.plan.rubric) | _titles(ask, second.plan.rubric)
    differences = [one for one in attribute(compare_scores(a, b), changes) if one.in_points]
    codes, forms = (given["branch"], other), (first.plan.rubric, second.plan.rubric)
    return {
        "names": [
            f"{ask.tree.name_of(code)} {title_of(ask, one.plan.rubric.title)} {one.period.name}"
            for code, one in zip(codes, (first, second), strict=True)
        ],
        "sides": (print_points(a.total), print_points(b.total), print_signed(b.total - a.total)),
        "rows": [_told(ask, one, titles.get(one.clause, ""), codes, forms) for one in differences],
    }


def _one(scores: tuple[BranchScore, ...]) -> BranchScore:
    if not scores:
        raise Problematic(404, WORDS["hidden_page"])
    return scores[0]


def _titles(ask: Ask, rubric: Rubric) -> dict[str, str]:
    return {id_: ask.pick(words) for id_, words in ask.desk.forms.words(rubric).titles.items()}


def _told(
    ask: Ask, one: Difference, title: str, codes: tuple[str, str], forms: tuple[Rubric, Rubric]
) -> Compared:
    return Compared(
        one.clause,
        title,
        _points(one.a),
        _points(one.b),
        print_signed(one.moved),
        [entry_said(ask, entry, codes[0], forms[0]) for entry in one.only_a[:10]],
        [entry_said(ask, entry, codes[1], forms[1]) for entry in one.only_b[:10]],
        [
            (
                address("e", change.event),
                f"{ask.pick(type_label(change.type))} · {ask.pick(WORDS['change_' + change.what])}",
                change.reason or "",
            )
            for change in one.changes
        ],
    )


def _points(clause: ClauseScore | None) -> str:
    return "—" if clause is None else print_points(clause.score)
