"""Words that stand alone, and names beside codes: heads of columns, names of sums and states, what is folded
away; organisations by their registrations, members by `people`.

In: names by code. Out: words by name; a code with its name, where one is kept. Deliberately absent:
sentences, how points are written (`amounts`); deciding who may see names: a door gives them for its own
screen and its reports, and none to files for programs, messages and calendars.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from ledger.words import Language, Words, as_words

LABELS: Mapping[str, Words] = {
    "branch": Words("党组织", "branch"),
    "section": Words("项目", "section"),
    "item": Words("序号", "item"),
    "item_row": Words("考核项", "item"),
    "level": Words("层级", "level"),
    "group": Words("分组", "group"),
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
    "in_play": Words("本期涉及分值", "in play"),
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
    "self": Words("自评", "self"),
    "superior": Words("上级评定", "superior"),
    "department": Words("部门评定", "department"),
}
FOLDED: Mapping[str, Words] = {
    "spent": Words("另有失分 {} 处，分值已扣完", "{} more lost, with no points left to lose"),
    "open": Words("待办 {} 项", "{} open"),
    "waived": Words("免考 {} 项", "{} waived"),
    "met": Words("达到要求 {} 项", "{} met"),
}
ADVISORY = LABELS["advisory"]
"""What stands in the place of points where an obligation moves none."""


def labels_in(language: Language) -> dict[str, str]:
    """Return the words of the reports in one language, by name."""
    return {name: words.pick(language) for name, words in LABELS.items()}


class People(Protocol):
    """Names of members: a code means another person in another branch."""

    def of(self, branch: str, code: str) -> str | None:
        """Return the name of a code of a branch, None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Names:
    """Names of organisations by code, and of the members of the branch that is spoken of (`home`).

    `alone`: a name is said without its code, where codes are of no use to who reads.
    """

    branches: Mapping[str, str] = field(default_factory=dict)
    people: People | None = None
    home: str = ""
    alone: bool = False

    def at(self, branch: str) -> "Names":
        """Return the names with which a branch is spoken of."""
        return replace(self, home=branch)

    def branch(self, code: str) -> Words:
        """Return an organisation's code with its name."""
        return self._named(code, self.branches.get(code))

    def member(self, code: str) -> Words:
        """Return the code of a member of the branch that is spoken of, or of a subordinate, with the name."""
        known = None if self.people is None else self.people.of(self.home, code)
        return self._named(code, known or self.branches.get(code))

    def _named(self, code: str, name: str | None) -> Words:
        if not name or name == code:
            return as_words(code)
        return as_words(name) if self.alone else Words(f"{code}（{name}）", f"{code} ({name})")


NAMELESS = Names()
