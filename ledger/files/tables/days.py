"""How days stand in sheets: in Chinese numerals, with a weekday or a time behind them, without their year.

In: the text of a cell. Out: the day in figures and what stands behind it; or why a day without a year is
refused. Deliberately absent: years that nobody wrote. The year of a title is named in the refusal, and is
never filled in.
"""

import re
import unicodedata

from ledger.events.values.days import NO_DAY
from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.words import Words

WITH_TIME = re.compile(
    r"([0-9].*?[0-9日号])(?:[T\s]+([0-9]{1,2}[:：时点][0-9]{0,2}.*)"
    r"|[\s(（]*((?:周|星期|礼拜|上午|中午|下午|晚上|晚|早上).*))",
    re.DOTALL,
)
_WEEKDAY = re.compile(r"^(?:周|星期|礼拜)[一二三四五六日天1-6][)）\s,，]*")
_FIGURES = {name: str(at) for at, name in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_IN_WORDS = re.compile(
    r"([〇零○一二三四五六七八九]{4}|[0-9]{4})年([一二三四五六七八九十]{1,2}|[0-9]{1,2})月"
    r"([一二三四五六七八九十廿]{1,3}|[0-9]{1,2})(?=[日号])"
)
_YEARLESS = re.compile(r"(0?[1-9]|1[0-2])(?:月|[-/.])(0?[1-9]|[12][0-9]|3[01])[日号]?")


def in_figures(text: str) -> str:
    """Return a day with its numerals as figures: 二〇二五年四月十五日 as 2025年4月15日."""
    return _IN_WORDS.sub(
        lambda match: f"{_year(match[1])}年{_number(match[2])}月{_number(match[3])}", text, count=1
    )


def day_and_time(text: str) -> tuple[str, str | None]:
    """Return the day of a text in figures, and the time of day behind it; a weekday is none."""
    written = in_figures(unicodedata.normalize("NFKC", text).strip())
    match = WITH_TIME.fullmatch(written)
    if match is None:
        return written, None
    behind = _WEEKDAY.sub("", match[2] or match[3]).strip()
    if not match[2] and behind.endswith((")", "）")) and not re.search("[(（]", behind):
        behind = behind[:-1]
    return match[1], behind or None


def without_year(text: str, year: int | None) -> Problem | None:
    """Return the refusal of a day that lacks its year where the sheet is about one; else None."""
    example = None if year is None else _filled_in(text, year)
    if example is None:
        return None
    return Problem(
        NO_DAY,
        None,
        shown(text),
        Words(
            zh=f"没有年份，表题的年份不代填；如是 {year} 年，请写作 {example}",
            en=f"It has no year, and that of the title is not filled in: if it is of {year}, write {example}",
        ),
    )


def in_year(text: str, year: int) -> str | None:
    """Return a day that lacks its year as one of the year that somebody said; None for any other text."""
    return _filled_in(day_and_time(text)[0], year)


def _filled_in(text: str, year: int) -> str | None:
    match = _YEARLESS.fullmatch("".join(text.split()))
    return None if match is None else f"{year:04d}-{int(match[1]):02d}-{int(match[2]):02d}"


def _year(text: str) -> str:
    return "".join(_FIGURES.get(character, character) for character in text)


def _number(text: str) -> str:
    """Return 15 for 十五, 25 for 二十五 and 廿五; figures as they are, what is no number as it was."""
    if text.isascii():
        return text
    tens, ten, ones = text.replace("廿", "二十").rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return text
    whole = (_FIGURES[tens] if tens else "1") if ten else ""
    return f"{whole}{_FIGURES[ones] if ones else '0'}"
