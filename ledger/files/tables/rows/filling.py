"""What fills in where no cell of a row says it: values said beside the file, the sheet's month, an assumed
day.

In: the texts of a row by the keys of its fields. Out: the same with what was missing; a note on what was
assumed. Deliberately absent: amounts and people; nobody's are ever filled in.
"""

import re
from collections.abc import MutableMapping, Sequence
from datetime import date

from ledger.events.values.spellings import month_text
from ledger.files.tables.header.meanings import WIDE_TYPE, columns_meant
from ledger.files.tables.options import Options
from ledger.files.tables.rows.months import assumed_day
from ledger.files.tables.rows.row_reading import DueDays
from ledger.words import Words

_LAST_DAY = 31
_DASHES = frozenset({"-", "—", "–", "－", "/", "\\", "——", "--", "无"})
_UNPAID = frozenset({"未缴", "未交", "未缴纳", "未交纳", "未收", "欠", "欠缴", "欠交", "暂缺"})
_EXEMPT = frozenset({"免", "免缴", "免交", "免收", "免除", "免缴党费", "免交党费"})
_NOTHING = _DASHES | _UNPAID | _EXEMPT
_ZERO = re.compile(r"[￥¥]?0+(?:\.0+)?元?")


def fill(
    texts: MutableMapping[str, str], word: str, options: Options, month: int | None, year: int | None
) -> None:
    """Fill in what was said beside the file, and the month of the sheet's name, where no cell says it."""
    for name, value in options.set.items():
        if (found := columns_meant(name, word)) and is_missing(texts.get(found[0].key)):
            texts[found[0].key] = value
    if word == WIDE_TYPE and is_missing(texts.get("month")) and month:
        texts["month"] = f"{year:04d}-{month:02d}" if year else f"{month}月"


def fill_day(
    texts: MutableMapping[str, str], word: str, options: Options, today: date, due_days: DueDays
) -> Words | None:
    """Fill in the day where no cell says it; return what was assumed, where it was not said beside the
    file.
    """
    if not is_missing(texts.get("occurred_on")):
        return None
    if options.on is not None:
        texts["occurred_on"] = options.on.isoformat()
    elif word == WIDE_TYPE:
        month = month_text(texts.get("month", ""))
        day = assumed_day(month, options.day, today)
        # Where the month is refused by its own check, a missing day beside it would only confuse.
        texts["occurred_on"] = (day or today).isoformat()
        if day is not None:
            return _assumed(day, month, due_days(texts.get("branch", "")))
    return None


def says_nobody(texts: MutableMapping[str, str]) -> bool:
    """Return whether a blank cell of those on leave says nobody: beside who came, and nobody excused.

    A row with an id is told as it was exported, where a blank says nothing.
    """
    silent = is_missing(texts.get("on_leave")) and is_missing(texts.get("id"))
    return silent and not is_missing(texts.get("present")) and is_nothing(texts.get("excused"))


def is_missing(text: str | None) -> bool:
    """Return whether nothing was said."""
    return text is None or not text.strip()


def is_nothing(text: str | None) -> bool:
    """Return whether an amount's cell says that nothing was paid."""
    if text is None or not text.strip():
        return True
    plain = text.strip()
    return plain in _NOTHING or _ZERO.fullmatch(plain) is not None


def says_exempt(text: str | None) -> bool:
    """Return whether an amount's cell says that nothing is owed: 免."""
    return text is not None and text.strip() in _EXEMPT


def _assumed(day: date, month: str, due_days: Sequence[tuple[Words, int]]) -> Words:
    """Say which day was assumed, and which forms' due days it misses."""
    missed = [
        Words(f"{title.zh}（每月{_by(due).zh}）", f"{title.en} (by {_by(due).en})")
        for title, due in due_days
        if (limit := assumed_day(month, due, date.max)) is not None and day > limit
    ]
    zh, en = f"表中没有缴费日期，按 {day} 记", f"the sheet says no day: taken as paid on {day}"
    if missed:
        zh += f"；晚于{'、'.join(title.zh for title in missed)}的缴费期限，可用 --day 指明每月几日"
        en += f"; later than {', '.join(title.en for title in missed)} asks: say the day by --day"
    return Words(zh=zh, en=en)


def _by(due: int) -> Words:
    if due == _LAST_DAY:
        return Words("月底", "the month's last day")
    return Words(f" {due} 日", f"day {due}")
