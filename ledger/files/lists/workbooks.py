"""A list as a workbook ready to print: A4, the header on every page, page numbers, a line for signatures;
how high its rows are, and where its pages break.

In: a Listing, a language. Out: the workbook on a stream; a member's two lines stay on one page, and the sums
with the signature. Deliberately absent: what is in a list.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, BinaryIO, Literal

from ledger.files.formats import escape
from ledger.files.lists.listing import Heading, Listing, Value, cell_text
from ledger.files.workbook import AMOUNT_FORMAT, DAY_FORMAT, save_book, width_of
from ledger.words import Language

_A4_WIDTH, _A4_HEIGHT, _INCH = 595.3, 841.9, 72.0
_SIDE, _ABOVE, _BELOW = 0.4, 0.5, 0.7
"""Margins in inches."""
_POINTS_PER_CHARACTER = 5.25
_LINE, _PADDING = 14.0, 4.0
# A row of a workbook is at most so high.
_HIGHEST = 409.0
_A4 = 9
_TITLE_ROWS = 3
_TITLE_HEIGHT, _NAMES_HEIGHT = 28.0, 20.0
_SIGNED_HEIGHT = 32.0
_LEFT_FROM = 12
_SIZE = 10
_FACES: dict[Language, tuple[str, str]] = {"zh": ("宋体", "黑体"), "en": ("Calibri", "Calibri")}
_Sort = Literal["row", "sum", "note", "signed"]


def _height_of(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height, in points, of a row at which each text is seen in its column."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(max(lines, 1) * _LINE + _PADDING, _HIGHEST)


def _lines(text: str, width: float) -> int:
    # Words in Latin letters are not broken: their lines are not filled to the end.
    room = max(width - 1, 2) * (0.85 if " " in text else 1.0)
    return sum(max(1, ceil(width_of(one) / room)) for one in text.split("\n"))


def _room_on_a_page(widths: Sequence[float], *, landscape: bool) -> float:
    """Return how many points of rows a page holds once the list is fitted to its width."""
    wide, high = (_A4_HEIGHT, _A4_WIDTH) if landscape else (_A4_WIDTH, _A4_HEIGHT)
    scale = min(1.0, (wide - 2 * _SIDE * _INCH) / (sum(widths) * _POINTS_PER_CHARACTER))
    # A little less than there is: a page that breaks by itself before its break would leave scraps.
    return (high - (_ABOVE + _BELOW) * _INCH) / scale * 0.97


def _page_starts(blocks: Sequence[Sequence[float]], head: float, room: float) -> list[int]:
    """Return the blocks, counted from 0, that begin a new page.

    `blocks`: the heights of the rows that stay together; `head`: what is repeated on every page.
    """
    starts: list[int] = []
    used = head
    for at, block in enumerate(blocks):
        high = sum(block)
        if at and used + high > room:
            starts.append(at)
            used = head
        used += high
    return starts


def write_workbook(listing: Listing, stream: BinaryIO, language: Language) -> None:
    """Write the list as a workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = listing.title.pick(language)[:31]
    widths = [heading.width + 1.0 for heading in listing.headings]
    head = _head(sheet, listing, language, widths)
    heights = _fill(sheet, listing, language, widths)
    _set_up(sheet, listing, language)
    _break_pages(sheet, heights, head, _room_on_a_page(widths, landscape=listing.landscape))
    save_book(book, stream)


def _head(sheet: Any, listing: Listing, language: Language, widths: Sequence[float]) -> float:
    """Write title, what it is about, and the names of the columns; return their height in points."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    body, heading_face = _FACES[language]
    looks = (
        (listing.title, Font(name=heading_face, bold=True, size=16)),
        (listing.about, Font(name=body, size=_SIZE)),
    )
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, (words, font) in enumerate(looks, start=1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
        cell = sheet.cell(row, 1)
        _put_text(cell, words.pick(language))
        cell.font, cell.alignment = font, centred
    for at, heading in enumerate(listing.headings, start=1):
        cell = sheet.cell(_TITLE_ROWS, at, heading.label.pick(language))
        cell.font = Font(name=heading_face, bold=True, size=_SIZE)
        cell.alignment, cell.border = centred, _frame()
        sheet.column_dimensions[get_column_letter(at)].width = widths[at - 1]
    heights = (_TITLE_HEIGHT, _height_of([listing.about.pick(language)], [sum(widths)]), _NAMES_HEIGHT)
    for row, height in enumerate(heights, start=1):
        sheet.row_dimensions[row].height = height
    return sum(heights)


def _fill(
    sheet: Any, listing: Listing, language: Language, widths: Sequence[float]
) -> list[tuple[_Sort, bool, float]]:
    """Write rows, sums, notes and the line for signatures.

    Returns of each row what it is, whether something begins with it, and its height in points.
    """
    from openpyxl.styles import Alignment, Font

    body = _FACES[language][0]
    heights: list[tuple[_Sort, bool, float]] = []
    lines = list(_sorted_rows(listing))
    for number, (sort, values) in enumerate(lines, start=1):
        row = _TITLE_ROWS + number
        texts = [cell_text(value, language) for value in values]
        begins = values[0] is not None
        ends = number == len(lines) or lines[number][1][0] is not None or lines[number][0] != sort
        for at, (value, heading) in enumerate(zip(values, listing.headings, strict=True), start=1):
            cell = sheet.cell(row, at)
            _put(cell, value, heading, language)
            cell.border = _frame(above=begins or at > 2 or sort == "sum", below=ends or at > 2)
            cell.font = Font(name=body, bold=sort == "sum", size=_SIZE)
            cell.alignment = Alignment(
                horizontal=_across(value, heading, at),
                vertical="center",
                wrap_text=True,
            )
        heights.append((sort, begins, _height_of(texts, widths)))
    for words in [*listing.notes, listing.signed]:
        row = _TITLE_ROWS + len(heights) + 1
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
        cell = sheet.cell(row, 1)
        _put_text(cell, words.pick(language))
        cell.font = Font(name=body, size=_SIZE)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        height = (
            _SIGNED_HEIGHT if words is listing.signed else _height_of([words.pick(language)], [sum(widths)])
        )
        heights.append(("signed" if words is listing.signed else "note", False, height))
    for row, (_, _, height) in enumerate(heights, start=_TITLE_ROWS + 1):
        sheet.row_dimensions[row].height = height
    return heights


def _sorted_rows(listing: Listing) -> Iterator[tuple[_Sort, Sequence[Value]]]:
    yield from (("row", values) for values in listing.rows)
    yield from (("sum", values) for values in listing.sums)


def _across(value: Value, heading: Heading, at: int) -> str:
    if isinstance(value, int | Decimal) and at > 1:
        return "right"
    return "left" if heading.width > _LEFT_FROM else "center"


def _frame(*, above: bool = True, below: bool = True) -> Any:
    """Return a thin frame; between the lines of one member nothing is drawn."""
    from openpyxl.styles import Border, Side

    thin, none = Side(style="thin", color="808080"), Side()
    return Border(left=thin, right=thin, top=thin if above else none, bottom=thin if below else none)


def _break_pages(sheet: Any, heights: Sequence[tuple[_Sort, bool, float]], head: float, room: float) -> None:
    """Begin a page only where a row of its own begins; the last one keeps sums, notes and signatures."""
    from openpyxl.worksheet.pagebreak import Break

    firsts = [at for at, (sort, begins, _) in enumerate(heights) if sort == "row" and begins] or [0]
    points = [height for _, _, height in heights]
    blocks = [points[first:after] for first, after in zip(firsts, [*firsts[1:], len(points)], strict=True)]
    for at in _page_starts(blocks, head, room):
        sheet.row_breaks.append(Break(id=_TITLE_ROWS + firsts[at]))


def _put(cell: Any, value: Value, heading: Heading, language: Language) -> None:
    if heading.kind == "day" and isinstance(value, str) and value:
        cell.value = date.fromisoformat(value)
        cell.number_format = DAY_FORMAT
    elif isinstance(value, Decimal):
        cell.value = value
        cell.number_format = AMOUNT_FORMAT
    elif isinstance(value, int):
        cell.value = value
    elif value is not None:
        _put_text(cell, cell_text(value, language))


def _put_text(cell: Any, text: str) -> None:
    cell.value = escape(text)
    # Left to itself openpyxl takes a text that begins with = for a formula.
    cell.data_type = "s"


def _set_up(sheet: Any, listing: Listing, language: Language) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if listing.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"1:{_TITLE_ROWS}"
    sheet.freeze_panes = sheet.cell(_TITLE_ROWS + 1, 1)
    margins = sheet.page_margins
    margins.left = margins.right = _SIDE
    margins.top, margins.bottom, margins.header, margins.footer = _ABOVE, _BELOW, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页" if language == "zh" else "page &P of &N"
