"""A sheet made ready to print: A4, as wide as the page, a head on every page, page numbers below; and its
first rows, the form's title and what was replayed.

In: a sheet, what its footer says; a canvas, a report, the branch where the sheet is one's. Out: the sheet,
set up, where its pages had best break; the rows, written. Deliberately absent: the table.
"""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ledger.words import Words
from projections.reports.report import Report
from projections.reports.workbook.cells import Canvas, Look
from projections.text.amounts import short_hash
from projections.text.labels import labels_in

_A4, _A4_WIDTH, _A4_HEIGHT, _INCH = 9, 595.3, 841.9, 72.0
_SIDE, _ABOVE, _BELOW, _FOOTER = 0.4, 0.5, 0.6, 0.3
"""Margins in inches."""
_POINTS_PER_CHARACTER = 5.25
_TITLE = Look(across="center", bold=True, heading=True, size=16, boxed=False)
_FACTS = Look(boxed=False)


def set_up_page(
    sheet: Worksheet,
    head: int,
    footer: tuple[str, str, str],
    *,
    landscape: bool = False,
    one_page: bool = False,
) -> None:
    """Set up the page; row `head` is printed on every page. `one_page`: all of it shrunk onto one.

    `footer` is left, center and right; codes of page numbers (&P, &N) stand in the center only.
    """
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = int(one_page)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{head}:{head}"
    margins = sheet.page_margins
    margins.left = margins.right = _SIDE
    margins.top, margins.bottom, margins.header, margins.footer = _ABOVE, _BELOW, _FOOTER, _FOOTER
    below = HeaderFooterItem()
    left, center, right = footer
    below.left.text, below.center.text, below.right.text = _plain(left), center, _plain(right)
    sheet.oddFooter = below


def _plain(text: str) -> str:
    return text.replace("&", "&&")


def capacity(widths: Sequence[float]) -> float:
    """Return how many points of rows a portrait page holds once it is fitted to its width."""
    width = sum(widths) * _POINTS_PER_CHARACTER
    scale = min(1.0, (_A4_WIDTH - 2 * _SIDE * _INCH) / width)
    # A little less than there is: a page that breaks by itself before its break would leave scraps.
    return (_A4_HEIGHT - (_ABOVE + _BELOW) * _INCH) / scale * 0.97


def break_pages(heights: Mapping[int, float], starts: Mapping[int, int], room: float, head: int) -> list[int]:
    """Choose the rows that begin a new page.

    `heights`: of all rows, from 1. `starts`: the rows before which a page may break, and how gladly (3: a
    section begins, 2: a group of items, 1: an item). `head`: the row that is repeated on every page. A
    better break is preferred where it leaves no more than a third of the page empty.
    """
    breaks: list[int] = []
    first, row, used = 1, 1, 0.0
    while row in heights:
        if used + heights[row] > room and row > first:
            chosen = _best_break(heights, starts, first, row, room)
            breaks.append(chosen)
            first = row = chosen
            used = heights[head]
            continue
        used += heights[row]
        row += 1
    return breaks


def _best_break(
    heights: Mapping[int, float], starts: Mapping[int, int], first: int, full: int, room: float
) -> int:
    """Return the row at which the page that began at `first` and is full at `full` had best end."""
    for least in (3, 2, 1):
        for row in range(full, first, -1):
            filled = sum(heights[at] for at in range(first, row))
            if starts.get(row, 0) >= least and (least == 1 or filled > room * 2 / 3):
                return row
    return full


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
