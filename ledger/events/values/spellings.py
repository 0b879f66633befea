"""How people write days, months, quarters, amounts and numbers.

In: a text as somebody typed it (`2025年3月5日`, `202512`, `￥1,048.50`, `２５人`). Out: the one form
that the catalogue reads, or the text as it is where it is none of these: the field's own check then says
what is wrong. Deliberately absent: guesses. A year of two digits, a day without a year and a number with a
third decimal place stay as they are.
"""

import re
import unicodedata
from decimal import Decimal

_DAY = re.compile("([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?")
_DAY_DIGITS = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile("([0-9]{4})(?:[-/.]|年)([0-9]{1,2})月?(?:份)?")
_MONTH_DIGITS = re.compile("([0-9]{4})(0[1-9]|1[0-2])")
_QUARTER = re.compile("([0-9]{4})(?:-|/|年)?第?(?:q([1-4])|([1-4一二三四])季度?)", re.IGNORECASE)
_HALF = re.compile("([0-9]{4})(?:-|/|年)?(?:h([12])|([上下])半年)", re.IGNORECASE)
_YEAR = re.compile("([0-9]{4})(?:年|年度|全年)?")
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_BLANKS = re.compile(r"\s+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_SIGNS_BEFORE = ("rmb", "cny", "￥", "¥", "人民币")
_UNITS = {
    "money": ("元整", "元", "圆"),
    "hours": ("学时", "小时", "课时"),
    "points": ("分",),
    "whole": ("人次", "人", "名", "次", "票", "份", "个", "篇"),
}
# From so many decimal places on a number is what binary arithmetic made of another one.
_NOISE_FROM = 9
# No day, month or amount is so long: what is goes by unread.
_LONGEST_WRITTEN = 100
_CENT = Decimal("0.01")
_NOISE = Decimal("0.00001")


def day_text(text: str) -> str:
    """Return a day as `YYYY-MM-DD`, however written with a year of four digits."""
    plain = _plain(text)
    match = _DAY.fullmatch(plain) or _DAY_DIGITS.fullmatch(plain)
    return _joined(*match.groups()) if match else text


def month_text(text: str) -> str:
    """Return a month as `YYYY-MM`."""
    plain = _plain(text)
    match = _MONTH.fullmatch(plain) or _MONTH_DIGITS.fullmatch(plain)
    return _joined(*match.groups()) if match else text


def quarter_text(text: str) -> str:
    """Return a quarter as `YYYY-Qn`."""
    match = _QUARTER.fullmatch(_plain(text))
    if match is None:
        return text
    year, digit, named = match.groups()
    number = digit or named
    return f"{year}-Q{_QUARTERS.get(number, number)}"


def period_text(text: str) -> str:
    """Return a period as scores name it: `YYYY`, `YYYY-Hn`, `YYYY-Qn` or `YYYY-MM`."""
    plain = _plain(text)
    if match := _YEAR.fullmatch(plain):
        return match[1]
    if match := _HALF.fullmatch(plain):
        return f"{match[1]}-H{match[2] or '上下'.index(match[3]) + 1}"
    quarter = quarter_text(text)
    return month_text(text) if quarter == text else quarter


def number_text(text: str, kind: str) -> str:
    """Return the plain number of an amount of money, hours, points or a whole number."""
    plain = _plain(text).casefold()
    for sign in _SIGNS_BEFORE if kind == "money" else ():
        plain = plain.removeprefix(sign)
    for unit in _UNITS.get(kind, ()):
        if plain.endswith(unit):
            plain = plain.removesuffix(unit)
            break
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return text
    return _without_noise(plain) if kind in ("money", "hours", "points") else plain


def _without_noise(number: str) -> str:
    """Return 48.3 for 48.300000000000004; a third place that somebody wrote stays."""
    _, _, places = number.partition(".")
    if len(places) < _NOISE_FROM:
        return number
    near = Decimal(number).quantize(_CENT)
    return format(near, "f") if abs(near - Decimal(number)) < _NOISE else number


def _plain(text: str) -> str:
    if len(text) > _LONGEST_WRITTEN:
        return text
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def _joined(year: str, *parts: str) -> str:
    return "-".join((year, *(part.zfill(2) for part in parts)))
