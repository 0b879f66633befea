"""What new events come to, in words: why a clause whose rules match them did not move.

In: impacts of the engine. Out: words. Deliberately absent: points before and after, which stand beside them.
"""

from collections.abc import Mapping

from ledger.words import NOTHING, Words
from projections.engine.impacts import Impact, Why

WHY: Mapping[Why, Words] = {
    "cap": Words("已到上限，不再加分", "the cap is reached: it gives no more"),
    "full": Words("本已达到要求，不影响得分", "what was asked is met already: no points move"),
    "floor": Words("该条款的分已扣完", "the clause has no points left to lose"),
    "short": Words("尚未达到计分的数量", "more is needed before it counts"),
    "founding": Words("早于开始要求的日期，不计", "it lies before anything was owed"),
    "roster": Words("当天不在名册上，不计", "not on the roster that day: it does not count"),
    "exempt": Words("已免除该项要求", "exempt from it"),
    "period": Words("不在本考核期间的任何一段之内", "it stands in no window of the period"),
    "judged": Words("该条款已有人评分，以评分为准", "the clause is judged: the judgement stands"),
    "waived": Words("该条款已免考", "the clause is waived"),
    "other": Words("不影响该条款的得分", "it does not move the clause"),
}


def why_words(impact: Impact) -> Words:
    """Say why a clause did not move; nothing where it moved."""
    return NOTHING if impact.why is None else WHY[impact.why]
