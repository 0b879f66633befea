"""The board: branches beside each other by sections, with what is at risk, unjudged, overdue; and its files.

In: a form, a period, filters. Out: a page, or the report of the command line as XLSX, HTML or CSV.
Deliberately absent: ranking, unless somebody asks for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from projections.engine.results import BranchScore
from projections.text.scores import grade_words
from web.pages.office.scope import Asked, asked_for, choice, form_choices, scored, trial
from web.pages.report_files import offered, parted, report_file
from web.pages.saying import title_of
from web.request.asked import Answer, Ask, Page, address, day_of

Standings = tuple[Sequence[BranchScore], Mapping[str, int]]
"""The scores in order of code, and by code what is overdue."""


class BoardRow(NamedTuple):
    """A branch on the board."""

    name: str
    score: BranchScore
    grade: str
    overdue: int
    address: str


def board(ask: Ask) -> Answer:
    """Show the board, or give it as a file."""
    period, ending = parted(ask.params["period"])
    asked = asked_for(ask, ask.params["rubric"], period)
    on, codes = day_of(ask), scored(ask, asked)
    if ending:
        told = _explained(ask, asked, codes, on)
        return report_file(ask, *asked, on, ask.desk.position, told, ending)
    rows = _rows(ask, asked, *_standings(ask, asked, codes, on))
    wanted = ask.query.text("find")
    shown = [row for row in rows if wanted in row.name or wanted in row.score.branch] if wanted else rows
    sort = ask.query.text("sort")
    keys: dict[str, Any] = {
        "total": lambda row: -row.score.total,
        "at_risk": lambda row: -row.score.at_risk,
        "unassessed": lambda row: -row.score.unassessed,
        "overdue": lambda row: -row.overdue,
    }
    if sort in keys:
        shown.sort(key=keys[sort])
    rubric = asked.plan.rubric
    place, rank = ("o", ask.branch, rubric.id), ask.query.text("rank")
    values = {
        "title": title_of(ask, rubric.title),
        "rubric": rubric,
        "period": asked.period.name,
        "sections": [(section, title_of(ask, section.title)) for section in rubric.sections],
        "rows": shown,
        "trial": trial(ask, asked, codes),
        "find": wanted,
        "sort": sort,
        "rank": rank == "1",
        "on": on.isoformat(),
        "choice": choice(
            ask, asked, [one.value for one in form_choices(ask)], partial(address, "o", ask.branch)
        ),
        "files": offered(
            ask, lambda one: address(*place, asked.period.name + one, on=on.isoformat(), rank=rank)
        ),
        "assess": address("o", ask.branch, "assess", rubric.id, asked.period.name),
    }
    return Page("office/board.html", values)


def _rows(
    ask: Ask, asked: Asked, scores: Sequence[BranchScore], overdue: Mapping[str, int]
) -> list[BoardRow]:
    return [
        BoardRow(
            ask.tree.name_of(score.branch),
            score,
            ask.pick(grade_words(score)),
            overdue.get(score.branch, 0),
            address("b", score.branch, "score", asked.plan.rubric.id, asked.period.name),
        )
        for score in scores
    ]


def _standings(ask: Ask, asked: Asked, codes: Sequence[str], on: date) -> Standings:
    """Replay, or take what was replayed of the same prefix for the same question."""
    if not codes:
        return (), {}

    def replay() -> Standings:
        found, overdue = ask.desk.standings(asked.plan, asked.period, branches=codes, on=on)
        return found.scores, overdue

    return ask.site.kept.get(("board", *_key(ask, asked, codes, on)), replay)


def _explained(ask: Ask, asked: Asked, codes: Sequence[str], on: date) -> Sequence[BranchScore]:
    if not codes:
        return ()
    return ask.desk.score(asked.plan, asked.period, branches=codes, on=on, explain=True).scores


def _key(ask: Ask, asked: Asked, codes: Sequence[str], on: date) -> tuple[object, ...]:
    digest = ask.desk.forms.loaded(asked.plan.rubric.id).digest
    return digest, asked.period.name, on, ask.today, ask.desk.position, tuple(codes)
