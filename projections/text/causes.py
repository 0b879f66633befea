"""Causes of entries, and kinds of rules, in words.

In: the cause of an entry (`quota:missing`) or a rule's kind, the same in every language; the grade that made
one. Out: a few words; of a grade, a line for each source. Deliberately absent: points and days, which stand
beside it, and taking means.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.events import fields_of
from ledger.words import Language, Words
from projections.text.events import in_words, type_label
from rubrics.model import Rubric
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from projections.judgements import Grade, Source

_CAUSES = {
    "quota:met": Words("已完成", "done"),
    "quota:missing": Words("未完成", "not enough done"),
    "quota:none": Words("未完成", "not done"),
    "quota:open": Words("尚未完成", "to do"),
    "quota:waived": Words("免除要求", "exempt"),
    "none_of:found": Words("发生了不应有的情况", "found what there should not be"),
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
_GRADES = {
    "excellent": Words("优秀", "excellent"),
    "good": Words("较好", "good"),
    "fair": Words("一般", "fair"),
    "poor": Words("差", "poor"),
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


def cause_words(cause: str, language: Language) -> str:
    """Return a cause in the reader's language; an unknown one stands for itself."""
    known = _CAUSES.get(cause)
    if known is not None:
        return known.pick(language)
    kind, _, outcome = cause.partition(":")
    if kind == "rank":
        place, _, field = outcome.partition(" of ")
        return Words(f"{field} 个支部中第 {place} 名", f"place {place} of {field}").pick(language)
    if kind == "tally":
        return type_label(outcome, language)
    if kind == "veto":
        found = in_words("finding_recorded", {"category": outcome}, language)
        return Words(f"一票否决，{found}", f"veto, {found}").pick(language)
    return cause


def kind_words(kind: str, language: Language) -> str:
    """Return what a kind of rule is called; an unknown one stands for itself."""
    return KINDS[kind].pick(language) if kind in KINDS else kind


def grade_lines(grade: "Grade", rubric: Rubric, language: Language) -> Iterator[str]:
    """Yield how each source graded, and what they came to together where there are several."""
    assert rubric.grades is not None
    worth: dict[str, str] = {word: _short(Fraction(points)) for word, points in rubric.grades.values.items()}
    weights = list(map(str, rubric.grades.weights))
    sources = sorted(grade.sources, key=lambda source: weights.index(source.name))
    for source in sources:
        yield _source(source, worth).pick(language)
    if len(sources) > 1:
        whole = sum(source.weight for source in sources)
        shares = [(_name(source), _percent(source.weight / whole)) for source in sources]
        yield Words(
            f"{'，'.join(f'{name.zh}占 {share}' for name, share in shares)}，合 {_exact(grade.value)} 分",
            f"{', '.join(f'{name.en} weighs {share}' for name, share in shares)}: {_exact(grade.value)}",
        ).pick(language)


def _source(source: "Source", worth: dict[str, str]) -> Words:
    given = [(_GRADES[word], voices, worth[word]) for word, voices in source.voices.items() if voices]
    name = _name(source)
    zh = "、".join(f"{word.zh} {voices} 票（每票 {points} 分）" for word, voices, points in given)
    en = ", ".join(f"{voices} {word.en} (at {points})" for word, voices, points in given)
    mean = _exact(source.value)
    return Words(f"{name.zh}测评：{zh}，平均 {mean} 分", f"{name.en}: {en}, mean {mean}")


def _name(source: "Source") -> Words:
    known = fields_of("grades_tallied")["source"].choices.get(source.name)
    return Words(source.name, source.name) if known is None else known.label


def _exact(hundredths: Fraction) -> str:
    from projections.means import half_up

    return print_points(half_up(hundredths))


def _short(hundredths: Fraction) -> str:
    return _exact(hundredths).removesuffix(".00")


def _percent(share: Fraction) -> str:
    hundred = share * 100
    return f"{hundred}%" if hundred.denominator == 1 else f"{share.numerator}/{share.denominator}"
