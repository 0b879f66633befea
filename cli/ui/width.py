"""Texts in columns of a terminal, where a Chinese character takes two.

In: texts. Out: how wide they are, and lines of a given width. Deliberately absent: rich, which would cost
`--help` a third of its time; tables go through `terminal`.
"""

import re
from unicodedata import combining, east_asian_width

# What must not begin a line, in Chinese typesetting.
_NOT_FIRST = "，。；：、！？）》」』】〉”’…％%,.;:!?)]}"
_NOT_LAST = "（《「『【〈“‘([{"
_PIECES = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+|.", re.DOTALL)


def width(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """Fill a text with spaces up to a number of columns."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns.

    Breaks stand at spaces and between Chinese characters, never before a closing or after an opening
    mark; a single word longer than the line is cut. Line ends of the text are kept.
    """
    return [line for paragraph in text.split("\n") for line in _wrap(paragraph, max(columns, 4))]


def _wrap(paragraph: str, columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(paragraph):
        if width(line) + width(piece.rstrip()) > columns and line.strip():
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while width(line.rstrip()) > columns:
            cut = _fitting(line, columns)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()]


def _pieces(paragraph: str) -> list[str]:
    """Cut a paragraph where a line may break."""
    pieces: list[str] = []
    for piece in _PIECES.findall(paragraph):
        if pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST or pieces[-1].isspace()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _fitting(text: str, columns: int) -> int:
    """Return how many leading characters fit (at least one)."""
    taken = 0
    for count, character in enumerate(text):
        taken += width(character)
        if taken > columns:
            return max(count, 1)
    return len(text)
