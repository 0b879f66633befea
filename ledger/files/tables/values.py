"""One cell as the text that a person would have written for it.

In: a cell, the kind of the field whose column it stands in, and the year that the sheet is about, where
somebody said it. Out: the text, perhaps with a note on what was dropped; or the Problem. Deliberately absent:
guesses. What a spreadsheet program may have turned into something else on its own (`2025.10` into 2025.1,
`6.10` into 6.1, `1-2` into the second of January) is refused where something else was wanted.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from ledger.events.values.kinds import Kind
from ledger.events.values.shown import shown
from ledger.events.values.spellings import day_text, month_text, number_text, quarter_text
from ledger.files.tables.days import WITH_TIME, day_and_time, without_year
from ledger.files.tables.source.grid import Cell
from ledger.problems import Problem
from ledger.words import Words

NUMBERS = frozenset({"whole", "money", "points", "hours", "decimal"})
# From so many decimal places on a number is what binary arithmetic made of another one.
_NOISE = Decimal("0.000001")
_CENT = Decimal("0.01")
_FIRST_NUMBERED, _LAST_NUMBERED = 367, 110_000
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_NUMBERED = re.compile("[0-9]{4,6}")
_MIDNIGHT = re.compile(r"0{1,2}[:：]00(?:[:：]00(?:\.0+)?)?")
_DOTTED = re.compile(r"[0-9]{4}\.[0-9]")
_MONTH_ALONE = re.compile("(0?[1-9]|1[0-2])月?份?")
_QUARTER_ALONE = re.compile("第?[1-4一二三四]季度?|[qQ][1-4]")
_LONGEST_WRITTEN = 100
_AS_TEXT = Words(zh="请将该列设为“文本”格式后重新填写", en="Format the column as text and type it again")


class Text(NamedTuple):
    """The text of a cell, and what the reader should know of how it came about."""

    text: str
    note: Words | None = None


class Setting(NamedTuple):
    """What a cell's neighbours say: the year that months without one are of; how the file counts days."""

    year: int | None = None
    typed: bool = True
    date_1904: bool = False


PLAIN = Setting()


def cell_text(cell: Cell, kind: Kind, setting: Setting = PLAIN) -> Text | Problem:
    """Return the text of a cell of a field of that kind, or why it can be none."""
    if cell.state == "formula":
        return _formula(cell.value)
    if cell.state == "error":
        return Problem(Words(zh="不得为错误值", en="must not be an error value"), found=str(cell.value))
    if kind == "money" and cell.spans:
        return _merged_amount(cell)
    value = cell.value
    if value is None:
        return Text("")
    if isinstance(value, str):
        return _text(value, kind, setting)
    if isinstance(value, bool):
        return Text("true" if value else "false")
    if isinstance(value, int | float):
        return _number(value, kind, setting)
    if isinstance(value, datetime):
        return _instant(value, kind)
    if isinstance(value, date):
        return _instant(datetime.combine(value, time()), kind)
    return Problem(
        Words(zh="不得为时刻或时长", en="must not be a time or a duration"),
        found=value.isoformat() if isinstance(value, time) else str(value),
        hint=_AS_TEXT,
    )


def plain_text(cell: Cell) -> str:
    """Return a cell's text as it is, for headers and names; a day as YYYY-MM-DD."""
    value = cell.value
    if value is None or cell.state != "value":
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _text(value: str, kind: Kind, setting: Setting) -> Text | Problem:
    if len(value) > _LONGEST_WRITTEN:
        # No day and no amount is so long; the field's own check says what is wrong.
        return Text(value)
    match kind:
        case "day":
            return _day_text(value, setting)
        case "month":
            return _month_text(value, setting)
        case "quarter":
            return _quarter_text(value, setting)
        case "money" | "hours" | "points":
            return Text(number_text(value, kind))
        case _:
            return Text(value)


def _day_text(value: str, setting: Setting) -> Text | Problem:
    text = unicodedata.normalize("NFKC", value).strip()
    if not setting.typed and _NUMBERED.fullmatch(text) and _FIRST_NUMBERED <= int(text) <= _LAST_NUMBERED:
        return _numbered_day(int(text), setting)
    written, time_of_day = day_and_time(text)
    if (refusal := without_year(written, setting.year)) is not None:
        return refusal
    kept = time_of_day is None or _MIDNIGHT.fullmatch(time_of_day)
    return Text(day_text(written), None if kept else _dropped(str(time_of_day)))


def _month_text(value: str, setting: Setting) -> Text | Problem:
    text = unicodedata.normalize("NFKC", value).strip()
    if not setting.typed and _DOTTED.fullmatch(text):
        return _unclear_month(text)
    if (match := _MONTH_ALONE.fullmatch(text)) and setting.year is not None:
        return Text(f"{setting.year:04d}-{match[1].zfill(2)}")
    if WITH_TIME.fullmatch(text) or len(text) > len("2025-12-"):
        # A day's text: only the first of a month, as spreadsheet programs write months out.
        day = day_text(WITH_TIME.sub(r"\1", text))
        if re.fullmatch("[0-9]{4}-[0-9]{2}-01", day):
            return Text(day[:7])
    return Text(month_text(text))


def _quarter_text(value: str, setting: Setting) -> Text:
    text = unicodedata.normalize("NFKC", value).strip()
    if _QUARTER_ALONE.fullmatch(text) and setting.year is not None:
        return Text(quarter_text(f"{setting.year}年{text}"))
    return Text(quarter_text(text))


def _number(value: float, kind: Kind, setting: Setting) -> Text | Problem:
    if isinstance(value, int) or value.is_integer():
        whole = int(value)
        match kind:
            case "day":
                return _whole_day(whole, setting)
            case "month":
                return _whole_month(whole, setting)
            case "quarter" if 1 <= whole <= 4 and setting.year is not None:
                return Text(f"{setting.year}-Q{whole}")
        return Text(str(whole))
    # The shortest text of the number, without an exponent: a typed 20.1 comes back as 20.1.
    exact = Decimal(repr(value))
    if kind == "month":
        return _unclear_month(format(exact, "f"))
    if kind == "day" and _FIRST_NUMBERED <= value <= _LAST_NUMBERED:
        told = _numbered_day(int(value), setting)
        return Text(told.text, _dropped(str(timedelta(days=value % 1)).partition(".")[0]))
    if kind == "day":
        return _unclear_day(format(exact, "f"))
    if kind not in NUMBERS:
        return Problem(
            Words(zh="应为文本，单元格中却是数字", en="must be a text, but the cell holds a number"),
            found=format(exact, "f"),
            hint=_AS_TEXT,
        )
    if kind != "decimal" and abs(near := exact.quantize(_CENT) - exact) < _NOISE:
        exact += near
    return Text(format(exact, "f"))


def _whole_day(number: int, setting: Setting) -> Text | Problem:
    if _FIRST_NUMBERED <= number <= _LAST_NUMBERED:
        return _numbered_day(number, setting)
    return Text(day_text(str(number)))


def _numbered_day(number: int, setting: Setting) -> Text:
    day = (_EPOCH_1904 if setting.date_1904 else _EPOCH) + timedelta(days=number)
    return Text(
        day.isoformat(),
        Words(
            zh=f"{number} 是表格软件的日期序号，读作 {day}",
            en=f"{number} is a spreadsheet program's number of a day and was read as {day}",
        ),
    )


def _whole_month(number: int, setting: Setting) -> Text | Problem:
    if 1 <= number <= 12 and setting.year is not None:
        return Text(f"{setting.year:04d}-{number:02d}")
    return Text(month_text(str(number)))


def _unclear_month(text: str) -> Problem:
    return Problem(
        Words(
            zh="应为月份 YYYY-MM；带小数点的数字看不出是 1 月还是 10 月",
            en="must be a month YYYY-MM; a number with a point may be January or October",
        ),
        found=text,
        hint=_AS_TEXT,
    )


def _unclear_day(text: str) -> Problem:
    return Problem(
        Words(
            zh="应为日期，如 2026-03-12；带小数点的数字没有年份，也看不出是 1 日还是 10 日",
            en="must be a day YYYY-MM-DD; a number with a point has no year, and may be the 1st or the 10th",
        ),
        found=text,
        hint=_AS_TEXT,
    )


def _instant(value: datetime, kind: Kind) -> Text | Problem:
    midnight = value.time() == time()
    day = value.date()
    if kind == "day":
        return Text(day.isoformat(), None if midnight else _dropped(value.time().isoformat("minutes")))
    if kind == "month" and midnight and day.day == 1:
        # Typing 2019-03 makes spreadsheet programs store its first day.
        return Text(f"{day.year:04d}-{day.month:02d}")
    return Problem(
        Words(zh="单元格中是日期，此列不应为日期", en="must not be a day, but the cell holds one"),
        found=day.isoformat() if midnight else value.isoformat(sep=" "),
        hint=_AS_TEXT,
    )


def _dropped(what: str) -> Words:
    return Words(zh=f"只记日期，时刻 {what} 不记", en=f"only the day is kept, the time {what} is not")


def _formula(value: object) -> Problem:
    return Problem(
        Words(zh="公式没有算出的结果", en="is a formula without a stored result"),
        found=shown(value) if isinstance(value, str) else None,
        hint=Words(
            zh="请在表格软件中打开、保存一次，或“选择性粘贴”为“值”",
            en="Open and save it in a spreadsheet program, or paste it back as values only",
        ),
    )


def _merged_amount(cell: Cell) -> Problem:
    return Problem(
        Words(
            zh="金额是几行合并的单元格，看不出各行多少",
            en="is an amount merged over several rows: whose is it?",
        ),
        found=plain_text(cell) or None,
        hint=Words(zh="请取消合并，逐行填写", en="Unmerge the cell and fill in every row"),
    )
