"""Columns that tick off one kind of evidence each: 会议记录, 图片资料 with 有, 无 or √ below.

In: the text of such a cell. Out: whether the evidence is there, or the problem. Deliberately absent: which
columns these are (`header`).
"""

import re
import unicodedata

from ledger.events.values.shown import shown
from ledger.problems import Problem
from ledger.words import Words

_THERE = frozenset(
    {"有", "是", "√", "✓", "✔", "☑", "y", "yes", "true", "已有", "齐全", "完整", "已存档", "存档"}
)
_NOT_THERE = frozenset(
    {"无", "否", "没有", "×", "✗", "✘", "x", "n", "no", "false", "-", "—", "/", "缺", "未"}
)
_COUNTED = re.compile("([0-9]{1,4})(?:张|份|页|条|次|本)?")
_LONGEST_MARK = 20


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
