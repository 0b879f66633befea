"""Workbooks (XLSX) to fill and workbooks that are filled: a sheet a type of event.

In: events as texts by column. Out: a workbook on a stream, days as days and numbers as numbers, so that each
is read back exactly, texts never as formulas. Deliberately absent: reading (`tables.source`), and empty
sheets to fill in (`templates`). openpyxl is loaded only when a workbook is made.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO, Self
from unicodedata import east_asian_width

from ledger.errors import Refused
from ledger.events import CATALOGUE, FieldInfo
from ledger.files.formats import MAX_ROWS, MAX_TEXT, escape
from ledger.files.headers import Column, columns_of, header_of
from ledger.files.tables.values import NUMBERS
from ledger.problems import Problem
from ledger.words import Language, Words

_SURE_DIGITS = 15
# Workbooks count a 29 February 1900 that never was.
_FIRST_SURE_DAY = "1901-01-01"
DAY_FORMAT = "yyyy-mm-dd"
AMOUNT_FORMAT = "0.00"
TEXT_FORMAT = "@"
_AMOUNTS = frozenset({"money", "points", "hours"})
_FIRST_AND_LAST = {"branch_registered": -1, "event_corrected": 1, "event_retracted": 2}
_NARROWEST, _WIDEST = 8, 40
_ID_WIDTH = 38
_LONGEST_TITLE = 31
FLAGS = {True: Words(zh="是", en="yes"), False: Words(zh="否", en="no")}


def cell_value(text: str, kind: str) -> str | bool | Decimal | date:
    """Return the value to store for a text of a kind, as `tables.values` reads it back exactly.

    A number or day that a workbook would not keep exactly stays a text.
    """
    if kind == "flag":
        return text == "true"
    if kind == "day" and text >= _FIRST_SURE_DAY:
        return date.fromisoformat(text)
    if kind in NUMBERS and sum(character.isdigit() for character in text) <= _SURE_DIGITS:
        return Decimal(text)
    return text


class EventBook:
    """A workbook being filled, row by row; its sheets are named after the types.

    Used in a `with` block, so that what was begun is closed even where it is not saved.
    """

    def __init__(self, language: Language | None = None) -> None:
        """Begin a workbook in a language; without one, in stored words."""
        from openpyxl import Workbook

        self._book: Any = Workbook(write_only=True)
        self._language = language
        self._sheets: dict[str, _Sheet] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for sheet in self._book.worksheets:
            if not sheet.closed:
                sheet.close()

    def add(self, type_word: str, position: int, texts: Mapping[str, str]) -> None:
        """Add one event; raises `Refused` where no row, or no cell, has room for it."""
        sheet = self._sheets.get(type_word)
        if sheet is None:
            title = _sheet_title(type_word, self._language)
            sheet = _Sheet(self._book.create_sheet(title), columns_of(type_word), self._language)
            self._sheets[type_word] = sheet
        sheet.add(position, texts)

    def save(self, stream: BinaryIO) -> None:
        """Write the workbook."""
        if not self._sheets:
            # A workbook has at least one sheet.
            self._book.create_sheet("events")
        for place, type_word in enumerate(sorted(self._sheets, key=_turn)):
            # By name: the library does not know its own write-only sheets here.
            title = _sheet_title(type_word, self._language)
            self._book.move_sheet(title, place - self._book.sheetnames.index(title))
        save_book(self._book, stream)


def save_book(book: Any, stream: BinaryIO) -> None:
    """Write a workbook of openpyxl's to a stream.

    It is put together in memory: an archive that could not be written to the end complains on the terminal
    when it is thrown away, and nothing can stop it.
    """
    archive = BytesIO()
    book.save(archive)
    stream.write(archive.getbuffer())


class _Sheet:
    def __init__(self, sheet: Any, columns: tuple[Column, ...], language: Language | None) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet = sheet
        self._columns = columns
        self._language = language
        self._rows = 1
        sheet.freeze_panes = "A2"
        headers = [
            column.key if language is None else header_of(column, columns, language) for column in columns
        ]
        for at, (column, header) in enumerate(zip(columns, headers, strict=True), start=1):
            width = _ID_WIDTH if column.key == "id" else fitting_width([header])
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.append(headers)

    def add(self, position: int, texts: Mapping[str, str]) -> None:
        self._rows += 1
        if self._rows > MAX_ROWS:
            raise Refused([_too_many_rows(self._sheet.title)])
        row: list[Any] = []
        for column in self._columns:
            text = texts.get(column.key)
            row.append(None if text is None else self._cell(text, column, position))
        self._sheet.append(row)

    def _cell(self, text: str, column: Column, position: int) -> object:
        from openpyxl.cell import WriteOnlyCell

        kind = column.info.kind
        if self._language is not None:
            text = _in_words(text, column.info, self._language)
        value: Any = text if kind == "flag" and self._language is not None else cell_value(text, kind)
        if isinstance(value, str):
            value = escape(value)
            if len(value) > MAX_TEXT:
                raise Refused([_too_long(position, column, len(value))])
            if not value.startswith(("=", "#")):
                return value
        cell = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            # Left to itself openpyxl takes such a text for a formula or an error value.
            cell.data_type = "s"
        elif isinstance(value, Decimal) and kind in _AMOUNTS:
            cell.number_format = AMOUNT_FORMAT
        elif isinstance(value, date):
            cell.number_format = DAY_FORMAT
        return cell


def _sheet_title(type_word: str, language: Language | None) -> str:
    """Return what the sheet of a type is called; a workbook wants no slash in it."""
    if language is None:
        return type_word
    return CATALOGUE[type_word].label.pick(language).replace("/", "／")[:_LONGEST_TITLE]


def _in_words(text: str, info: FieldInfo, language: Language) -> str:
    """Return the text of a value as people read it: labels for stored words, yes and no for truth values."""
    if info.kind == "flag":
        return FLAGS[text == "true"].pick(language)
    if info.kind not in ("choice", "code", "set") or text.startswith("["):
        return text
    words = text.split(", ") if info.kind == "set" else [text]
    if not all(word in info.choices for word in words):
        return text
    return ("、" if language == "zh" else "; ").join(
        info.choices[word].label.pick(language) for word in words
    )


def _turn(type_word: str) -> int:
    """Return when a type's turn is, so that a workbook can be imported from its first sheet to its last."""
    return _FIRST_AND_LAST.get(type_word, 0)


def width_of(text: str) -> int:
    """Return how many columns of a half-width character a text takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def fitting_width(texts: list[str]) -> int:
    """Return the width of a column, in characters, that shows these texts; wide ones count twice."""
    widths = [width_of(text) for text in texts]
    return min(_WIDEST, max(_NARROWEST, *widths) + 2) if widths else _NARROWEST


def _too_many_rows(type_word: str) -> Problem:
    return Problem(
        Words(
            zh=f"{type_word} 的记录超过一个工作表的 {MAX_ROWS} 行",
            en=f"a sheet has {MAX_ROWS:,} rows and there are more events of type {type_word}",
        ),
        hint=Words(zh="请导出为 .csv 或 .jsonl", en="Export to .csv or .jsonl"),
    )


def _too_long(position: int, column: Column, length: int) -> Problem:
    return Problem(
        Words(
            zh=f"第 {position} 条记录：工作簿单元格最多 {MAX_TEXT} 个字符",
            en=f"the event at position {position}: a cell of a workbook has at most {MAX_TEXT:,} characters",
        ),
        column.path,
        f"{length:,}",
        Words(zh="请导出为 .csv 或 .jsonl", en="Export to .csv or .jsonl"),
    )
