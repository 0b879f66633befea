"""What a rule asks for, and what became of it, in a few words: rules, their kinds, causes of entries.

In: a rule of a rubric, its kind, the cause of an entry (`quota:missing`), the same in every language. Out: a
rule's title where it has one, else the events it looks for in the catalogue's labels; the title under which
an obligation of it is listed; words of a cause. Deliberately absent: points, windows, days, which stand
beside it.
"""

from collections.abc import Sequence

from ledger.events import fields_of
from ledger.words import OR, Words, as_words, joined
from projections.text.events import event_words, type_label
from rubrics.model import Clause, Item
from rubrics.parameters import Condition, Match
from rubrics.rules import Deadline, Excess, NoneOf, Quota, Rank, Rule, Tally, Threshold

_CAUSES = {
    "quota:met": Words("已完成", "done"),
    "quota:missing": Words("未完成", "not enough done"),
    "quota:none": Words("未完成", "not done"),
    "quota:open": Words("尚未完成", "to do"),
    "quota:waived": Words("免除要求", "exempt"),
    "none_of:found": Words("查有此项", "found"),
    "deadline:in_time": Words("按期完成", "done in time"),
    "deadline:late": Words("逾期完成", "done late"),
    "deadline:missing": Words("未完成", "not done"),
    "excess:within": Words("未超比例", "within the share"),
    "excess:beyond": Words("超出比例", "beyond the share"),
    "dues:paid": Words("按期足额缴纳", "paid in time"),
    "dues:late": Words("逾期缴纳", "paid late"),
    "dues:short": Words("未足额缴纳", "paid short"),
    "dues:missing": Words("未缴纳", "not paid"),
    "dues:exempt": Words("免予缴纳", "exempt"),
    "submission:in_time": Words("按期报送", "handed in on time"),
    "submission:late": Words("迟报", "handed in late"),
    "submission:missing": Words("未报送", "not handed in"),
    "submission:non_conforming": Words("不合要求", "does not conform"),
    "submission:non_conforming_late": Words("迟报且不合要求", "late, and does not conform"),
    "threshold:reached": Words("达标", "reached"),
    "threshold:below": Words("未达标", "not reached"),
    "threshold:unmeasured": Words("没有数据", "not measured"),
    "checklist:met": Words("已逐项核对", "all confirmed"),
    "checklist:missing": Words("未全部核对", "not all confirmed"),
    "checklist:open": Words("尚未核对", "to confirm"),
    "streak:made_up": Words("连续请假，已补学", "on leave in a row, made up for"),
    "streak:too_long": Words("连续请假，未补学", "on leave in a row, not made up for"),
    "assessed:self": Words("自评", "judged by the branch itself"),
    "assessed:superior": Words("上级评定", "judged by the superior"),
    "assessed:department": Words("主管部门评定", "judged by the department"),
    "assessed:waived": Words("免予评定", "judgement waived"),
    "graded": Words("民主测评", "grades given"),
}
KINDS = {
    "quota": Words("定期定量", "so many in each window"),
    "none_of": Words("不应发生", "none at all"),
    "tally": Words("按次计分", "points for each"),
    "deadline": Words("限期完成", "by a deadline"),
    "dues": Words("党费缴纳", "membership dues"),
    "submission": Words("材料报送", "documents asked for"),
    "threshold": Words("达到标准", "a bound to reach"),
    "excess": Words("比例上限", "a share not to exceed"),
    "rank": Words("按名次计分", "points by rank"),
    "checklist": Words("逐项核对", "a checklist"),
    "streak": Words("连续请假", "leave in a row"),
    "assessed": Words("评定", "judged"),
    "graded": Words("民主测评", "graded"),
}
"""What each kind of rule is called."""
# Of kinds that name no events: the type that fulfils them.
_TYPE_ASKED = {
    "dues": "dues_paid",
    "submission": "document_submitted",
    "checklist": "checklist_confirmed",
    "streak": "study_note_submitted",
    "assessed": "clause_assessed",
    "graded": "grades_tallied",
}


def cause_words(cause: str) -> Words:
    """Return a cause in words; an unknown one stands for itself."""
    known = _CAUSES.get(cause)
    if known is not None:
        return known
    kind, _, outcome = cause.partition(":")
    if kind == "rank":
        place, _, field = outcome.partition(" of ")
        return Words(f"{field} 个支部中第 {place} 名", f"place {place} of {field}")
    if kind == "tally":
        return type_label(outcome)
    if kind == "veto":
        return Words("一票否决，", "veto, ") + veto_words(cause)
    return as_words(cause)


def veto_words(cause: str) -> Words:
    """Return the finding that a veto (`veto:CATEGORY`) goes by, in words."""
    return event_words("finding_recorded", {"category": cause.partition(":")[2]})


def kind_words(kind: str) -> Words:
    """Return what a kind of rule is called; an unknown one stands for itself."""
    return KINDS.get(kind) or as_words(kind)


def asked_words(rule: Rule) -> Words:
    """Return what a rule asks for."""
    if rule.title is not None:
        return Words(rule.title.zh, rule.title.en)
    if isinstance(rule, Rank | Threshold) and rule.metric is not None:
        return event_words("metric_reported", {"metric": rule.metric})
    asked = dict.fromkeys(map(match_words, _looked_for(rule)))
    if asked:
        return joined(asked, Words(" 或 ", OR.en))
    return type_label(_TYPE_ASKED[rule.kind]) if rule.kind in _TYPE_ASKED else as_words(rule.kind)


def nothing_earned(rules: Sequence[Rule]) -> Words:
    """Say that nothing happened that earns points under a clause that starts at zero, and what would."""
    return Words(
        "本期没有可得分的记录。计分的是：", "Nothing of this period earned points here. What counts: "
    ) + _all_asked(rules)


def still_earned(rules: Sequence[Rule]) -> Words:
    """Say what earns points under a clause that is not full yet."""
    return Words("得满分前还可计：", "Until it is full, what counts: ") + _all_asked(rules)


def _all_asked(rules: Sequence[Rule]) -> Words:
    return joined(dict.fromkeys(map(asked_words, rules)), Words("；", "; "))


def clause_title(item: Item, clause: Clause) -> Words:
    """Return an item's title with the clause's own, where it has one."""
    title = Words(item.title.zh, item.title.en)
    return title if clause.title is None else title + " · " + Words(clause.title.zh, clause.title.en)


def _looked_for(rule: Rule) -> tuple[Match, ...]:
    """Return the events that fulfil a rule, or that it counts."""
    if isinstance(rule, Deadline):
        return rule.response
    if isinstance(rule, Quota | NoneOf | Excess | Tally | Threshold):
        return tuple(rule.events or ())
    return ()


def match_words(match: Match) -> Words:
    """Return the events that a match looks for."""
    values: dict[str, object] = {}
    extras = []
    for field, condition in match.where.items():
        if condition.among:
            values[field] = list(condition.among) if len(condition.among) > 1 else condition.among[0]
        elif condition.has:
            values[field] = list(condition.has)
        else:
            extras.append(_condition_words(match.type, field, condition))
    return joined([event_words(match.type, values), *extras], " ")


def _condition_words(type_word: str, field: str, condition: Condition) -> Words:
    info = fields_of(type_word).get(field)
    label = as_words(field) if info is None else info.label
    if condition.lacks is not None:
        known = info.choices.get(condition.lacks) if info else None
        return Words("缺", "without ") + (condition.lacks if known is None else known.label)
    bounds = [f"≥ {condition.at_least}"] if condition.at_least is not None else []
    bounds += [f"≤ {condition.at_most}"] if condition.at_most is not None else []
    return label + " " + " ".join(bounds)
