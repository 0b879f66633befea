"""Reminders in words: how near one is, what is missing of it, what is at stake; how many there are.

In: reminders as a sweep raised them. Out: lines, titles and endings of messages. Deliberately absent:
members, by name or code (a chat is no place for them); what fits into a message (`projections.reminders`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ledger.words import COMMA, NOTHING, Words, counted

_LONGEST_WHAT = 120


class Raised(Protocol):
    """What is asked of a reminder."""

    @property
    def clause(self) -> str:
        """The clause, "-" of what no clause asks."""

    @property
    def rung(self) -> str:
        """lead, near, day or overdue."""

    @property
    def due_on(self) -> date:
        """The due day."""

    @property
    def days_left(self) -> int:
        """Days until then; below 0 once it is over."""

    @property
    def missing(self) -> str:
        """How much is missing, as it is printed."""

    @property
    def missing_of(self) -> Words | None:
        """Of how many, where that is told."""

    @property
    def at_stake(self) -> str:
        """Points that are lost by it, as they are printed."""

    @property
    def advisory(self) -> bool:
        """Whether it moves no points."""

    @property
    def what(self) -> Words:
        """What is to be done."""

    @property
    def window(self) -> str | None:
        """The window it is asked in."""


def title_words(number: int, overdue: int) -> Words:
    """Return the title of a message that tells of so many reminders, some of them overdue."""
    late = Words(f"，其中逾期 {overdue} 项", f", {overdue} of them overdue") if overdue else NOTHING
    return Words(f"支部提醒：{number} 项待办", f"Branch reminders: {number} to do") + late


def reminder_line(one: Raised) -> Words:
    """Say one reminder: how near it is, clause and matter, what is missing, what is at stake."""
    when, due = when_words(one), one.due_on.isoformat()
    clause = "" if one.clause == "-" else f"{one.clause} "
    window = Words(f"（{one.window}）", f" ({one.window})") if one.window else NOTHING
    return (
        Words(f"· {when.zh}（{due}）：", f"- {when.en} ({due}): ")
        + clause
        + Words(in_line(one.what.zh), in_line(one.what.en))
        + window
        + COMMA
        + left_words(one)
        + _stake(one)
    )


def when_words(one: Raised) -> Words:
    """Say how near the due day is, or how long it is over."""
    if one.days_left < 0:
        return Words(f"逾期 {-one.days_left} 天", f"{counted(-one.days_left, '', 'day').en} overdue")
    if one.days_left == 0:
        return Words("今日到期", "due today")
    soon = Words(f"还剩 {one.days_left} 天", f"due in {counted(one.days_left, '', 'day').en}")
    if one.rung == "day":
        return soon + Words("、此后放假", ", and the days until then are off")
    return soon


def left_words(one: Raised) -> Words:
    """Say how much is missing, and of how many."""
    missing = Words(f"尚缺 {one.missing}", f"{one.missing} missing")
    if one.missing_of is None:
        return missing
    return missing + Words(f"（{one.missing_of.zh}）", f" (of {one.missing_of.en})")


def left_out_words(number: int) -> Words:
    """Say that so many reminders found no room."""
    return Words(f"另有 {number} 项未列。", f"{number} more are not listed.")


def provisional_words(years: Sequence[int]) -> Words:
    """Say that working days of these years are weekends only."""
    listed = [str(year) for year in years]
    return Words(
        f"尚无 {'、'.join(listed)} 年放假安排，工作日暂按周末推算。",
        f"The holidays of {', '.join(listed)} are not known yet: working days are provisional, "
        "weekends only.",
    )


def in_line(text: str, longest: int = _LONGEST_WHAT) -> str:
    """Return a text without breaks, cut to a length."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _stake(one: Raised) -> Words:
    if one.advisory or one.at_stake == "0.00":
        return NOTHING
    if one.rung == "overdue":
        return Words(f"，已失 {one.at_stake} 分", f", {one.at_stake} points lost")
    return Words(f"，涉及 {one.at_stake} 分", f", {one.at_stake} points at stake")
