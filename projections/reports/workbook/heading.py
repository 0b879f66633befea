"""The head of a sheet: the form's title, and what was replayed.

In: a canvas, a report, a title, the branch where the sheet is one's. Out: the first rows, written.
Deliberately absent: the table.
"""

from ledger.words import Words
from projections.reports.report import Report
from projections.reports.workbook.cells import Canvas, Look
from projections.text.amounts import short_hash
from projections.text.labels import labels_in

_TITLE = Look(across="center", bold=True, heading=True, size=16, boxed=False)
_FACTS = Look(boxed=False)


def write_heading(canvas: Canvas, report: Report, title: str, last: int, branch: str = "") -> None:
    """Write title, branch, period, day, form and ledger over the columns up to `last`."""
    canvas.put(1, title, _TITLE, last)
    canvas.end_row((title, 1, last, _TITLE), least=32)
    colon, gap = Words("：", ": ").pick(report.language), "　" if report.language == "zh" else "    "
    for facts in _facts(report, branch):
        text = gap.join(f"{name}{colon}{value}" for name, value in facts)
        canvas.put(1, text, _FACTS, last)
        canvas.end_row((text, 1, last, _FACTS))


def _facts(report: Report, branch: str) -> tuple[list[tuple[str, str]], ...]:
    labels, language = labels_in(report.language), report.language
    days = Words(f"（{report.days}）", f" ({report.days})").pick(language)
    ledger = Words(f"第 {report.position} 条", f"position {report.position}").pick(language)
    return (
        [
            *([(labels["branch"], branch)] if branch else []),
            (labels["period"], report.period + days),
            (labels["on"], report.on),
        ],
        [
            (labels["form"], f"{report.rubric} {labels['version']} {report.version}"),
            (labels["ledger"], f"{ledger} {short_hash(report.head)}"),
        ],
    )
