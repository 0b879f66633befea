"""Causes of entries in words.

In: the cause of an entry (`quota:missing`), the same in every language. Out: a few words. Deliberately
absent: points and days; they stand beside it.
"""

from ledger.words import Language, Words

_CAUSES = {
    "quota:met": Words("已办", "done"),
    "quota:missing": Words("未办够", "not enough done"),
    "quota:open": Words("待办", "to do"),
    "quota:waived": Words("免考", "waived"),
    "none_of:found": Words("出现不该有的情况", "found what there should not be"),
    "excess:within": Words("未超比例", "within the share"),
    "excess:beyond": Words("超出比例", "beyond the share"),
    "dues:paid": Words("按时足额缴纳", "paid in time"),
    "dues:late": Words("逾期缴纳", "paid late"),
    "dues:short": Words("未足额", "paid short"),
    "dues:missing": Words("未缴", "not paid"),
    "dues:exempt": Words("免缴", "exempt"),
    "submission:in_time": Words("按时报送", "handed in on time"),
    "submission:late": Words("迟报", "handed in late"),
    "submission:missing": Words("未报", "not handed in"),
    "submission:non_conforming": Words("不合要求", "does not conform"),
    "submission:non_conforming_late": Words("迟报且不合要求", "late, and does not conform"),
    "threshold:reached": Words("达标", "reached"),
    "threshold:below": Words("未达标", "not reached"),
    "threshold:unmeasured": Words("未测", "not measured"),
    "checklist:met": Words("已逐项核对", "all confirmed"),
    "checklist:missing": Words("未全部核对", "not all confirmed"),
    "checklist:open": Words("待核对", "to confirm"),
    "streak:made_up": Words("连续请假，已补学", "on leave in a row, made up for"),
    "streak:too_long": Words("连续请假，未补学", "on leave in a row, not made up for"),
    "assessed:self": Words("自评", "judged by the branch itself"),
    "assessed:superior": Words("上级评定", "judged by the superior"),
    "assessed:department": Words("主管部门评定", "judged by the department"),
    "assessed:waived": Words("免评", "judgement waived"),
}
_KINDS = {
    "quota": Words("次数", "quota"),
    "none_of": Words("不应有", "none of"),
    "tally": Words("计次", "tally"),
    "deadline": Words("限期", "deadline"),
    "dues": Words("党费", "dues"),
    "submission": Words("报送", "submission"),
    "threshold": Words("达标", "threshold"),
    "excess": Words("比例", "share"),
    "rank": Words("排名", "rank"),
    "checklist": Words("核对", "checklist"),
    "streak": Words("连续请假", "leave in a row"),
    "assessed": Words("评定", "judged"),
    "graded": Words("测评", "graded"),
    "veto": Words("一票否决", "veto"),
}
_DEADLINE = {
    "met": Words("按期办结", "answered in time"),
    "late": Words("逾期办结", "answered late"),
    "missing": Words("未办结", "not answered"),
    "open": Words("待办", "to answer"),
    "waived": Words("免考", "waived"),
}


def cause_words(cause: str, language: Language) -> str:
    """Return a cause in the reader's language; an unknown one stands for itself."""
    known = _CAUSES.get(cause)
    if known is not None:
        return known.pick(language)
    kind, _, outcome = cause.partition(":")
    if kind == "deadline" and outcome in _DEADLINE:
        return _DEADLINE[outcome].pick(language)
    if kind == "rank":
        place, _, field = outcome.partition(" of ")
        return Words(f"{field} 家中第 {place} 名", f"place {place} of {field}").pick(language)
    if kind == "tally":
        from cli.wording import type_label

        return type_label(outcome, language)
    if kind not in _KINDS:
        return cause
    colon = "：" if language == "zh" else ": "
    return _KINDS[kind].pick(language) + colon + outcome
