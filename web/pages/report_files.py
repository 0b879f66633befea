"""A score as a file to take along: the command line's report as a workbook, a page to print, or CSV.

In: scores with their entries, what was replayed. Out: the download, and the visit that it is. Names stand in
it as far as the reader may see them, and never in CSV. Deliberately absent: which branches (pages decide).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ledger.access import visits
from projections.answers.document import Replayed
from projections.answers.scoring import head_at
from projections.engine.periods import Period
from projections.engine.plan import Plan
from projections.engine.results import BranchScore
from projections.text.labels import Names
from web.request.asked import Ask, Download
from web.words import WORDS

if TYPE_CHECKING:
    from projections.reports.report import Report

_MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}


class _People:
    """The names of members that the reader may see."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def of(self, branch: str, code: str) -> str | None:
        return self._ask.desk.names(branch).get(code)


def parted(period: str) -> tuple[str, str]:
    """Part an address's last word into the period and the ending of a file; an empty text without one."""
    ending = next((one for one in _MEDIA if period.endswith(one)), "")
    return period.removesuffix(ending), ending


def offered(ask: Ask, place: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return what each kind of file is called and its address; `place`: the address for an ending."""
    return [(ask.pick(WORDS[f"file{one}"]), place(one)) for one in _MEDIA]


def report_file(
    ask: Ask, plan: Plan, period: Period, on: date, upto: int, scores: Sequence[BranchScore], ending: str
) -> Download:
    """Give scores with their entries as a file."""
    store, rubric = ask.desk.store, plan.rubric
    detail = f"{rubric.id} {period.name} {ending}"
    visits.note(store, ask.now, "export", ask.actor.code, organisation=ask.branch, detail=detail)
    name = f"{ask.branch}-{rubric.id}-{period.name}{ending}"
    if ending == ".csv":
        from projections.reports.scores_csv import labelled_csv

        return Download(labelled_csv(scores, rubric, ask.language).encode(), _MEDIA[ending], name)
    report = _report(ask, plan, period, on, upto, scores)
    ranked = ask.query.text("rank") == "1"
    if ending == ".xlsx":
        from projections.reports.workbook.xlsx import render_xlsx

        return Download(render_xlsx(report, rank=ranked), _MEDIA[ending], name)
    from projections.reports.page import render_page

    return Download(render_page(report, rank=ranked).encode(), _MEDIA[ending], name)


def _report(
    ask: Ask, plan: Plan, period: Period, on: date, upto: int, scores: Sequence[BranchScore]
) -> "Report":
    from projections.reports.building import build_report
    from projections.reports.report import read_cited

    store = ask.desk.store
    digest = ask.desk.forms.loaded(plan.rubric.id).digest
    replayed = Replayed(plan.rubric, digest, period, on, upto, head_at(store, upto))
    names = Names({code: ask.tree.name_of(code) for code in ask.desk.readable}, _People(ask))
    return build_report(replayed, scores, ask.language, read_cited(store, scores, upto), names)
