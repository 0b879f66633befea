"""`Report` → workbook: a summary sheet, then a sheet a branch in the form's own layout.

In: a report. Out: the bytes of an XLSX file, the same for the same report; its summary, branches × sections
with totals, bonus, grade, and ranks where they are asked for. Deliberately absent: the clock, as a workbook
bears the day of the replay; items, which each branch's own sheet has (`branch_sheet`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ledger.words import Words
from projections.reports.report import Branch, Report
from projections.reports.workbook.branch_sheet import BranchSheet
from projections.reports.workbook.cells import CENTERED, Canvas, Look, room_of, width_of
from projections.reports.workbook.printing import set_up_page, write_heading
from projections.text.amounts import points_in_all
from projections.text.labels import LABELS, labels_in

_HEAD = Look(across="center", bold=True, shade="head")
_LINK = Look(color="0563C1")
_NUMBER_WIDTH, _SECTION_WIDTH, _WHOLE = 8.5, 11.0, 100.0
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def render_xlsx(report: Report, *, rank: bool = False) -> bytes:
    """Write a report as a workbook; ranks only where they are asked for."""
    book = Workbook()
    summary = book.active
    assert summary is not None
    title = LABELS["summary"].pick(report.language)
    names = sheet_names([title, *(branch.tab for branch in report.branches)])
    summary.title = names[0]
    sheets = dict(zip((branch.code for branch in report.branches), names[1:], strict=True))
    _write_summary(summary, report, sheets, rank=rank)
    for branch in report.branches:
        BranchSheet(book.create_sheet(sheets[branch.code]), report, branch).write()
    day = datetime.combine(datetime.fromisoformat(report.on), time())
    book.properties.title = report.title
    book.properties.creator = "zhibu"
    book.properties.created = book.properties.modified = day
    return _saved(book)


def _write_summary(sheet: Worksheet, report: Report, sheets: Mapping[str, str], *, rank: bool) -> None:
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
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{_quoted(sheets[branch.code])}!A1")
        canvas.end_row((branch.name, code_at, code_at, _LINK), least=20)
    sheet.freeze_panes = f"{get_column_letter(code_at + 1)}{head + 1}"
    wide = sum(width for _, width in heads) > _WHOLE
    footer = (f"{labels['summary']}  {report.period}", labels["page"], report.on)
    set_up_page(sheet, head, footer, landscape=wide)


def _quoted(sheet: str) -> str:
    """Write a sheet's name as references want it."""
    return "'" + sheet.replace("'", "''") + "'"


def _grade_look(branch: Branch) -> Look:
    return replace(CENTERED, color="C00000", bold=True) if branch.vetoed else CENTERED


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Turn texts into names that a workbook takes: at most 31 characters, no two alike, in their order."""
    names: list[str] = []
    taken: set[str] = set()
    for text in wanted:
        name = _NOT_IN_NAMES.sub("_", text).strip("'")[:LONGEST_NAME].strip("'") or "_"
        # Excel keeps this name for itself.
        name = "History_" if name.casefold() == "history" else name
        tried, number = name, 2
        while tried.casefold() in taken:
            tail = f"~{number}"
            tried, number = name[: LONGEST_NAME - len(tail)] + tail, number + 1
        taken.add(tried.casefold())
        names.append(tried)
    return names


def _saved(book: Workbook) -> bytes:
    """Save the workbook; its parts bear no time, so that the same report is the same file."""
    raw, still = BytesIO(), BytesIO()
    with ZipFile(raw, "w", ZIP_STORED) as archive:
        ExcelWriter(book, archive).write_data()
    with ZipFile(raw) as archive, ZipFile(still, "w") as kept:
        for part in archive.infolist():
            kept.writestr(ZipInfo(part.filename, _BEGINNING), archive.read(part), ZIP_DEFLATED)
    return still.getvalue()
