"""Where the table of a sheet begins: its header row, of one row or two.

In: a table of cells and the type of its rows, where that is known. Out: the header with the texts of its
columns, or None where the sheet has none. Deliberately absent: what the rows below say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.files.tables.header.meanings import (
    WIDE_TYPE,
    columns_meant,
    is_left_out,
    is_of_roster,
    is_set_by_store,
    month_of,
    names_type,
    names_year,
    numbers_meant,
    plain,
)
from ledger.files.tables.options import Options
from ledger.files.tables.source.grid import Grid, Row
from ledger.files.tables.values import plain_text

_LOOKED_AT = 20
_LEAST = 2
_LONGEST_TITLE = 500
_YEAR = re.compile("((?:19|20)[0-9]{2})(?:年|[-/.](?=[0-9]{1,2}))|((?:19|20)[0-9]{2})(?=年度|$)")
_MONTH = re.compile("(?<![0-9])(0?[1-9]|1[0-2])月")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    `row` is the number of its first row, `first` the place among the grid's rows at which the data begin.
    `texts` are the columns' headers as the sheet has them; `over` what stands above them in a header of two
    rows. `titles` are the texts above the header.
    """

    row: int
    first: int
    texts: dict[int, str]
    over: dict[int, str]
    titles: tuple[str, ...]

    def year(self) -> int | None:
        """Return the one year that the titles name, else None."""
        years = {int(a or b) for title in self.titles for a, b in _YEAR.findall(title[:_LONGEST_TITLE])}
        return years.pop() if len(years) == 1 else None


def find_header(grid: Grid, type_word: str | None, options: Options) -> Header | None:
    """Return the header: the row of the first twenty with the most known columns, at least two of them."""
    mapped = {plain(header) for header in options.map}
    rows = [
        row for row in grid.rows if row.number <= _LOOKED_AT or row.number <= _first(grid) + _LOOKED_AT - 1
    ]
    best, best_at = 0, -1
    for at, row in enumerate(rows):
        score = _score(row, type_word, mapped)
        if score > best:
            best, best_at = score, at
    if best < _LEAST:
        return None
    if (
        best_at
        and _score_of_texts(_texts(rows[best_at - 1]), type_word, mapped)
        and (_second_row(grid.rows, best_at - 1, _texts(rows[best_at - 1]), type_word, mapped) is not None)
    ):
        # The second row of a header may well be the one with more names.
        best_at -= 1
    return _header(grid.rows, best_at, type_word, mapped)


def sheet_year(name: str | None) -> int | None:
    """Return the year that a sheet's name says."""
    found = {int(a or b) for a, b in _YEAR.findall(name or "")}
    return found.pop() if len(found) == 1 else None


def sheet_month(name: str | None) -> int | None:
    """Return the month that a sheet's name says (3月)."""
    found = set(_MONTH.findall(name or ""))
    if not found and name and (month := month_of(name)):
        return month.month
    return int(found.pop()) if len(found) == 1 else None


def _first(grid: Grid) -> int:
    return next((row.number for row in grid.rows if any(not cell.is_blank for cell in row.cells)), 1)


def _texts(row: Row) -> dict[int, str]:
    return {at: text for at, cell in enumerate(row.cells) if not cell.is_blank and (text := plain_text(cell))}


def _score(row: Row, type_word: str | None, mapped: set[str]) -> int:
    return _score_of_texts(_texts(row), type_word, mapped)


def _score_of_texts(texts: dict[int, str], type_word: str | None, mapped: set[str]) -> int:
    known: set[str] = set()
    fields = 0
    for text in texts.values():
        meaning = _known(text, type_word, mapped)
        if meaning is not None and meaning not in known:
            known.add(meaning)
            fields += not meaning.startswith("-")
    return len(known) if fields else 0


def _known(text: str, type_word: str | None, mapped: set[str]) -> str | None:
    """Return under which name a header is known; one that is known but left out begins with a dash."""
    if plain(text) in mapped or names_type(text) or is_set_by_store(text) or is_of_roster(text):
        return plain(text)
    if columns := columns_meant(text, type_word):
        return columns[0].key
    if pair := numbers_meant(text, type_word):
        return "/".join(column.key for column in pair)
    if type_word in (None, WIDE_TYPE) and (month := month_of(text)):
        return f"{month.year or ''}{month.month}月"
    if names_year(text):
        return "year"
    return f"-{plain(text)}" if is_left_out(text) else None


def _header(rows: Sequence[Row], at: int, type_word: str | None, mapped: set[str]) -> Header:
    texts = _texts(rows[at])
    titles = tuple(text for row in rows[:at] for text in dict.fromkeys(_texts(row).values()))
    under = _second_row(rows, at, texts, type_word, mapped)
    if under is None:
        return Header(rows[at].number, at + 1, texts, {}, titles)
    over = _carried(rows[at], texts, under)
    return Header(rows[at].number, at + 2, {**texts, **under}, over, titles)


def _second_row(
    rows: Sequence[Row], at: int, texts: dict[int, str], type_word: str | None, mapped: set[str]
) -> dict[int, str] | None:
    """Return the second row of a header (应缴, 实缴 under months), by column; None where there is none."""
    if at + 1 >= len(rows) or rows[at + 1].number != rows[at].number + 1:
        return None
    below = _texts(rows[at + 1])
    own = {column: text for column, text in below.items() if text != texts.get(column)}
    if not own or any(_known(text, type_word, mapped) is None for text in own.values()):
        return None
    fresh = [column for column, text in own.items() if month_of(text) is None]
    under_a_field = [
        column
        for column in fresh
        if column in texts and month_of(texts[column]) is None and _known(texts[column], type_word, mapped)
    ]
    return own if fresh and not under_a_field else None


def _carried(row: Row, texts: dict[int, str], under: dict[int, str]) -> dict[int, str]:
    """Return what stands over each column of the second row: merged, or blank beside its first column."""
    over: dict[int, str] = {}
    for column in sorted(under):
        cell = row.at(column)
        if cell.filled == "across":
            over[column] = plain_text(cell)
        elif column in texts:
            over[column] = texts[column]
        elif column - 1 in over and column not in texts:
            over[column] = over[column - 1]
    return over
