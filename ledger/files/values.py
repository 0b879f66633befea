"""One cell of a workbook as the text that stands in it, and back.

In: a value as a workbook stores it (a text, a number, a day, a truth value) and the kind of the field
whose column it stands in. Out: the text that a person would have written for it, or the Problem; and the
value to store for such a text. Deliberately absent: guesses. What a spreadsheet program may have turned into
something else on its own (`6.10` into 6.1, `1-2` into the second of January) is refused where a text was
wanted.
"""

from datetime import date, datetime, time
from decimal import Decimal

from ledger.events.shown import shown
from ledger.problems import Problem
from ledger.words import Words

_SURE_DIGITS = 15
# Workbooks count a 29 February 1900 that never was.
_FIRST_SURE_DAY = "1901-01-01"
_NUMBERS = frozenset({"whole", "money", "points", "hours", "decimal"})
_AS_TEXT = Words(
    zh="请将该列设为“文本”格式后重新填写",
    en="Format the column as text and type it again",
)


def cell_text(value: object, data_type: str, kind: str) -> str | Problem:
    """Return the text of a cell; `data_type` is the workbook's letter for it, `kind` the field's kind."""
    if value is None:
        return ""
    if data_type == "f":
        return _formula(value)
    if data_type == "e":
        return Problem(
            Words(zh="不得为错误值", en="must not be an error value"),
            found=str(value),
        )
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, kind)
    if isinstance(value, datetime):
        return _day(value, kind)
    if isinstance(value, date):
        return value.isoformat()
    return Problem(
        Words(zh="不得为时刻或时长", en="must not be a time or a duration"),
        found=value.isoformat() if isinstance(value, time) else str(value),
        hint=_AS_TEXT,
    )


def cell_value(text: str, kind: str) -> str | bool | Decimal | date:
    """Return the value to store for a text of a kind, as `cell_text` reads it back exactly.

    A number or day that a workbook would not keep exactly stays a text.
    """
    if kind == "flag":
        return text == "true"
    if kind == "day" and text >= _FIRST_SURE_DAY:
        return date.fromisoformat(text)
    if kind in _NUMBERS and sum(character.isdigit() for character in text) <= _SURE_DIGITS:
        return Decimal(text)
    return text


def _formula(value: object) -> Problem:
    return Problem(
        Words(zh="应为值，不得为公式", en="must be a value, not a formula"),
        found=shown(value) if isinstance(value, str) else None,
        hint=Words(
            zh="请复制该单元格并“选择性粘贴”为“值”",
            en='Copy the cell and paste it back as "values only"',
        ),
    )


def _number(value: float, kind: str) -> str | Problem:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    # The shortest text of the number, without an exponent: a typed 20.1 comes back as 20.1.
    text = format(Decimal(repr(value)), "f")
    if kind in _NUMBERS:
        return text
    return Problem(
        Words(zh="应为文本，单元格中却是数字", en="must be a text, but the cell holds a number"),
        found=text,
        hint=_AS_TEXT,
    )


def _day(value: datetime, kind: str) -> str | Problem:
    midnight = value.time() == time()
    day = value.date()
    if kind == "day" and midnight:
        return day.isoformat()
    if kind == "month" and midnight and day.day == 1:
        # Typing 2019-03 makes spreadsheet programs store its first day.
        return f"{day.year:04d}-{day.month:02d}"
    if kind == "day":
        return value.isoformat(sep=" ")
    return Problem(
        Words(
            zh="单元格中是日期，此列不应为日期",
            en="must not be a day, but the cell holds one",
        ),
        found=day.isoformat() if midnight else value.isoformat(sep=" "),
        hint=_AS_TEXT,
    )
