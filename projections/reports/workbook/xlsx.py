"""`Report` → workbook: a summary sheet, then a sheet a branch in the form's own layout.

In: a report. Out: the bytes of an XLSX file, the same for the same report. Deliberately absent: the clock; a
workbook bears the day of the replay.
"""

import re
from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from projections.reports.report import Report
from projections.reports.workbook.branch_sheet import BranchSheet
from projections.reports.workbook.summary_sheet import write_summary
from projections.text.labels import LABELS

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
    write_summary(summary, report, sheets, rank=rank)
    for branch in report.branches:
        BranchSheet(book.create_sheet(sheets[branch.code]), report, branch).write()
    day = datetime.combine(datetime.fromisoformat(report.on), time())
    book.properties.title = report.title
    book.properties.creator = "zhibu"
    book.properties.created = book.properties.modified = day
    return _saved(book)


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
