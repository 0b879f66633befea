"""Cells that say more, or other, than one field holds: several months of dues with one payment, 应到/实到
with 10/9 or 应到10人，实到9人 below, 会议记录 with √ or 有记录、照片3张, a kind of meeting and a little
more.

In: what stands in such a cell, amounts as exact texts; the fields that its header names, in order. Out: one
month after another with its amount, the text of each field, whether evidence is there, the kind with the
rest in the topic; or the Problem: a payment that cannot be shared out to the fen, one number alone, two
kinds. Deliberately absent: which columns these are (`header`), the everyday names of kinds (the vocabulary),
guesses.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, MutableMapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ledger.events.values.described import words_of
from ledger.events.values.shown import shown
from ledger.events.values.spellings import month_text, quarter_text
from ledger.events.vocabularies.gatherings import EVIDENCE, MEETINGS
from ledger.files.headers import Column
from ledger.files.tables.source.grid import Cell
from ledger.files.tables.values import plain_text
from ledger.problems import Problem
from ledger.words import Words

_SPAN = re.compile(
    r"(?:([0-9]{4})(?:年|[./-]))?(0?[1-9]|1[0-2])月?(?:份)?(?:\.\.|-|~|—|–|―|至|到)"
    r"(?:([0-9]{4})(?:年|[./-]))?(0?[1-9]|1[0-2])(月)?(?:份)?"
)
_MONTH = re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])")
_QUARTER = re.compile("([0-9]{4})-Q([1-4])")
_QUARTER_ALONE = re.compile("第?([1-4一二三四])季度")
_MOST_MONTHS = 24
_CENT = Decimal("0.01")
_NUMBER = re.compile("([^0-9]*)([0-9]{1,9})")
_WHOSE = re.compile("[应实请缺]")
_LONGEST_CELL = 100
_THERE = frozenset(
    {"有", "是", "√", "✓", "✔", "☑", "y", "yes", "true", "已有", "齐全", "完整", "已存档", "存档"}
)
_NOT_THERE = frozenset(
    {"无", "否", "没有", "×", "✗", "✘", "x", "n", "no", "false", "-", "—", "/", "缺", "未"}
)
_COUNTED = re.compile("([0-9]{1,4})(?:张|份|页|条|次|本)?")
_LONGEST_MARK = 20
_LONGEST_SAID = 200
_BETWEEN = re.compile("[、,，;；/和及+ \\n]+")
# How people say that it is there, and how much of it.
_HAVING = re.compile(
    "^(?:已|附|留|存)?(?:有|附|存|留存)?|(?:各?[0-9一二两三四五六七八九十]+[张份页本条幅])?(?:齐全|等)?$"
)
_OF_A_GROUP = re.compile("((?:第?[一二三四五六七八九十0-9]{1,3})?(?:党?小组))(?:会|会议|学习会|组会)")
_AND = re.compile("暨|及|和|、|并|兼|[+＋/]")
_LONGEST_KIND = 60
_GROUP = "group_meeting"


class Share(NamedTuple):
    """One month of a payment, amounts as texts; `due` is None where nobody said it."""

    month: str
    amount: str
    due: str | None


def months_in(text: str, year: int | None) -> list[str] | None:
    """Return the months of a cell that names several (`2025-10..2025-12`, `10-12月`), else None."""
    if len(text) > _LONGEST_CELL:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if _MONTH.fullmatch(month_text(plain)):
        return None
    if (match := _QUARTER_ALONE.fullmatch(plain)) and year is not None:
        plain = f"{year}年第{match[1]}季度"
    if quarter := _QUARTER.fullmatch(quarter_text(plain)):
        first = 3 * int(quarter[2]) - 2
        return [f"{quarter[1]}-{month:02d}" for month in range(first, first + 3)]
    match = _SPAN.fullmatch(plain)
    if match is None:
        return None
    first_year, first_month, last_year, last_month, unit = match.groups()
    if first_year is None and last_year is None and not unit and ".." not in plain:
        # 10-12 alone may be a day as well.
        return None
    start = int(first_year or last_year or year or 0)
    if not start:
        return None
    end = int(last_year) if last_year else start
    count = (end * 12 + int(last_month)) - (start * 12 + int(first_month)) + 1
    if not 1 < count <= _MOST_MONTHS:
        return None
    return [
        f"{(start * 12 + int(first_month) - 1 + at) // 12}-{(int(first_month) - 1 + at) % 12 + 1:02d}"
        for at in range(count)
    ]


def shared_out(months: Sequence[str], amount: str, due: str | None) -> list[Share] | Problem:
    """Share a payment out among months.

    A due that equals the amount is that of all the months, one that is the n-th part of it that of each.
    """
    whole, owed = _exact(amount), _exact(due) if due is not None else None
    if whole is None or (due is not None and owed is None):
        # The amount is no amount: its own check says so, once.
        return [Share(months[0], amount, due)]
    count = len(months)
    if owed is not None and owed not in (whole, whole / count):
        return _row_a_month(
            Words(
                zh=f"一笔缴 {count} 个月，应缴 {due} 既不是总额 {amount}，也不是每月的一份",
                en=f"pays {count} months, but the due {due} is neither the whole {amount} nor a month's part",
            )
        )
    part = whole / count
    if part != part.quantize(_CENT):
        return _row_a_month(
            Words(
                zh=f"{amount} 元不能平分为 {count} 个月（到分）",
                en=f"{amount} cannot be shared out evenly among {count} months",
            )
        )
    text = format(part.quantize(_CENT), "f")
    return [Share(month, text, text if due is not None else None) for month in months]


def _exact(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _row_a_month(words: Words) -> Problem:
    return Problem(words, hint=Words(zh="请按月分行填写", en="Write a row for each month"))


def assumed_day(month: str, day: int | None, today: date) -> date | None:
    """Return the day on which dues of a month are taken to be paid: the `day`-th, or the month's last; today
    where that lies ahead. None where the month is none.
    """
    if not _MONTH.fullmatch(month):
        return None
    year, number = int(month[:4]), int(month[5:])
    last = monthrange(year, number)[1]
    return min(date(year, number, min(day or last, last)), today)


def numbers_of(cell: Cell, columns: Sequence[Column]) -> dict[str, str] | Problem:
    """Return the number of each field: by the name before it (实到9人), else in the header's order."""
    text = unicodedata.normalize("NFKC", plain_text(cell)[:_LONGEST_CELL])
    found = _NUMBER.findall(text)
    if isinstance(cell.value, date | datetime) or len(found) != len(columns):
        return _so_many_numbers(cell, columns)
    named = [match[0] if (match := _WHOSE.search(before)) else "" for before, _ in found]
    if not any(named):
        return {column.key: number for column, (_, number) in zip(columns, found, strict=True)}
    by_name = {whose: number for whose, (_, number) in zip(named, found, strict=True)}
    wanted = {column.key: match[0] for column in columns if (match := _WHOSE.search(column.info.label.zh))}
    if len(wanted) != len(columns) or by_name.keys() != set(wanted.values()):
        return _so_many_numbers(cell, columns)
    return {key: by_name[whose] for key, whose in wanted.items()}


def _so_many_numbers(cell: Cell, columns: Sequence[Column]) -> Problem:
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


def is_ticked(text: str) -> bool | Problem:
    """Return whether a cell says that the evidence is there: 有, √, 3张."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_MARK]).strip().casefold()
    if plain in _THERE or plain in _NOT_THERE:
        return plain in _THERE
    if match := _COUNTED.fullmatch(plain):
        return int(match[1]) > 0
    return Problem(
        Words(zh="应为“有”或“无”", en="must be yes or no"),
        "data.evidence",
        shown(text),
        Words(
            zh="这一列只记有没有；材料放在哪里，请写在“材料位置”一列",
            en="The column says whether it exists; where it lies is said in the column “refs”",
        ),
    )


def evidence_said(text: str) -> str:
    """Return the words for the evidence of 有记录、照片3张; the text as it is where it says more."""
    if len(text) > _LONGEST_SAID:
        return text
    found = []
    for part in filter(None, _BETWEEN.split(unicodedata.normalize("NFKC", text).strip())):
        words = words_of(part, EVIDENCE) or words_of(_HAVING.sub("", part), EVIDENCE)
        if len(words) != 1:
            return text
        found.append(words[0])
    return "、".join(dict.fromkeys(found)) or text


def tells_evidence(text: str) -> bool:
    """Return whether a remark says nothing but which evidence there is."""
    return evidence_said(text) != text or bool(words_of(text.strip(), EVIDENCE))


def settle_kind(texts: MutableMapping[str, str], word: str) -> Iterator[Words]:
    """Take 第一党小组会 for a group meeting, and keep in its topic which group's it was."""
    text = "".join(unicodedata.normalize("NFKC", texts.get("kind", "")[:_LONGEST_KIND]).split())
    match = _OF_A_GROUP.fullmatch(text)
    if word != "meeting_held" or match is None or words_of(text, MEETINGS):
        return
    topic = texts.get("topic", "").strip()
    texts["kind"] = _GROUP
    texts["topic"] = f"{match[1]}：{topic}" if topic else match[1]
    yield Words(
        zh=f"记为党小组会，“{match[1]}”写入议题", en=f"is a group meeting; {match[1]} is kept as topic"
    )


def several_kinds(text: str) -> Words | None:
    """Return what to do about two kinds of meeting in one cell (党员大会暨主题党日), else None."""
    parts = _AND.split(text.strip()[:_LONGEST_KIND])
    labels = [
        MEETINGS[words[0]].label for part in parts if len(words := words_of(part.strip(), MEETINGS)) == 1
    ]
    if not 1 < len(labels) == len(parts):
        return None
    return Words(
        zh=f"一格写了几种会议：请分行写（{'、'.join(one.zh for one in labels)}），一行一种",
        en=f"It names several kinds: write a row for each ({', '.join(one.en for one in labels)})",
    )
