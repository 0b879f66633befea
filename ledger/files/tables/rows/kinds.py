"""Which kind of meeting a cell means, where it says a little more than the kind's name.

In: the texts of a row. Out: the same with the group of 第一党小组会 in the topic; and what is said of two
kinds in one cell. Deliberately absent: the everyday names of kinds; they stand in the vocabulary.
"""

import re
import unicodedata
from collections.abc import Iterator, MutableMapping

from ledger.events.values.described import words_of
from ledger.events.vocabularies.gatherings import MEETINGS
from ledger.words import Words

_OF_A_GROUP = re.compile("((?:第?[一二三四五六七八九十0-9]{1,3})?(?:党?小组))(?:会|会议|学习会|组会)")
_AND = re.compile("暨|及|和|、|并|兼|[+＋/]")
_LONGEST_KIND = 60
_GROUP = "group_meeting"


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
