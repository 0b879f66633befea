"""The cells of one row as texts by the keys of its fields, and what fills in where no cell says it: values
said beside the file, the sheet's month, an assumed day.

In: a row, the columns that are understood, what the row's type calls them. Out: the texts, what is wrong
with single cells, a note on what was assumed. Deliberately absent: what fields mean together, names
(`naming`); amounts and people, of which nobody's are ever filled in.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date

from ledger.events.values.spellings import month_text
from ledger.files.headers import Column
from ledger.files.tables.header.columns import Layout
from ledger.files.tables.header.meanings import WIDE_TYPE, columns_meant
from ledger.files.tables.options import Options
from ledger.files.tables.problems import CellProblem, out_of_place
from ledger.files.tables.rows.compound_cells import assumed_day, evidence_said, is_ticked, numbers_of
from ledger.files.tables.rows.row_reading import DueDays
from ledger.files.tables.source.grid import Cell, Row
from ledger.files.tables.values import Setting, cell_text, plain_text
from ledger.problems import Problem
from ledger.words import Words

_EVIDENCE = "evidence"
_LAST_DAY = 31
_DASHES = frozenset({"-", "—", "–", "－", "/", "\\", "——", "--", "无"})
_UNPAID = frozenset({"未缴", "未交", "未缴纳", "未交纳", "未收", "欠", "欠缴", "欠交", "暂缺"})
_EXEMPT = frozenset({"免", "免缴", "免交", "免收", "免除", "免缴党费", "免交党费"})
_NOTHING = _DASHES | _UNPAID | _EXEMPT
_ZERO = re.compile(r"[￥¥]?0+(?:\.0+)?元?")


def texts_of(
    row: Row, columns: Mapping[int, Column], layout: Layout, setting: Setting, passed: int | None = None
) -> tuple[dict[str, str], list[CellProblem], list[Words]]:
    """Return the texts of a row, what is wrong with its cells, and notes; `passed` is a column not to be
    read.
    """
    texts: dict[str, str] = {}
    problems: list[CellProblem] = []
    notes: list[Words] = []
    passed_over = _passed_over(layout) - (columns.keys() & layout.of_lectures.keys())
    for at, cell in enumerate(row.cells):
        if cell.is_blank or at in passed_over or at == passed:
            continue
        if (told := _not_of_one_field(at, cell, layout, texts)) is not None:
            problems += [problem_at(layout, problem, row, at) for problem in told]
            continue
        column = columns.get(at)
        if column is None:
            problems.append(out_of_place(layout.header.texts.get(at), row.number, at, cell))
            continue
        read = cell_text(cell, column.info.kind, setting)
        if isinstance(read, Problem):
            problems.append(problem_at(layout, replace(read, field=column.path), row, at))
        elif column.key in texts:
            words = Words(zh="不得填写两次", en="must not be given twice")
            problems.append(problem_at(layout, Problem(words, column.path), row, at))
        else:
            texts[column.key] = evidence_said(read.text) if column.key == _EVIDENCE else read.text
            notes += [read.note] if read.note else []
    return texts, problems, notes


def problem_at(layout: Layout, problem: Problem, row: Row, at: int | None) -> CellProblem:
    """Return a problem with its cell and the header as people see it, a month over 应缴 included."""
    header = None if at is None else layout.header.texts.get(at)
    over = None if at is None else layout.header.over.get(at)
    shown_header = f"{over} {header}" if over and header else header
    return CellProblem(problem, row.number, at, shown_header)


def _not_of_one_field(at: int, cell: Cell, layout: Layout, texts: dict[str, str]) -> list[Problem] | None:
    """Read a cell that ticks evidence off, or holds several numbers; None where it does neither."""
    if at in layout.ticks:
        ticked = is_ticked(plain_text(cell))
        if isinstance(ticked, Problem):
            return [ticked]
        if ticked:
            texts[_EVIDENCE] = "、".join(filter(None, (texts.get(_EVIDENCE), layout.ticks[at])))
        return []
    if at not in layout.pairs:
        return None
    numbers = numbers_of(cell, layout.pairs[at])
    if isinstance(numbers, Problem):
        return [numbers]
    texts |= numbers
    return []


def _passed_over(layout: Layout) -> set[int]:
    at = {at for at in (layout.type_at, layout.year_at) if at is not None}
    return at | layout.left_out.keys() | layout.of_lectures.keys() | {one.at for one in layout.months}


def fill(
    texts: MutableMapping[str, str], word: str, options: Options, month: int | None, year: int | None
) -> None:
    """Fill in what was said beside the file, and the month of the sheet's name, where no cell says it."""
    for name, value in options.set.items():
        if (found := columns_meant(name, word)) and _is_missing(texts.get(found[0].key)):
            texts[found[0].key] = value
    if word == WIDE_TYPE and _is_missing(texts.get("month")) and month:
        texts["month"] = f"{year:04d}-{month:02d}" if year else f"{month}月"


def fill_day(
    texts: MutableMapping[str, str], word: str, options: Options, today: date, due_days: DueDays
) -> Words | None:
    """Fill in the day where no cell says it; return what was assumed, where it was not said beside the
    file.
    """
    if not _is_missing(texts.get("occurred_on")):
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
    silent = _is_missing(texts.get("on_leave")) and _is_missing(texts.get("id"))
    return silent and not _is_missing(texts.get("present")) and is_nothing(texts.get("excused"))


def _is_missing(text: str | None) -> bool:
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
