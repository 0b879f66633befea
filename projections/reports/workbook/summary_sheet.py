"""The summary sheet: branches × sections, totals, bonus, grade; ranks where they are asked for.

In: a report, an empty sheet, the names of the branches' sheets. Out: the sheet. Deliberately absent: items;
each branch's own sheet has them.
"""

from collections.abc import Mapping
from dataclasses import replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ledger.words import Words
from projections.reports.report import Branch, Report
from projections.reports.workbook.cells import CENTERED, Canvas, Look, room_of, width_of
from projections.reports.workbook.heading import write_heading
from projections.reports.workbook.printing import set_up_page
from projections.text.amounts import points_in_all
from projections.text.labels import labels_in

_HEAD = Look(across="center", bold=True, shade="head")
_LINK = Look(color="0563C1")
_NUMBER_WIDTH, _SECTION_WIDTH, _WHOLE = 8.5, 11.0, 100.0


def write_summary(sheet: Worksheet, report: Report, sheets: Mapping[str, str], *, rank: bool) -> None:
    """Write the summary; in order of rank where ranks are asked for, else as the branches are given."""
    labels, language = labels_in(report.language), report.language
    sections = report.branches[0].sections if report.branches else ()
    risk = any(branch.at_risk for branch in report.branches)
    unassessed = any(branch.unassessed for branch in report.branches)
    graded = report.graded or any(branch.grade for branch in report.branches)
    codes = min(26.0, max([width_of(branch.name) for branch in report.branches] + [8]) + 4.0)
    heads: list[tuple[str, float]] = [(labels["rank"], 6.0)] if rank else []
    heads.append((labels["branch"], codes))
    number = max([room_of(branch.total) for branch in report.branches] + [room_of(report.points)])
    heads += [
        (f"{s.title}\n{points_in_all(s.points).pick(language)}", max(_SECTION_WIDTH, number))
        for s in sections
    ]
    heads.append((f"{labels['total']}\n{points_in_all(report.points).pick(language)}", max(10.0, number)))
    heads += [(labels["at_risk"], max(_NUMBER_WIDTH, number))] if risk else []
    heads += [(labels["unassessed"], max(_NUMBER_WIDTH, number))] if unassessed else []
    heads += [(labels["grade"], 12.0)] if graded else []
    canvas = Canvas(sheet, language, [width for _, width in heads])
    title = Words(f"{report.title} · {labels['summary']}", f"{report.title}: {labels['summary']}").pick(
        language
    )
    write_heading(canvas, report, title, len(heads))
    head = canvas.row
    for column, (title, _) in enumerate(heads, start=1):
        canvas.put(column, title, _HEAD)
    canvas.end_row(*((title, at, at, _HEAD) for at, (title, _) in enumerate(heads, start=1)), least=30)
    code_at = 2 if rank else 1
    ordered = sorted(report.branches, key=lambda branch: branch.rank) if rank else report.branches
    for branch in ordered:
        values: list[tuple[str | int | None, Look]] = [(str(branch.rank), CENTERED)] if rank else []
        values.append((branch.name, _LINK))
        values += [(section.score, CENTERED) for section in branch.sections]
        values.append((branch.total, replace(CENTERED, bold=True)))
        values += [(branch.at_risk or None, CENTERED)] if risk else []
        values += [(branch.unassessed or None, CENTERED)] if unassessed else []
        values += [(branch.grade, _grade_look(branch))] if graded else []
        for column, (value, look) in enumerate(values, start=1):
            cell = canvas.put(column, value, look)
            if look is _LINK:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quoted(sheets[branch.code])}!A1")
        canvas.end_row((branch.name, code_at, code_at, _LINK), least=20)
    sheet.freeze_panes = f"{get_column_letter(code_at + 1)}{head + 1}"
    wide = sum(width for _, width in heads) > _WHOLE
    footer = (f"{labels['summary']}  {report.period}", labels["page"], report.on)
    set_up_page(sheet, head, footer, landscape=wide)


def quoted(sheet: str) -> str:
    """Write a sheet's name as references want it."""
    return "'" + sheet.replace("'", "''") + "'"


def _grade_look(branch: Branch) -> Look:
    return replace(CENTERED, color="C00000", bold=True) if branch.vetoed else CENTERED
