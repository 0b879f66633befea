"""What is due as tables: one by one up to a day, and what is later gathered, a line for each thing asked.

In: obligations by due day. Out: tables and sentences on the screen. Deliberately absent: what is owed
(`projections`), the calendar (`due_calendar`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING

from cli.ui.language import counted
from cli.ui.terminal import Column, Screen, Table, Tone
from ledger.words import Language, Words
from projections.text.events import ADVISORY, Names, named

if TYPE_CHECKING:
    from projections.obligations import Obligation

_MOST_MEMBERS = 6

STATES = {
    "met": Words("已办", "met"),
    "late": Words("迟办", "late"),
    "waived": Words("免考", "waived"),
    "open": Words("待办", "open"),
    "at_risk": Words("临近", "at risk"),
    "overdue": Words("逾期", "overdue"),
}
_TONES: dict[str, Tone] = {
    "overdue": "bad",
    "at_risk": "warn",
    "met": "faint",
    "late": "faint",
    "waived": "faint",
}
_DUE = Words("期限", "due")
_DAYS = Words("剩余天数", "days")
_WHAT = Words("事项", "what")
_CLAUSE = Words("条款", "clause")
_POINTS = Words("分值", "points")


class DueTables:
    """Tells obligations to a person; `until`: the last day up to which each has a row, None for all."""

    def __init__(
        self, screen: Screen, found: "Sequence[Obligation]", names: Names, *, until: date | None
    ) -> None:
        self._screen, self._names = screen, names
        self._language: Language = screen.language
        self._found = found
        self._letters = _letters(found)
        self._later = _gathered([one for one in found if _is_later(one, until)])
        if all(len(group) == 1 for group in self._later):
            self._later = []  # Gathering would spare nobody a line.
        gathered = {id(one) for group in self._later for one in group}
        self._near = [one for one in found if id(one) not in gathered]
        self._until = until

    def tell(self, *, everything: bool) -> None:
        """Print the tables, and how many obligations stand how; `everything`: what is done is among them."""
        screen = self._screen
        for rubric, letter in self._letters.items():
            screen.paragraph(f"{letter}  {rubric}", tone="faint")
        if self._letters:
            screen.say("")
        if self._near:
            screen.table(self._one_by_one())
            screen.say("")
        if self._later:
            screen.table(self._gathered_table())
            screen.say("")
        if any(one.unmet and not one.at_stake and not one.advisory for one in self._shown()):
            screen.paragraph(
                Words(
                    "分值 0.00：不会再扣分（该条款的分已扣完、已有人评分或不计分），但仍须办理。",
                    "0.00 points: nothing more is lost by it (its clause has lost all it can, is judged, or "
                    "bears no points), but it is still to be done.",
                )
            )
        screen.paragraph(_summary(self._found, everything=everything))
        if self._later:
            number = sum(map(len, self._later))
            screen.paragraph(
                Words(
                    f"其中 {number} 件在 {self._until} 以后到期，上面已合并；逐件查看：--until 日期",
                    f"{number} fall due after {self._until}, gathered above; --until DAY lists each",
                )
            )

    def _shown(self) -> "list[Obligation]":
        return [*self._near, *(group[0] for group in self._later)]

    def _one_by_one(self) -> Table:
        several_branches = len({one.branch for one in self._found}) > 1
        table = Table(
            [
                Column(_DUE, whole=True),
                Column(_DAYS, right=True, whole=True),
                Column(Words("状态", "state"), whole=True),
                *([Column(Words("支部", "branch"))] if several_branches else []),
                Column(_WHAT),
                Column(_CLAUSE),
                Column(Words("尚缺", "missing"), right=True, whole=True),
                Column(_POINTS, right=True, whole=True),
            ]
        )
        for one in self._near:
            shown = one.as_json()
            table.add(
                shown["due_on"],
                str(one.days_left),
                STATES[one.state].pick(self._language),
                *([one.branch] if several_branches else []),
                "\n".join([one.what.pick(self._language), *_whose(one, self._names, self._language)]),
                self._clause(one),
                f"{shown['missing']}/{shown['required']}",
                self._points(one),
                tone=_TONES.get(one.state, "plain"),
            )
        return table

    def _gathered_table(self) -> Table:
        table = Table(
            [
                Column(Words("最近期限", "next due"), whole=True),
                Column(_DAYS, right=True, whole=True),
                Column(Words("件数", "count"), right=True, whole=True),
                Column(_WHAT),
                Column(_CLAUSE),
                Column(_POINTS, right=True, whole=True),
            ],
            caption=Words(f"{self._until} 以后到期的", f"Due after {self._until}"),
        )
        for group in self._later:
            first = group[0]
            table.add(
                first.due_on.isoformat(),
                str(first.days_left),
                str(len(group)),
                first.what.pick(self._language),
                self._clause(first),
                self._points(first),
            )
        return table

    def _clause(self, one: "Obligation") -> str:
        return f"{self._letters.get(one.rubric, '')} {one.clause}".strip()

    def _points(self, one: "Obligation") -> str:
        return ADVISORY.pick(self._language) if one.advisory else str(one.as_json()["at_stake"])


def _letters(found: "Sequence[Obligation]") -> Mapping[str, str]:
    """Give each rubric a letter where there are several; rubric ids are too long for a column."""
    rubrics = sorted({one.rubric for one in found})
    return dict(zip(rubrics, ascii_uppercase, strict=False)) if len(rubrics) > 1 else {}


def _is_later(one: "Obligation", until: date | None) -> bool:
    return until is not None and one.state == "open" and one.due_on > until


def _gathered(later: "Sequence[Obligation]") -> "list[list[Obligation]]":
    """Gather obligations by what is asked, each group and all groups in order of the first due day."""
    groups: dict[tuple[object, ...], list[Obligation]] = {}
    for one in later:
        clause, rule, _ = one.place
        groups.setdefault((one.rubric, clause, rule, one.what.zh), []).append(one)
    return list(groups.values())


def _whose(obligation: "Obligation", names: Names, language: Language) -> list[str]:
    """Return the line that names who still misses something, where that is pressing."""
    members = obligation.members
    if not members or obligation.state == "open":
        return []
    more = len(members) - _MOST_MEMBERS
    whose = " ".join(named(member, names, language) for member in members[:_MOST_MEMBERS])
    return [whose + (f" +{more}" if more > 0 else "")]


def _summary(found: "Sequence[Obligation]", *, everything: bool) -> Words:
    """Say how many obligations stand how, the pressing ones first."""
    states = Counter(one.state for one in found)
    order = ("overdue", "at_risk", "open", "met", "late", "waived")
    parts = [(state, states[state]) for state in order if states[state]]
    zh = "，".join(f"{STATES[state].zh} {number} 件" for state, number in parts)
    en = ", ".join(f"{number} {STATES[state].en}" for state, number in parts)
    more = Words("", "") if everything else Words("（--all 也列已办的）", " (--all lists what is done, too)")
    return Words(f"{zh}{more.zh}", f"{counted(len(found), 'obligation')}: {en}{more.en}")
