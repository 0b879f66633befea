"""A list as a workbook ready to print: A4, the header on every page, page numbers, a line for signatures.

In: a Listing and a language. Out: an XLSX on a stream, values not formulas. Deliberately absent: reading
the log. openpyxl is loaded only when a workbook is made.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Literal

from ledger.files.lists.listing import Heading, Listing, Value, cell_text
from ledger.files.lists.paging import ABOVE, BELOW, SIDE, height_of, page_starts, room_on_a_page
from ledger.files.workbook import AMOUNT_FORMAT, DAY_FORMAT, save_book
from ledger.files.xlsx import escape
from ledger.words import Language

_A4 = 9
_TITLE_ROWS = 3
_TITLE_HEIGHT, _NAMES_HEIGHT = 28.0, 20.0
_SIGNED_HEIGHT = 32.0
_LEFT_FROM = 12
_SIZE = 10
_FACES: dict[Language, tuple[str, str]] = {"zh": ("宋体", "黑体"), "en": ("Calibri", "Calibri")}

Sort = Literal["row", "sum", "note", "signed"]


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
    _break_pages(sheet, heights, head, room_on_a_page(widths, landscape=listing.landscape))
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
    heights = (_TITLE_HEIGHT, height_of([listing.about.pick(language)], [sum(widths)]), _NAMES_HEIGHT)
    for row, height in enumerate(heights, start=1):
        sheet.row_dimensions[row].height = height
    return sum(heights)


def _fill(
    sheet: Any, listing: Listing, language: Language, widths: Sequence[float]
) -> list[tuple[Sort, bool, float]]:
    """Write rows, sums, notes and the line for signatures.

    Returns of each row what it is, whether something begins with it, and its height in points.
    """
    from openpyxl.styles import Alignment, Font

    body = _FACES[language][0]
    heights: list[tuple[Sort, bool, float]] = []
    lines = list(_lines(listing))
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
        heights.append((sort, begins, height_of(texts, widths)))
    for words in [*listing.notes, listing.signed]:
        row = _TITLE_ROWS + len(heights) + 1
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
        cell = sheet.cell(row, 1)
        _put_text(cell, words.pick(language))
        cell.font = Font(name=body, size=_SIZE)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        height = (
            _SIGNED_HEIGHT if words is listing.signed else height_of([words.pick(language)], [sum(widths)])
        )
        heights.append(("signed" if words is listing.signed else "note", False, height))
    for row, (_, _, height) in enumerate(heights, start=_TITLE_ROWS + 1):
        sheet.row_dimensions[row].height = height
    return heights


def _lines(listing: Listing) -> Iterator[tuple[Sort, Sequence[Value]]]:
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


def _break_pages(sheet: Any, heights: Sequence[tuple[Sort, bool, float]], head: float, room: float) -> None:
    """Begin a page only where a row of its own begins; the last one keeps sums, notes and signatures."""
    from openpyxl.worksheet.pagebreak import Break

    firsts = [at for at, (sort, begins, _) in enumerate(heights) if sort == "row" and begins] or [0]
    points = [height for _, _, height in heights]
    blocks = [points[first:after] for first, after in zip(firsts, [*firsts[1:], len(points)], strict=True)]
    for at in page_starts(blocks, head, room):
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
    margins.left = margins.right = SIDE
    margins.top, margins.bottom, margins.header, margins.footer = ABOVE, BELOW, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页" if language == "zh" else "page &P of &N"
