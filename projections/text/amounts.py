"""Numbers, days and lists as people write them.

In: points and units in whole hundredths, windows, texts. Out: words. Deliberately absent: what they are of.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from ledger.words import LIST, NOTHING, Text, Words, as_words, joined
from rubrics.numbers import print_points

_PERIOD = re.compile("([0-9]{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Take out of a text what steers programs, or what files cannot hold: controls, turned directions."""
    return _STEERING.sub("\ufffd", text)


def print_units(hundredths: int) -> str:
    """Print units that are kept in hundredths, without needless zeros: 100 is "1", 1050 is "10.5"."""
    whole, part = divmod(abs(hundredths), 100)
    text = f"{whole}.{part:02d}".rstrip("0") if part else str(whole)
    return f"-{text}" if hundredths < 0 else text


def half_up(value: Fraction) -> int:
    """Round half up to a whole number."""
    return int((value * 2 + 1) // 2)


def print_signed(hundredths: int) -> str:
    """Print a difference of points with its sign: +0.50, -1.00, +0.00."""
    return print_points(hundredths) if hundredths < 0 else f"+{print_points(hundredths)}"


def points_moved(hundredths: int) -> Words:
    """Say what points were moved: 扣 0.50 分, 得 1.00 分; −0.50, +1.00."""
    points = print_points(abs(hundredths))
    if hundredths < 0:
        return Words(f"扣 {points} 分", f"−{points}")
    return Words(f"得 {points} 分", f"+{points}")


def points_in_all(hundredths: int) -> Words:
    """Say how many points there are to score: （10分）, (10); hundredths only where there are some."""
    text = print_points(hundredths).removesuffix(".00")
    return Words(f"（{text}分）", f"({text})")


def points_of(points: int, full: int) -> Words:
    """Say how many of the points there are were scored."""
    return Words(
        f"{print_points(full)} 分中得 {print_points(points)}",
        f"{print_points(points)} of {print_points(full)} points",
    )


def period_words(name: str) -> Words:
    """Return a period or window as one says it: 2026年第三季度, 2026年3月; English keeps its name.

    What is no period (a day, a label of one's own) stays as it is.
    """
    first, _, last = name.partition("..")
    parts = [_period(part) for part in (first, last) if part]
    return Words("至".join(parts), name) if all(parts) else as_words(name)


def _period(name: str) -> str:
    match = _PERIOD.fullmatch(name)
    if match is None:
        return ""
    year, half, quarter, month = match.groups()
    if half:
        return f"{year}年{'上下'[int(half) - 1]}半年"
    if quarter:
        return f"{year}年第{'一二三四'[int(quarter) - 1]}季度"
    return f"{year}年{int(month)}月" if month else f"{year}年"


def short_window(when: str, year: str) -> Words:
    """Shorten a window or a day of a year that goes without saying: 3月, Q1, 03-12; Mar, Q1, 03-12.

    A span of months is shortened as two; what lies in another year, or is a year, stays as it is.
    """
    first, _, last = when.partition("..")
    if last:
        months = [_month(part, year) for part in (first, last)]
        if all(months):
            zh = f"{months[0].zh.removesuffix('月')}–{months[1].zh}"
            return Words(zh, f"{months[0].en}–{months[1].en}")
        return as_words(when)
    return _month(when, year) or as_words(when.removeprefix(f"{year}-"))


def _month(text: str, year: str) -> Words:
    """Return the short name of a month of the year, nothing for any other text."""
    part = text.removeprefix(f"{year}-")
    if part == text or len(part) != 2 or not part.isdecimal():
        return NOTHING
    return Words(f"{int(part)}月", _MONTHS[int(part) - 1])


def short_hash(text: str) -> str:
    """Shorten a hash to what a person compares: `sha256:` and twelve digits."""
    algorithm, _, digits = text.partition(":")
    return f"{algorithm}:{digits[:12]}…" if len(digits) > 12 else text


def listed(texts: Sequence[Text], joint: Words = LIST, most: int = 4) -> Words:
    """List a few texts, and how many there are where not all are listed."""
    count, told = len(texts), joined(texts[:most], joint)
    return told + Words(f" 等 {count} 处", f" … {count} in all") if count > most else told
