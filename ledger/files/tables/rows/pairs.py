"""Several numbers in one cell: 应到/实到 with 10/9, or 应到10人，实到9人, below.

In: such a cell, and the fields that its header names, in order. Out: the text of each field; or the Problem.
Deliberately absent: which columns these are (`header`), and guesses: one number alone is nobody's.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from ledger.events.values.shown import shown
from ledger.files.headers import Column
from ledger.files.tables.source.grid import Cell
from ledger.files.tables.values import plain_text
from ledger.problems import Problem
from ledger.words import Words

_NUMBER = re.compile("([^0-9]*)([0-9]{1,9})")
_WHOSE = re.compile("[应实请缺]")
_LONGEST_CELL = 100


def numbers_of(cell: Cell, columns: Sequence[Column]) -> dict[str, str] | Problem:
    """Return the number of each field: by the name before it (实到9人), else in the header's order."""
    text = unicodedata.normalize("NFKC", plain_text(cell)[:_LONGEST_CELL])
    found = _NUMBER.findall(text)
    if isinstance(cell.value, date | datetime) or len(found) != len(columns):
        return _refused(cell, columns)
    named = [match[0] if (match := _WHOSE.search(before)) else "" for before, _ in found]
    if not any(named):
        return {column.key: number for column, (_, number) in zip(columns, found, strict=True)}
    by_name = {whose: number for whose, (_, number) in zip(named, found, strict=True)}
    wanted = {column.key: match[0] for column in columns if (match := _WHOSE.search(column.info.label.zh))}
    if len(wanted) != len(columns) or by_name.keys() != set(wanted.values()):
        return _refused(cell, columns)
    return {key: by_name[whose] for key, whose in wanted.items()}


def _refused(cell: Cell, columns: Sequence[Column]) -> Problem:
    labels = [column.info.label for column in columns]
    return Problem(
        Words(
            zh=f"应为 {len(columns)} 个数：{'、'.join(label.zh for label in labels)}",
            en=f"must be {len(columns)} numbers: {', '.join(label.en for label in labels)}",
        ),
        None,
        shown(plain_text(cell)),
        Words(
            zh="请写作 10/9，并把该格设为“文本”格式",
            en="Write it as 10/9, in a cell that is formatted as text",
        ),
    )
