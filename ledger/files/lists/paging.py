"""How high the rows of a printed list are, and where its pages break.

In: texts and the widths of their columns; the heights of rows. Out: points of height; the rows that begin a
page, so that a member's two lines stay together, and the sums with the signature. Deliberately absent:
workbooks.
"""

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

_A4_WIDTH, _A4_HEIGHT, _INCH = 595.3, 841.9, 72.0
SIDE, ABOVE, BELOW = 0.4, 0.5, 0.7
"""Margins in inches."""
_POINTS_PER_CHARACTER = 5.25
_LINE, _PADDING = 14.0, 4.0
# A row of a workbook is at most so high.
_HIGHEST = 409.0


def width_of(text: str) -> int:
    """Return how many columns of a half-width character a text takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def height_of(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height, in points, of a row at which each text is seen in its column."""
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return min(max(lines, 1) * _LINE + _PADDING, _HIGHEST)


def _lines(text: str, width: float) -> int:
    # Words in Latin letters are not broken: their lines are not filled to the end.
    room = max(width - 1, 2) * (0.85 if " " in text else 1.0)
    return sum(max(1, ceil(width_of(one) / room)) for one in text.split("\n"))


def room_on_a_page(widths: Sequence[float], *, landscape: bool) -> float:
    """Return how many points of rows a page holds once the list is fitted to its width."""
    wide, high = (_A4_HEIGHT, _A4_WIDTH) if landscape else (_A4_WIDTH, _A4_HEIGHT)
    scale = min(1.0, (wide - 2 * SIDE * _INCH) / (sum(widths) * _POINTS_PER_CHARACTER))
    # A little less than there is: a page that breaks by itself before its break would leave scraps.
    return (high - (ABOVE + BELOW) * _INCH) / scale * 0.97


def page_starts(blocks: Sequence[Sequence[float]], head: float, room: float) -> list[int]:
    """Return the blocks, counted from 0, that begin a new page.

    `blocks`: the heights of the rows that stay together; `head`: what is repeated on every page.
    """
    starts: list[int] = []
    used = head
    for at, block in enumerate(blocks):
        high = sum(block)
        if at and used + high > room:
            starts.append(at)
            used = head
        used += high
    return starts
