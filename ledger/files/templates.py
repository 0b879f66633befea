"""Empty sheets to fill in: one for events of one type.

In: a type and a language. Out: a workbook with the headers in that language, a note on every header, the
allowed values as choices and days shown as days; or a CSV file that is its header alone. What is filled in
comes back through `sheets`, labels and all. Deliberately absent: the id, which an import makes by itself.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from ledger.events import CATALOGUE, ENVELOPE
from ledger.files.formats import CHOICES_SHEET, MAX_ROWS, write_records
from ledger.files.headers import Column, columns_of, header_of
from ledger.files.workbook import AMOUNT_FORMAT, DAY_FORMAT, FLAGS, TEXT_FORMAT, fitting_width, save_book
from ledger.words import Language, Words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORMATS = {
    "day": DAY_FORMAT,
    "whole": "0",
    "money": AMOUNT_FORMAT,
    "points": AMOUNT_FORMAT,
    "hours": AMOUNT_FORMAT,
    "decimal": "General",
    "flag": "General",
}
_REQUIRED = Words(zh="必填。", en="Required. ")
_SEVERAL = Words(zh="可填几项，用分号隔开。", en="Several may be given, with semicolons between. ")
_FILL = "FFF2CC"


def write_csv_template(type_word: str, stream: BinaryIO, language: Language) -> None:
    """Write the header row of a CSV file for events of one type; KeyError for a type that is none."""
    columns = [Column("type", ENVELOPE["type"]), *_columns(type_word)]
    write_records(stream, [[header_of(column, columns, language) for column in columns]])


def write_xlsx_template(type_word: str, stream: BinaryIO, language: Language) -> None:
    """Write a workbook to fill in for events of one type; KeyError for a type that is none.

    Its sheet is named after the type, so that no row need say it.
    """
    from openpyxl import Workbook

    columns = _columns(type_word)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = type_word
    sheet.freeze_panes = "A2"
    choices = book.create_sheet(CHOICES_SHEET)
    choices.sheet_state = "hidden"
    model = CATALOGUE[type_word]
    book.properties.title = model.label.pick(language)
    for at, column in enumerate(columns, start=1):
        header = header_of(column, columns, language)
        offered = _offered(column, language)
        _head(sheet, at, column, header, offered, language)
        if offered:
            _offer(sheet, choices, at, column, offered)
    save_book(book, stream)


def _columns(type_word: str) -> list[Column]:
    return [column for column in columns_of(type_word) if column.key != "id"]


def _offered(column: Column, language: Language) -> list[str | int]:
    """Return the values to choose from, in words that an import reads."""
    if column.info.kind == "flag":
        return [flag.pick(language) for flag in FLAGS.values()]
    if column.info.kind == "whole":
        # As numbers, or choosing one would put a text into a column of numbers.
        return [int(word) for word in column.info.choices]
    return [described.label.pick(language) for described in column.info.choices.values()]


def _head(
    sheet: "Worksheet",
    at: int,
    column: Column,
    header: str,
    offered: Sequence[str | int],
    language: Language,
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    info = column.info
    cell = sheet.cell(row=1, column=at, value=header)
    cell.font = Font(bold=info.required)
    cell.alignment = Alignment(horizontal="center")
    if info.required:
        cell.fill = PatternFill("solid", fgColor=_FILL)
    note = (
        (_REQUIRED.pick(language) if info.required else "")
        + (_SEVERAL.pick(language) if info.kind in ("set", "list") else "")
        + info.about.pick(language)
    )
    cell.comment = Comment(note, "zhibu", width=280, height=110)
    dimension = sheet.column_dimensions[get_column_letter(at)]
    dimension.width = fitting_width([header, *map(str, offered)])
    # Texts and codes as text: left to itself, a sheet turns 6.10 into 6.1 and 1-2 into a day.
    dimension.number_format = _FORMATS.get(info.kind, TEXT_FORMAT)


def _offer(
    sheet: "Worksheet", choices: "Worksheet", at: int, column: Column, offered: Sequence[str | int]
) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(at)
    for row, text in enumerate(offered, start=1):
        choices.cell(row=row, column=at, value=text)
    validation = DataValidation(
        type="list",
        formula1=f"'{CHOICES_SHEET}'!${letter}$1:${letter}${len(offered)}",
        allow_blank=True,
        # A set may hold several, and a code others than those that are well known: offered, not enforced.
        showErrorMessage=column.info.kind not in ("set", "list", "code"),
    )
    validation.add(f"{letter}2:{letter}{MAX_ROWS}")
    sheet.add_data_validation(validation)
