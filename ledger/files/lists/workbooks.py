"""A list as a workbook ready to print: A4, the header on every page, page numbers, a line for signatures.

In: a Listing and a language. Out: an XLSX on a stream, values not formulas. Deliberately absent: reading
the log. openpyxl is loaded only when a workbook is made.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO
from unicodedata import east_asian_width

from ledger.files.lists.listing import Heading, Listing, Value, cell_text
from ledger.files.workbook import AMOUNT_FORMAT, DAY_FORMAT, save_book
from ledger.files.xlsx import escape
from ledger.words import Language

_A4 = 9
_TITLE_ROWS = 3
_MARGIN = 0.4
_ROW_HEIGHT = 18


def write_workbook(listing: Listing, stream: BinaryIO, language: Language) -> None:
    """Write the list as a workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = listing.title.pick(language)[:31]
    _fill(sheet, listing, language)
    _set_up(sheet, listing, language)
    save_book(book, stream)


def _fill(sheet: Any, listing: Listing, language: Language) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    width = len(listing.headings)
    thin = Side(style="thin", color="808080")
    framed = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row, (words, font) in enumerate(
        ((listing.title, Font(bold=True, size=16)), (listing.about, Font(size=10))), start=1
    ):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        cell = sheet.cell(row, 1, escape(words.pick(language)))
        cell.font = font
        cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 28
    for at, heading in enumerate(listing.headings, start=1):
        cell = sheet.cell(_TITLE_ROWS, at, heading.label.pick(language))
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = framed
        sheet.column_dimensions[get_column_letter(at)].width = heading.width + 1
    row = _TITLE_ROWS
    for values, bold in [*((one, False) for one in listing.rows), *((one, True) for one in listing.sums)]:
        row += 1
        sheet.row_dimensions[row].height = _ROW_HEIGHT if _fits(values, listing, language) else None
        for at, (value, heading) in enumerate(zip(values, listing.headings, strict=True), start=1):
            cell = sheet.cell(row, at)
            _put(cell, value, heading, language)
            cell.border = framed
            cell.font = Font(bold=bold)
            number = isinstance(value, int | Decimal) and at > 1
            cell.alignment = Alignment(
                horizontal="right" if number else "left" if heading.width > 12 else "center",
                vertical="center",
                wrap_text=True,
            )
    for words in [*listing.notes, listing.signed]:
        row += 1
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        sheet.cell(row, 1, escape(words.pick(language))).alignment = Alignment(
            vertical="center", wrap_text=True
        )
    sheet.row_dimensions[row].height = 30


def _fits(values: Sequence[Value], listing: Listing, language: Language) -> bool:
    """Return whether every text of a row has room on one line; a row that breaks finds its own height."""
    return all(
        _width(cell_text(value, language)) <= heading.width
        for value, heading in zip(values, listing.headings, strict=True)
        if not isinstance(value, int | Decimal)
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


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
        cell.value = escape(cell_text(value, language))
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
    margins.left = margins.right = _MARGIN
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.7, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页" if language == "zh" else "page &P of &N"
