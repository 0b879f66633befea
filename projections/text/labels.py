"""The words of the reports, and how they write points.

In: points in hundredths, a language. Out: texts. Deliberately absent: the causes of entries and events in
words; the door that asks for a report says them, as it does everywhere else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.words import Language, Words
from rubrics.numbers import Text, print_points
from rubrics.rules import Rule


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a door says things in the reader's language, each in a line.

    `cause`: the cause of an entry (`quota:missing`). `event`: an event, by its type and payload. `asked`:
    what a rule asks for.
    """

    cause: Callable[[str], str]
    event: Callable[[str, Mapping[str, Any]], str]
    asked: Callable[[Rule], str]


LABELS: Mapping[str, Words] = {
    "branch": Words("党组织", "branch"),
    "section": Words("项目", "section"),
    "item": Words("序号", "item"),
    "what": Words("考核内容", "what"),
    "points": Words("分值", "points"),
    "computed": Words("计算得分", "computed"),
    "score": Words("得分", "score"),
    "remarks": Words("备注", "remarks"),
    "subtotal": Words("小计", "subtotal"),
    "continued": Words("（续）", " (continued)"),
    "mean": Words("平均", "mean"),
    "total_mean": Words("总分（各项平均）", "total (mean of all)"),
    "items_sum": Words("各项合计", "the items come to"),
    "base": Words("基本分合计", "base points"),
    "bonus": Words("加分", "bonus"),
    "total": Words("合计", "total"),
    "at_risk": Words("待落实", "at risk"),
    "unassessed": Words("未评", "unassessed"),
    "scored": Words("得分", "scored"),
    "lost": Words("失分", "lost"),
    "unearned": Words("未得", "not earned"),
    "gained": Words("得分", "gained"),
    "met": Words("达到要求", "met"),
    "open": Words("待办", "open"),
    "waived": Words("免考", "waived"),
    "judged": Words("评定", "judged"),
    "advisory": Words("仅提醒", "advisory"),
    "due": Words("期限", "due"),
    "grade": Words("等次", "grade"),
    "rank": Words("名次", "rank"),
    "veto": Words("一票否决", "veto"),
    "summary": Words("汇总", "Summary"),
    "form": Words("考核细则", "form"),
    "version": Words("版本", "version"),
    "period": Words("考核期间", "period"),
    "on": Words("截至", "as it stood on"),
    "ledger": Words("台账", "ledger"),
    "position": Words("序号", "position"),
    "issuer": Words("制定单位", "issued by"),
    "events": Words("所据记录", "events behind the points"),
    "event": Words("记录", "event"),
    "no_event": Words("台账中没有相应记录", "no event on record"),
    "unknown_event": Words("未能读出这条记录", "this event could not be read"),
    "occurred": Words("发生", "happened"),
    "counts_for": Words("计入", "counts for"),
    "recorded": Words("记录于", "recorded"),
    "recorded_by": Words("记录人", "by"),
    "corrected": Words("已更正，见", "corrected by"),
    "cited_by": Words("见于", "cited by"),
    "to_summary": Words("回到汇总", "back to the summary"),
    "to_top": Words("回到开头", "back to the top"),
    "contents": Words("各部分", "sections"),
    "signature": Words("（签字盖章）：", " (signature, seal):"),
    "date": Words("日期：　　　　年　　月　　日", "date: ____________"),
    "page": Words("第 &P 页，共 &N 页", "page &P of &N"),
    "notes": Words("说明", "notes"),
    "bar": Words("得分构成", "make-up"),
}


FOLDED: Mapping[str, Words] = {
    "spent": Words("另有失分 {} 处，分值已扣完", "{} more lost, with no points left to lose"),
    "open": Words("待办 {} 项", "{} open"),
    "waived": Words("免考 {} 项", "{} waived"),
    "met": Words("达到要求 {} 项", "{} met"),
}
COMMA = Words("、", ", ")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Take out of a text what steers programs, or what files cannot hold: controls, turned directions."""
    return _STEERING.sub("\ufffd", text)


def labels_in(language: Language) -> dict[str, str]:
    """Return the words of the reports in one language, by name."""
    return {name: words.pick(language) for name, words in LABELS.items()}


def told(text: Text, language: Language) -> str:
    """Return a text of a rubric in the reader's language."""
    return text.zh if language == "zh" else text.en


def moved(hundredths: int, language: Language) -> str:
    """Say what points were moved: 扣 0.50 分, 得 1.00 分; −0.50, +1.00."""
    points = print_points(abs(hundredths))
    if hundredths < 0:
        return Words(f"扣 {points} 分", f"−{points}").pick(language)
    return Words(f"得 {points} 分", f"+{points}").pick(language)


def how_much(entry: Mapping[str, Any], language: Language) -> str:
    """Say how much of what was asked for is there: 1/2; ×2 where there should be none; 5 of at most 4.

    One of one, or one where there should be none, goes without saying.
    """
    required, done = entry["required"], entry["done"]
    if required in (None, "1") or done is None:
        return ""
    if required == "0":
        return "" if done == "1" else f"×{done}"
    if entry["cause"].startswith("excess:"):
        return Words(f"{done}，至多 {required}", f"{done}, at most {required}").pick(language)
    return f"{done}/{required}"


def full_points(hundredths: int, language: Language) -> str:
    """Say how many points there are to score: （10 分）, (10); hundredths only where there are some."""
    text = print_points(hundredths).removesuffix(".00")
    return Words(f"（{text}分）", f"({text})").pick(language)


def short_window(when: str, year: str, language: Language) -> str:
    """Shorten a window or a day of a year that goes without saying: 3月, Q1, 03-12; Mar, Q1, 03-12.

    A span of months is shortened as two; what lies in another year, or is a year, stays as it is.
    """
    first, _, last = when.partition("..")
    if last:
        months = [_month(part, year, language) for part in (first, last)]
        if all(months):
            return Words(f"{months[0].removesuffix('月')}–{months[1]}", "–".join(months)).pick(language)
        return when
    return _month(when, year, language) or when.removeprefix(f"{year}-")


def _month(text: str, year: str, language: Language) -> str:
    """Return the short name of a month of the year, nothing for any other text."""
    part = text.removeprefix(f"{year}-")
    if part == text or len(part) != 2 or not part.isdecimal():
        return ""
    return Words(f"{int(part)}月", _MONTHS[int(part) - 1]).pick(language)


def short_hash(text: str) -> str:
    """Shorten a hash to what a person compares: `sha256:` and twelve digits."""
    algorithm, _, digits = text.partition(":")
    return f"{algorithm}:{digits[:12]}…" if len(digits) > 12 else text


def listed(texts: list[str], language: Language, joint: Words = COMMA, most: int = 4) -> str:
    """List a few texts, and how many there are where not all are listed."""
    count, told_ = len(texts), joint.pick(language).join(texts[:most])
    more = Words(f" 等 {count} 处", f" … {count} in all").pick(language)
    return told_ + (more if count > most else "")
