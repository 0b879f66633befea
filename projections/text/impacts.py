"""What new events come to, in words: what each clause gains or loses by them, what they fulfil, why a clause
whose rules match them did not move; and what should be known about them whatever they count for.

In: impacts of the engine; strangers to a roster, dues that look wrong, forms and what they would have
counted. Out: words, sentences to be told beside an answer. Deliberately absent: finding any of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from ledger.words import COLON, NOTHING, SEMICOLON, Words, as_words, bracketed, counted, joined
from projections.engine.entries import Obligation
from projections.engine.results import Impact, Why
from projections.text.amounts import points_moved
from projections.text.rules import asked_words, clause_title, match_words
from rubrics.model import Rubric
from rubrics.numbers import print_points
from rubrics.rules import Rule

if TYPE_CHECKING:
    from rubrics.parameters import Match

_WHY: Mapping[Why, Words] = {
    "cap": Words("已到上限，不再加分", "the cap is reached: it gives no more"),
    "full": Words("要求已达到，不影响得分", "what was asked is met: no points move"),
    "floor": Words("该条款的分已扣完", "the clause has no points left to lose"),
    "short": Words("数量不够或已过期限，还不计分", "too little, or too late, to count"),
    "founding": Words("早于开始要求的日期，不计", "it lies before anything was owed"),
    "roster": Words("当天不在名册上，不计", "not on the roster that day: it does not count"),
    "exempt": Words("已免除该项要求", "exempt from it"),
    "period": Words("不在本考核期间的任何一段之内", "it stands in no window of the period"),
    "judged": Words("该条款已有人评分，以评分为准", "the clause is judged: the judgement stands"),
    "waived": Words("该条款已免考", "the clause is waived"),
    "other": Words("不影响该条款的得分", "it does not move the clause"),
}
_MET_BY_THIS = Words("要求就此落实，不会为此扣分", "met by this, so that nothing is lost over it")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Stranger:
    """A member of an event who is not on the roster of its branch on the day; `near`: a code like it."""

    branch: str
    type: str
    member: str
    day: date
    near: str | None


@dataclass(frozen=True, slots=True)
class OddDues:
    """Dues that look wrong. `why`: `exempt` from them; `tenfold`: ten times what is due or more; `above`:
    more than is due; `far`: of a month that lies far from the day."""

    member: str
    month: str
    why: Literal["exempt", "tenfold", "above", "far"]
    amount: str
    due: str | None


@dataclass(frozen=True, slots=True)
class Crowded:
    """A gathering of which more members are told than were expected, those on its list of leave included."""

    expected: int
    told: int
    on_leave: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest event that a clause would have counted; `itself` where the clause asks for the very event,
    but its form is not that of the event's year."""

    rubric: str
    clause: str
    match: "Match"
    itself: bool = False


def why_words(impact: Impact) -> Words:
    """Say why a clause did not move; nothing where it moved."""
    if impact.why == "full" and impact.met:
        return _MET_BY_THIS
    return NOTHING if impact.why is None else _WHY[impact.why]


def impact_words(impact: Impact, rubric: Rubric, lost_by: Sequence[Rule] = (), *, branch: str = "") -> Words:
    """Say what a clause gains or loses, or why it does not move.

    `lost_by`: the rules by which it loses; they say the reason. `branch`: whose events they are; a superior's
    clause is told with its code.
    """
    whose = "" if impact.branch == branch else f"{impact.branch} "
    place = f"{whose}{impact.rubric} {impact.clause} ({impact.period}) "
    said = Words("计入：", "counts for: ") + place + _title_of(rubric, impact.clause) + COLON
    score = print_points(impact.score_after)
    if impact.score_before == impact.score_after:
        unmoved = Words(f"仍为 {score} 分", f"{score} points as before")
        return said + joined((unmoved, why_words(impact)), SEMICOLON)
    difference = impact.score_after - impact.score_before
    reason = joined(map(asked_words, lost_by)) if difference < 0 else NOTHING
    totals = f"{print_points(impact.before)} → {print_points(impact.after)}"
    return (
        said
        + points_moved(difference)
        + bracketed(reason)
        + Words(f"，该条款得 {score} 分，合计 {totals}", f", {score} points there, total {totals}")
    )


def _title_of(rubric: Rubric, clause_id: str) -> Words:
    """Return what a clause is called; the form's own title for its own rules."""
    for item in rubric.items():
        for clause in item.clauses:
            if clause.id == clause_id:
                return clause_title(item, clause)
    return Words(rubric.title.zh, rubric.title.en)


def duty_words(impacts: Iterable[Impact]) -> list[Words]:
    """Say which obligations are met, met but late, or not met any more."""
    said: dict[tuple[str, str], Words] = {}
    for one in impacts:
        for duty in one.met:
            late = duty.state == "late"
            kept = Words("已补办（逾期）", "met, but late") if late else Words("已落实", "met")
            said[duty.branch, duty.obligation] = _duty(kept, duty)
        for duty in one.unmet:
            said[duty.branch, duty.obligation] = _duty(Words("不再算已落实", "not met any more"), duty)
    return list(said.values())


def _duty(kept: Words, duty: Obligation) -> Words:
    window = f" {duty.window}" if duty.window else ""
    place = Words(f"（{duty.clause}，期限 {duty.due_on}）", f" ({duty.clause}, due {duty.due_on})")
    return kept + COLON + duty.what + window + place


def next_words(what: Words, clause: str, due_on: date) -> Words:
    """Say what is due next."""
    return Words(
        f"下一件：{what.zh}，截止 {due_on}（{clause}）", f"next due: {what.en} by {due_on} ({clause})"
    )


def stranger_words(one: Stranger, *, command: bool = True) -> Words:
    """Say that a member is on no roster that day; with the `command` that puts them on it."""
    hint = Words(f"，是否指 {one.near}？", f"; did you mean {one.near}?") if one.near else Words("。", ".")
    owes = NOTHING
    if one.type == "dues_paid":
        typed = f"：zhibu log member-joined --branch {one.branch} --member {one.member}" if command else "。"
        owes = Words(
            f"不在册即无应缴，这笔党费不计入考核；若是本支部党员，请先登记其入册{typed}",
            " Who is not on it owes no dues, so this payment counts for nothing yet. "
            "For a member of the branch record the joining first"
            f"{typed.replace('：', ': ').replace('。', '.')}",
        )
    said = Words(
        f"{one.day} 当天 {one.member} 不在 {one.branch} 的名册上",
        f"{one.member} is not on the roster of {one.branch} on {one.day}",
    )
    return said + hint + owes


def strangers_words(found: Sequence[Stranger]) -> Words:
    """Say in a sentence which members of an import were on no roster on their day."""
    named = [f"{one.branch} {one.member}" for one in found]
    first, more = named[:_MOST_NAMED], len(named) > _MOST_NAMED
    verb = "is" if len(named) == 1 else "are"
    return Words(
        f"有 {len(named)} 人当天不在支部名册上（{'、'.join(first)}{' 等' if more else ''}），"
        "所记的事多半不计入考核。请核对代码；若漏登名册，请补：zhibu template member-joined 名册.xlsx",
        f"{counted(len(named), '人', 'member').en} {verb} not on the roster on the day "
        f"({', '.join(first)}{', …' if more else ''}); what was logged of them mostly counts for nothing. "
        "Check the codes, or complete the roster: zhibu template member-joined roster.xlsx",
    )


def odd_dues_words(odd: OddDues) -> Words:
    """Say what looks wrong about dues."""
    if odd.why == "exempt":
        return Words(
            f"{odd.member} {odd.month} 免缴党费，这笔党费不计入考核。",
            f"{odd.member} is exempt from dues in {odd.month}, so this payment counts for nothing.",
        )
    if odd.why == "far":
        return Words(
            f"所缴为 {odd.month} 的党费，与缴纳日期相距一年以上，请核对月份。",
            f"the dues are those of {odd.month}, more than a year from the day of payment: check the month.",
        )
    if odd.why == "tenfold":
        return Words(
            f"实缴 {odd.amount} 元，为应缴 {odd.due} 元的十倍以上，请核对金额。",
            f"{odd.amount} was paid where {odd.due} is due, ten times as much or more: check the amount.",
        )
    return Words(
        f"实缴 {odd.amount} 元，多于应缴的 {odd.due} 元。",
        f"{odd.amount} was paid, more than the {odd.due} due.",
    )


def crowded_words(crowded: Crowded) -> Words:
    """Say that the members on leave come on top of all who were expected."""
    expected, leave, told = crowded.expected, crowded.on_leave, crowded.told
    return Words(
        f"应到 {expected} 人，实到、缺席的人加上请假名单上的 {leave} 人共 {told} 人，请核对人数。",
        f"{expected} were expected, but those present, absent and the {leave} on leave make {told}: "
        "check the numbers.",
    )


def no_form_words(branch: str) -> Words:
    """Say that a branch follows no form, and what to do about it."""
    return Words(
        f"{branch} 尚未适用任何考核细则；可运行：zhibu adopt 细则编号 --branch {branch}",
        f"{branch} follows no rubric yet: zhibu adopt RUBRIC --branch {branch}",
    )


def not_counted_words(
    rubrics: Sequence[str], near: Nearest | None, titles: Mapping[str, Words] | None = None
) -> Words:
    """Say that no adopted form counts an event, and the nearest that one does count.

    Forms are said by their `titles` where these are given, else by their ids, and as it would be typed.
    """
    ids = joined(rubrics if titles is None else [titles[one] for one in rubrics], ", ")
    said = Words(
        f"已适用的考核细则（{ids.zh}）都不计这件事", f"no adopted rubric ({ids.en}) counts this event"
    )
    if near is None:
        return said + Words("。", ".")
    what = match_words(near.match)
    word = joined(str(value) for condition in near.match.where.values() for value in condition.among)
    place = as_words(f"{near.match.type}{f' {word.en}' if word else ''}, {near.rubric} {near.clause}")
    if titles is not None:
        place = titles[near.rubric] + f" {near.clause}"
    if near.itself:
        return said + Words(
            f"：“{what.zh}”本应计入（{place.zh}），但该日所在年度没有适用这份细则，请核对日期。",
            f': "{what.en}" would count ({place.en}), but that rubric was not adopted in the year of '
            "its day: check the day.",
        )
    return said + Words(
        f"；最接近的是“{what.zh}”（{place.zh}）。",
        f'; the nearest that one counts is "{what.en}" ({place.en}).',
    )
