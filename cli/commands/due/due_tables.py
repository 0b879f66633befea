"""What is due as tables: one by one up to a day, and what is later gathered, a line for each thing asked.

In: obligations by due day. Out: tables and sentences on the screen. Deliberately absent: what is owed
(`projections`), the calendar (`projections.reports`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING

from cli.ui.tables import Column, Table, Tone
from cli.ui.terminal import Screen
from ledger.words import Language, Words
from projections.text.labels import Names
from projections.text.obligations import NOTHING_AT_STAKE, STATES, missing_words, stake_words, summary, whose

if TYPE_CHECKING:
    from projections.engine.entries import Obligation

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
    """Tells obligations to a person.

    `until`: the last day up to which each has a row, None for all. `full`: everybody who misses something is
    named, whatever their number.
    """

    def __init__(
        self,
        screen: Screen,
        found: "Sequence[Obligation]",
        names: Names,
        *,
        until: date | None,
        full: bool = False,
    ) -> None:
        self._screen, self._names, self._full = screen, names, full
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
            screen.paragraph(NOTHING_AT_STAKE)
        more = Words("（--all 也列已办的）", " (--all lists what is done, too)")
        screen.paragraph(summary(self._found) + ("" if everything else more))
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
            table.add(
                one.due_on.isoformat(),
                str(one.days_left),
                STATES[one.state].pick(self._language),
                *([self._names.branch(one.branch).pick(self._language)] if several_branches else []),
                "\n".join([one.what.pick(self._language), *self._whose(one)]),
                self._clause(one),
                missing_words(one).pick(self._language),
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

    def _whose(self, one: "Obligation") -> list[str]:
        """Return the line that names who still misses something, where that is pressing."""
        if not one.members or (one.state == "open" and not self._full):
            return []
        said = whose(one, self._names, None) if self._full else whose(one, self._names)
        return [said.pick(self._language)]

    def _clause(self, one: "Obligation") -> str:
        return f"{self._letters.get(one.rubric, '')} {one.clause}".strip()

    def _points(self, one: "Obligation") -> str:
        return stake_words(one).pick(self._language)


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
