"""Two replays side by side: every clause that differs, and the events that made the difference.

In: a branch, a form, a period, and what to compare with. Out: a page. Deliberately absent: comparing branches
that may not be read.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar

from ledger.errors import WrongQuestion
from projections.answers.compare import Change, Difference, attribute, compare_scores, read_changes
from projections.engine.entries import Entry
from projections.engine.results import BranchScore, ClauseScore
from projections.text.amounts import period_words, print_signed
from projections.text.events import type_label
from rubrics.numbers import print_points
from web.pages.branch.score import weight_of
from web.pages.office.scope import (
    Asked,
    asked_in_words,
    branches_below,
    form_choices,
    usual_about,
    usual_periods,
)
from web.pages.pressing import by_fields
from web.pages.saying import Entered, clause_titles, entry_said, event_said, title_of
from web.request.asked import Answer, Ask, Page, Problematic, address, day_of, upto_of
from web.words import WORDS

Found = TypeVar("Found")
_MOST_ENTRIES = 30
ENDS = ("", "_b")
_LABELS = {"branch": "organisation", "rubric": "form", "period": "period", "on": "on", "as_of": "as_of"}
_FIELDS = tuple(_LABELS)
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
    everything: str
    """Where nothing is cut off."""
    changes: list[tuple[str, str, str]]


class Side(NamedTuple):
    """One replay: whose score, by which form in which period, seen from a day, of how much of the log."""

    branch: str
    asked: Asked
    on: date
    upto: int


def compare(ask: Ask) -> Answer:
    """Show what differs between two replays."""
    branches = branches_below(ask)
    given = {f"{name}{side}": ask.query.text(f"{name}{side}") for side in ENDS for name in _FIELDS}
    forms = form_choices(ask)
    asked = "branch" in ask.query
    values: dict[str, Any] = {
        "given": given if asked else {**given, **_usual(ask, given, branches)},
        "branches": [(code, ask.tree.name_of(code)) for code in branches],
        "forms": [(one.value, one.label) for one in forms],
        "periods": usual_periods(ask),
        "problems": {},
        "summary": [],
        "sides": None,
        "rows": [],
    }
    if not asked:
        return Page("office/compare.html", values)
    missing = [name for name in ("branch", "rubric") if not given[name]]
    sides: list[Side] = []
    problems = {name: ask.pick(WORDS["choose_one"]) for name in missing}
    if not missing:
        sides, problems = _read(ask, given, branches)
    if problems:
        labels = {name: ask.pick(WORDS[_LABELS[name.removesuffix("_b")]]) for name in problems}
        values["problems"] = problems
        values["summary"] = [(name, labels[name], told) for name, told in problems.items()]
        return Page("office/compare.html", values, 422)
    return Page("office/compare.html", values | _compared(ask, given, *sides))


def _usual(ask: Ask, given: dict[str, str], branches: list[str]) -> dict[str, str]:
    """Return what a comparison begins with where the address says nothing: the only organisation, the form by
    which most go, this year."""
    about = usual_about(ask, ask.branch)
    usual = {
        "branch": branches[0] if len(branches) == 1 else "",
        "rubric": about.rubric if about else "",
        "period": str(ask.today.year),
    }
    return {name: given[name] or value for name, value in usual.items()}


def _read(ask: Ask, given: dict[str, str], branches: list[str]) -> tuple[list[Side], dict[str, str]]:
    """Return the two replays that are asked for, and what could not be read, by the field that says it."""
    sides, problems = [], {}

    def read(field: str, reading: Callable[[], Found]) -> Found | None:
        try:
            return reading()
        except Problematic as problem:
            if problem.status != 422:
                raise
            problems[field] = ask.pick(problem.words)
        except WrongQuestion as wrong:
            problems[field] = ask.pick(by_fields(wrong.words))
        return None

    for end in ENDS:
        branch, rubric = (given[f"{name}{end}"] or given[name] for name in ("branch", "rubric"))
        if branch not in branches:
            raise Problematic(404, WORDS["hidden_page"])
        typed, as_of = given[f"period{end}"], given[f"as_of{end}"]
        # Where the second one is left blank, what is wrong with the first is told there alone.
        period = typed or given["period"] or str(ask.today.year)
        asked = read(f"period{end if typed else ''}", partial(asked_in_words, ask, rubric, period))
        on = read(f"on{end}", partial(day_of, ask, f"on{end}"))
        upto = read(f"as_of{end}", partial(upto_of, ask, as_of))
        if asked is not None and on is not None and upto is not None:
            sides.append(Side(branch, asked, on, upto))
    return sides, problems


def _compared(ask: Ask, given: dict[str, str], first: Side, second: Side) -> dict[str, Any]:
    both = (first, second)
    a, b = (
        _one(
            ask.desk.score(
                one.asked.plan,
                one.asked.period,
                branches=[one.branch],
                on=one.on,
                upto=one.upto,
                explain=True,
            ).scores
        )
        for one in both
    )
    uptos = (first.upto, second.upto)
    changes = read_changes(ask.desk.store, first.branch, uptos) if first.branch == second.branch else []
    rubrics = (first.asked.plan.rubric, second.asked.plan.rubric)
    titles = clause_titles(ask, rubrics[0]) | clause_titles(ask, rubrics[1])
    differences = [one for one in attribute(compare_scores(a, b), changes) if one.in_points]
    common, names = _named(
        [
            (
                ask.tree.name_of(one.branch),
                title_of(ask, one.asked.plan.rubric.title),
                ask.pick(period_words(one.asked.period.name)),
                f"{ask.pick(WORDS['on'])} {one.on}",
                f"{ask.pick(WORDS['up_to'])} {one.upto}",
            )
            for one in both
        ]
    )
    telling = Telling(
        ask,
        both,
        None if ask.query.text("all") else _MOST_ENTRIES,
        address("o", ask.branch, "compare", **given, all="1"),
    )
    scores = [
        address("b", one.branch, "score", one.asked.plan.rubric.id, one.asked.period.name) for one in both
    ]
    return {
        "common": common,
        "names": names,
        "scores": scores,
        "sides": (print_points(a.total), print_points(b.total), _signed(b.total - a.total)),
        "rows": [telling.told(one, titles.get(one.clause, "")) for one in differences],
    }


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


class Telling(NamedTuple):
    """How differences are told: of each side at most so many entries, all of them at another address."""

    ask: Ask
    sides: tuple[Side, Side]
    most: int | None
    everything: str

    def told(self, one: Difference, title: str) -> Compared:
        """Return a difference as the page shows it."""
        ask = self.ask
        return Compared(
            one.clause,
            title,
            _points(one.a),
            _points(one.b),
            _signed(one.moved),
            _besides(ask, one.a, one.b),
            self._said(one.only_a, self.sides[0]),
            self._said(one.only_b, self.sides[1]),
            self._left_out(one.only_a),
            self._left_out(one.only_b),
            f"{self.everything}#c-{one.clause}",
            [
                (
                    address("e", change.event),
                    f"{self._event(change)} · {ask.pick(WORDS['change_' + change.what])}",
                    change.reason or "",
                )
                for change in one.changes
            ],
        )

    def _event(self, change: Change) -> str:
        """Say which event it is: its day, its type, what it says as it was logged."""
        label, found = self.ask.pick(type_label(change.type)), self.ask.desk.store.find(change.event)
        if found is None:
            return label
        said = event_said(self.ask, found.branch, found.type, found.payload())
        return " ".join(filter(None, (found.occurred_on, label, said)))

    def _said(self, entries: Sequence[Entry], side: Side) -> list[Entered]:
        """Say what only one side has, what moved points first, so that what is cut off is what was met."""
        shown = sorted(entries, key=weight_of)[: self.most]
        return [entry_said(self.ask, one, side.branch, side.asked.plan.rubric) for one in shown]

    def _left_out(self, entries: Sequence[Entry]) -> str:
        more = 0 if self.most is None else len(entries) - self.most
        return self.ask.pick(WORDS["more_entries"]).replace("{}", str(more)) if more > 0 else ""


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
