"""What should be known about events that were just logged, in words.

In: strangers to a roster, dues that look wrong, forms and what they would have counted. Out: sentences to be
told beside an answer. Deliberately absent: finding any of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from ledger.words import NOTHING, Words, as_words, counted, joined

if TYPE_CHECKING:
    from rubrics.matching import Match

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
    from projections.text.rules import match_words

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
