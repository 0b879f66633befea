"""What sheets say of evidence: 会议记录, 图片资料 with 有, 无 or √ below; 有记录、照片3张 in one cell.

In: the text of such a cell. Out: whether the evidence is there, or the problem; or the words for it.
Deliberately absent: which columns these are (`header`).
"""

import re
import unicodedata

from ledger.events.values.described import words_of
from ledger.events.values.shown import shown
from ledger.events.vocabularies.gatherings import EVIDENCE
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
_LONGEST_SAID = 200
_BETWEEN = re.compile("[、,，;；/和及+ \\n]+")
# How people say that it is there, and how much of it.
_HAVING = re.compile(
    "^(?:已|附|留|存)?(?:有|附|存|留存)?|(?:各?[0-9一二两三四五六七八九十]+[张份页本条幅])?(?:齐全|等)?$"
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
