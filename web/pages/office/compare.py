"""Two replays side by side: every clause that differs, and the events that made the difference.

In: a branch, a form, a period, and what to compare with. Out: a page. Deliberately absent: comparing branches
that may not be read.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from projections.answers.compare.changes import read_changes
from projections.answers.compare.differences import Difference, attribute, compare_scores
from projections.answers.prefixes import position_of
from projections.engine.entries import Entry
from projections.engine.results import BranchScore, ClauseScore
from projections.text.amounts import print_signed
from projections.text.events import type_label
from rubrics.model import Rubric
from rubrics.numbers import print_points
from web.pages.branch.score import day_of, weight_of
from web.pages.office.scope import asked_in_words, branches_below, form_choices, usual_periods
from web.pages.saying import Entered, entry_said, title_of
from web.request.asked import Answer, Ask, Page, Problematic, address
from web.words import WORDS

_MOST_ENTRIES = 30
_FIELDS = ("branch", "rubric", "period", "on", "as_of")
"""What names a replay. Left blank: the first one's for the second; today; the whole log."""


class Compared(NamedTuple):
    """A clause that differs."""

    clause: str
    title: str
    a: str
    b: str
    moved: str
    besides: list[str]
    """What differs though it moves no points yet: what is at risk, what nobody judged."""
    only_a: list[Entered]
    only_b: list[Entered]
    more_a: str
    more_b: str
    changes: list[tuple[str, str, str]]


def compare(ask: Ask) -> Answer:
    """Show what differs between two replays."""
    branches = branches_below(ask)
    given = {f"{name}{side}": ask.query.text(f"{name}{side}") for side in ("", "_b") for name in _FIELDS}
    forms = form_choices(ask)
    values: dict[str, Any] = {
        "given": {**given, "period": given["period"] or str(ask.today.year)},
        "branches": [(code, ask.tree.name_of(code)) for code in branches],
        "forms": [(one.value, one.label) for one in forms],
        "periods": usual_periods(ask),
        "problem": "",
        "sides": None,
        "rows": [],
    }
    status = 200
    if given["branch"] and given["rubric"]:
        try:
            values |= _compared(ask, given, branches)
        except Problematic as problem:
            if problem.status != 422:
                raise
            values["problem"], status = ask.pick(problem.words), 422
    return Page("office/compare.html", values, status)


def _compared(ask: Ask, given: dict[str, str], branches: list[str]) -> dict[str, Any]:
    other = given["branch_b"] or given["branch"]
    if given["branch"] not in branches or other not in branches:
        raise Problematic(404, WORDS["hidden_page"])
    period = given["period"] or str(ask.today.year)
    first = asked_in_words(ask, given["rubric"], period)
    second = asked_in_words(ask, given["rubric_b"] or given["rubric"], given["period_b"] or period)
    uptos = _prefix(ask, given["as_of"]), _prefix(ask, given["as_of_b"])
    days = day_of(ask), day_of(ask, "on_b")
    codes, forms = (given["branch"], other), (first.plan.rubric, second.plan.rubric)
    a, b = (
        _one(ask.desk.score(one.plan, one.period, branches=[code], on=on, upto=upto, explain=True).scores)
        for code, one, on, upto in zip(codes, (first, second), days, uptos, strict=True)
    )
    changes = read_changes(ask.desk.store, other, uptos) if other == given["branch"] else []
    titles = _titles(ask, first.plan.rubric) | _titles(ask, second.plan.rubric)
    differences = [one for one in attribute(compare_scores(a, b), changes) if one.in_points]
    common, names = _named(
        [
            (
                ask.tree.name_of(code),
                title_of(ask, one.plan.rubric.title),
                one.period.name,
                f"{ask.pick(WORDS['on'])} {on}",
                f"{ask.pick(WORDS['up_to'])} {upto}",
            )
            for code, one, on, upto in zip(codes, (first, second), days, uptos, strict=True)
        ]
    )
    return {
        "common": common,
        "names": names,
        "sides": (print_points(a.total), print_points(b.total), _signed(b.total - a.total)),
        "rows": [_told(ask, one, titles.get(one.clause, ""), codes, forms) for one in differences],
    }


def _prefix(ask: Ask, as_of: str) -> int:
    return position_of(ask.desk.store, as_of or None, ask.desk.zone)


def _named(sides: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """Return what two replays have in common, and what tells each from the other."""
    apart = [one != other for one, other in zip(*sides, strict=True)]
    common = " · ".join(word for word, differs in zip(sides[0], apart, strict=True) if not differs)
    return common, [
        " · ".join(word for word, differs in zip(side, apart, strict=True) if differs) for side in sides
    ]


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
        _signed(one.moved),
        _besides(ask, one.a, one.b),
        _said(ask, one.only_a, codes[0], forms[0]),
        _said(ask, one.only_b, codes[1], forms[1]),
        _left_out(ask, one.only_a),
        _left_out(ask, one.only_b),
        [
            (
                address("e", change.event),
                f"{ask.pick(type_label(change.type))} · {ask.pick(WORDS['change_' + change.what])}",
                change.reason or "",
            )
            for change in one.changes
        ],
    )


def _said(ask: Ask, entries: Sequence[Entry], branch: str, rubric: Rubric) -> list[Entered]:
    """Say what only one side has, what moved points first, so that what is cut off is what was met."""
    return [entry_said(ask, one, branch, rubric) for one in sorted(entries, key=weight_of)[:_MOST_ENTRIES]]


def _left_out(ask: Ask, entries: Sequence[Entry]) -> str:
    more = len(entries) - _MOST_ENTRIES
    return ask.pick(WORDS["more_entries"]).replace("{}", str(more)) if more > 0 else ""


def _signed(hundredths: int) -> str:
    return print_signed(hundredths).replace("-", "−") if hundredths else "±0.00"


def _besides(ask: Ask, a: ClauseScore | None, b: ClauseScore | None) -> list[str]:
    if a is None or b is None:
        return []
    pairs = (("at_risk_short", a.at_risk, b.at_risk), ("unjudged", a.unassessed, b.unassessed))
    return [
        f"{ask.pick(WORDS[word])} {print_points(one)} → {print_points(other)}"
        for word, one, other in pairs
        if one != other
    ]


def _points(clause: ClauseScore | None) -> str:
    return "—" if clause is None else print_points(clause.score)
