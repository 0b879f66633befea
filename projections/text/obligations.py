"""Obligations in words: how they stand, what is missing of them, whose, what late still wins back.

In: obligations and scores of the engine, names. Out: words. Deliberately absent: what an obligation is
called; it says so itself (`what`), by the form's title.
"""

from collections import Counter
from collections.abc import Container, Sequence

from ledger.events import fields_of
from ledger.words import COMMA, LIST, NOTHING, Text, Words, as_words, counted, joined
from projections.engine.due.terms import saved_late
from projections.engine.entries import DutyState, Entry, Obligation
from projections.engine.plan import PlannedRule
from projections.engine.results import ClauseScore
from projections.text.amounts import print_units
from projections.text.labels import ADVISORY, NAMELESS, Names
from projections.text.rules import asked_words
from rubrics.numbers import print_points
from rubrics.rules import Quota, Rule

STATES = {
    "met": Words("已办", "met"),
    "late": Words("迟办", "late"),
    "waived": Words("免考", "waived"),
    "open": Words("待办", "open"),
    "at_risk": Words("临近", "at risk"),
    "overdue": Words("逾期", "overdue"),
}
_PRESSING_FIRST: tuple[DutyState, ...] = ("overdue", "at_risk", "open", "met", "late", "waived")
_MOST_MEMBERS = 6
_TIMES = Words("次", "times")
_PEOPLE = Words("人", "members")
_UNIT_OF_EACH = {"member": _PEOPLE, "subordinate": Words("个党组织", "organisations")}
_UNIT_OF_FIELD = {"hours": Words("学时", "hours")}
_UNITS = {
    "dues": _PEOPLE,
    "checklist": Words("项", "items"),
    "submission": Words("份", "documents"),
}
NOTHING_AT_STAKE = Words(
    "分值 0.00：不会再扣分（该条款的分已扣完、已有人评分或不计分），但仍须办理。",
    "0.00 points: nothing more is lost by it (its clause has lost all it can, is judged, or bears no "
    "points), but it is still to be done.",
)

_OVER = Words(
    "期限已过，补办也不能挽回失分；当时已办而漏记的，补记后重新计分。",
    "The time is over, and the points cannot be won back; what was done in time and not logged counts once "
    "it is logged.",
)
_FOR_GOOD = Words("已失的分不能再挽回。", "What is lost cannot be won back.")


def stake_words(one: Obligation) -> Words:
    """Return the points at stake, or that the obligation moves none."""
    return ADVISORY if one.advisory else as_words(print_points(one.at_stake))


def missing_words(one: Obligation) -> Words:
    """Say how many units are missing of what is asked: `1/2`."""
    return as_words(f"{print_units(one.missing)}/{print_units(one.required)}")


def missing_counted(one: Obligation, rule: Rule | None) -> Words:
    """Say with its unit how much is missing of how much: 还差 2 次，应有 3 次. `rule`: the one that asks."""
    unit = unit_of(rule)
    missing, required = print_units(one.missing), print_units(one.required)
    return Words(
        f"还差 {missing} {unit.zh}，应有 {required} {unit.zh}",
        f"{missing} of {required} {unit.en} missing",
    )


def unit_of(rule: Rule | None) -> Words:
    """Return what a rule counts in: times, people, hours, documents."""
    if isinstance(rule, Quota) and rule.measure is not None:
        name = rule.measure.sum or rule.measure.distinct or ""
        labels = [fields_of(m.type)[name].label for m in rule.events if name in fields_of(m.type)]
        named = Words(f"（{labels[0].zh}）", labels[0].en) if labels else _TIMES
        return _UNIT_OF_FIELD.get(name, named)
    if isinstance(rule, Quota) and rule.at_least == 1:
        return _UNIT_OF_EACH.get(rule.each, _TIMES)
    return _TIMES if rule is None else _UNITS.get(rule.kind, _TIMES)


def still_missing(one: Obligation) -> Words:
    """Say before (English) or behind (Chinese) a title how many are missing; nothing of one of one."""
    if one.required == 100:
        return NOTHING
    missing = print_units(one.missing)
    return Words(f"，还差 {missing}", f"{missing} more of: ")


def whose(one: Obligation, names: Names = NAMELESS, most: int | None = _MOST_MEMBERS) -> Words:
    """Name who still misses something, those who paid a part apart; the rest as a number beyond `most`."""
    names, part = names.at(one.branch), set(one.part_paid)
    unpaid = [member for member in one.members if member not in part]
    paid = [member for member in one.members if member in part]
    first = _named(unpaid, names, most)
    if not paid:
        return first
    left = None if most is None else max(1, most - len(unpaid))
    return joined((first, Words("未缴足：", "paid short: ") + _named(paid, names, left)), Words("；", "; "))


def between(names: Names) -> Text:
    """Return what stands between members: a space where codes lead, else what stands in a list."""
    return LIST if names.alone else " "


def _named(members: Sequence[str], names: Names, most: int | None) -> Words:
    shown = joined((names.member(member) for member in members[:most]), between(names))
    more = 0 if most is None else len(members) - most
    return shown + (f" +{more}" if more > 0 else "")


def of_how_many(one: Obligation, organizations: Container[str] = ()) -> Words | None:
    """Say of how many something is missing where it is asked of each, and not of whom: for messages and
    calendars. `organizations`: the codes by which subordinates are told from members.
    """
    number = len(one.members)
    if not number:
        return None
    if all(code in organizations for code in one.members):
        return Words(f"{number} 个支部", "1 branch" if number == 1 else f"{number} branches")
    return Words(f"{number} 人", "1 member" if number == 1 else f"{number} members")


def would_save(one: Obligation, asked: Words, names: Names = NAMELESS) -> Words:
    """Say what is still to be done, by when, and the points that it would save by itself."""
    missing = still_missing(one)
    members = joined((names.at(one.branch).member(member) for member in one.members), between(names))
    who = " " + members if members else NOTHING
    points = print_points(one.at_stake)
    return Words(
        f"截止 {one.due_on}：{asked.zh}{who.zh}{missing.zh}（{points} 分）",
        f"by {one.due_on}: {missing.en}{asked.en}{who.en} ({points} points)",
    )


def won_back_words(scored: ClauseScore, rules: Sequence[PlannedRule], *, over: bool) -> Words:
    """Say of what the rules of a clause took what doing it late still wins back; where nothing else is open
    either (`over`), that nothing does, as the time for it is over, or something happened.
    """
    lost = [entry for entry in scored.entries if entry.state == "lost" and entry.points < 0]
    if not lost or scored.standing is not None:
        return NOTHING
    points, by = saved_late(scored, rules)
    if points:
        asked, won = joined(map(asked_words, by), LIST), print_points(points)
        return Words(
            f"期限已过，但现在补办（{asked.zh}）还能少失 {won} 分。",
            f"The time is over, but done now ({asked.en}) it costs {won} points less.",
        )
    if not over:
        return NOTHING
    return _FOR_GOOD if all(map(_happened, lost)) else _OVER


def _happened(entry: Entry) -> bool:
    """Whether an entry is of something that happened, and not of what was asked for and is missing."""
    return entry.window is None and entry.cause.startswith(("none_of:", "excess:", "tally:", "threshold:"))


def summary(found: Sequence[Obligation]) -> Words:
    """Say how many obligations stand how, the pressing ones first."""
    states = Counter(one.state for one in found)
    parts = [(state, states[state]) for state in _PRESSING_FIRST if states[state]]
    said = joined((Words(f"{STATES[s].zh} {n} 件", f"{n} {STATES[s].en}") for s, n in parts), COMMA)
    return Words(said.zh, f"{counted(len(found), '件', 'obligation').en}: {said.en}")
