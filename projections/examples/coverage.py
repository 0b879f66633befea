"""What no example of a rubric ever moved.

In: a rubric and the results of its examples. Out: `Unmoved`: clauses, rules, values of points, caps, vetoes,
bands. An example counts for what it says the points of: for a clause, where it names the clause, its item,
its section, or the total. Deliberately absent: judging whether the figures are right (`examples`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ledger.words import Words
from projections.engine.plan import Plan, PlannedRule
from projections.examples.run import Moved, Result
from projections.examples.value_coverage import moved_values, values_of
from rubrics.examples.model import Expected, Score
from rubrics.model import Clause, Item, Rubric, Section
from rubrics.numbers import parse_points, print_points
from rubrics.rules import Rank, Rule, Tally

Row = dict[str, Any]
Kind = Literal["clause", "rule", "value", "cap", "veto", "band"]


@dataclass(frozen=True, slots=True)
class Unmoved:
    """Something that no example moved. `place`: the id of the section, item or clause; a grade; a word."""

    kind: Kind
    place: str
    words: Words


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much there is to move, and what of it was not."""

    asked: int
    unmoved: tuple[Unmoved, ...]


@dataclass(frozen=True, eq=False)
class _Seen:
    """What one example showed of one branch: the answer's row, what was said of it, which charges moved."""

    result: Result
    row: Row
    expected: Expected
    moved: frozenset[Moved]

    @cached_property
    def points(self) -> dict[str, int]:
        """The scores of the clauses by id, in hundredths."""
        return {
            clause["id"]: parse_points(clause["score"])
            for section in self.row["sections"]
            for item in section["items"]
            for clause in item["clauses"]
        }

    def states(self, section: Section, item: str, clause: str) -> bool:
        """Tell whether the example says what the clause comes to, itself or as a part."""
        said = self.expected
        summed = said.bonus if section.bonus else said.base
        return (
            _is_scored(said.clauses.get(clause))
            or _is_scored(said.items.get(item))
            or section.id in said.sections
            or said.total is not None
            or summed is not None
        )


def _is_scored(said: Score | None) -> bool:
    return said is not None and said.score is not None


def measure_coverage(rubric: Rubric, results: Iterable[Result]) -> Coverage:
    """Find what no example moved."""
    found = list(_Measure(rubric, list(results)).everything())
    return Coverage(len(found), tuple(unmoved for moved, unmoved in found if not moved))


class _Measure:
    def __init__(self, rubric: Rubric, results: list[Result]) -> None:
        self._rubric, self._plan = rubric, Plan(rubric)
        self._seen = [
            _Seen(result, result.scores[branch], expected, result.moved[branch])
            for result in results
            for branch, expected in result.case.expected.items()
        ]

    def everything(self) -> Iterator[tuple[bool, Unmoved]]:
        """Yield all that can be moved, each with whether it was."""
        yield from self._clauses()
        if self._rubric.aggregate == "sum":
            yield from self._rules()
            yield from self._values()
            yield from self._clause_caps()
            yield from self._item_caps()
            yield from self._section_caps()
        yield from self._vetoes()
        yield from self._bands()

    @cached_property
    def _rows(self) -> dict[str, list[tuple[_Seen, Row]]]:
        """The rows of every clause that examples say something of, by its id."""
        rows: dict[str, list[tuple[_Seen, Row]]] = {}
        for seen in self._seen:
            for part, section in zip(self._rubric.sections, seen.row["sections"], strict=True):
                for item in section["items"]:
                    for clause in item["clauses"]:
                        if seen.states(part, item["id"], clause["id"]):
                            rows.setdefault(clause["id"], []).append((seen, clause))
        return rows

    def _clauses(self) -> Iterator[tuple[bool, Unmoved]]:
        for clause in self._rubric.clauses():
            start = 0 if self._plan.start(clause) == "zero" else clause.points
            moved = any(
                row["unassessed"] == "0.00" if clause.graded else seen.points[clause.id] != start
                for seen, row in self._rows.get(clause.id, ())
            )
            words = Words(f"条款 {clause.id} 从未变动", f"clause {clause.id} was never moved")
            yield moved, Unmoved("clause", clause.id, words)

    def _rules(self) -> Iterator[tuple[bool, Unmoved]]:
        for planned in self._plan.rules:
            if planned.clause < 0 or planned.rule.advisory:
                continue
            clause = self._plan.clauses[planned.clause]
            if sum(not rule.advisory for rule in clause.rules) == 1 and len(planned.charges) == 1:
                continue  # the clause itself says it
            for number in range(len(planned.charges)):
                price = (planned.clause, planned.order, number)
                moved = any(price in seen.moved for seen, _ in self._rows.get(clause.id, ()))
                yield moved, Unmoved("rule", clause.id, _rule_words(clause, planned, number))

    def _values(self) -> Iterator[tuple[bool, Unmoved]]:
        for value, tally in values_of(self._rubric):
            id_, word = value.clause.id, value.word
            rows = [(seen.result, row) for seen, row in self._rows.get(id_, ())]
            words = Words(
                f"条款 {id_} 的 {value.field}={word} 没有例子涉及",
                f"{value.field}={word} of clause {id_} never moved a point",
            )
            yield word in moved_values(tally, value.field, rows), Unmoved("value", id_, words)

    def _clause_caps(self) -> Iterator[tuple[bool, Unmoved]]:
        for clause in self._rubric.clauses():
            if self._plan.start(clause) == "zero" and _may_pass(clause):
                moved = any(_earned(row) > clause.points for _, row in self._rows.get(clause.id, ()))
                points = print_points(clause.points)
                words = Words(
                    f"条款 {clause.id} 的上限 {points} 分从未超过",
                    f"the cap of clause {clause.id}, {points}, was never passed",
                )
                yield moved, Unmoved("cap", clause.id, words)

    def _item_caps(self) -> Iterator[tuple[bool, Unmoved]]:
        for item in self._rubric.items():
            lost, gained = self._most(item)
            base, points = max(0, item.points - gained), print_points(item.points)
            if lost == base and gained <= item.points:
                continue
            sums = [self._sum(item, seen) for seen in self._stating(item)]
            if lost > base:
                words = Words(f"项目 {item.id} 从未扣到 0 以下", f"item {item.id} was never stopped at 0")
                yield any(unclipped < 0 for unclipped, _ in sums), Unmoved("cap", item.id, words)
            if lost < base:
                rest = print_points(base - lost)
                words = Words(
                    f"项目 {item.id} 从未扣到只剩扣不掉的 {rest} 分",
                    f"item {item.id} was never down to the {rest} that cannot be lost",
                )
                yield any(spent == lost for _, spent in sums), Unmoved("cap", item.id, words)
            if gained > item.points:
                words = Words(
                    f"项目 {item.id} 的上限 {points} 分从未超过",
                    f"the cap of item {item.id}, {points}, was never passed",
                )
                yield any(unclipped > item.points for unclipped, _ in sums), Unmoved("cap", item.id, words)

    def _section_caps(self) -> Iterator[tuple[bool, Unmoved]]:
        for section in self._rubric.sections:
            most = sum(max(item.points, self._most(item)[1]) for item in section.items)
            if section.bonus and most > section.points:
                moved = any(
                    sum(self._sum(item, seen)[0] for item in section.items) > section.points
                    for seen in self._seen
                    if all(seen in self._stating(item) for item in section.items)
                )
                points = print_points(section.points)
                words = Words(
                    f"加分部分 {section.id} 的上限 {points} 分从未超过",
                    f"the cap of bonus section {section.id}, {points}, was never passed",
                )
                yield moved, Unmoved("cap", section.id, words)

    def _vetoes(self) -> Iterator[tuple[bool, Unmoved]]:
        vetoed = [seen.row for seen in self._seen if seen.expected.vetoed or seen.expected.grade]
        causes = {entry["cause"] for row in vetoed for entry in row["veto"]}
        for match in self._rubric.veto.events if self._rubric.veto else ():
            condition = match.where.get("category")
            for word in condition.among if condition and condition.among else ("",):
                words = Words(f"一票否决 {word} 从未出现", f"the veto {word or match.type} was never cast")
                moved = f"veto:{word}" in causes if word else bool(causes)
                yield moved, Unmoved("veto", str(word or match.type), words)

    def _bands(self) -> Iterator[tuple[bool, Unmoved]]:
        reached = {seen.row["grade"] for seen in self._seen if seen.expected.grade and not seen.row["vetoed"]}
        for band in self._rubric.bands:
            words = Words(f"等次“{band.grade.zh}”从未评出", f'the grade "{band.grade.en}" was never given')
            yield band.grade.zh in reached, Unmoved("band", band.grade.zh, words)

    def _stating(self, item: Item) -> list[_Seen]:
        """Return what says something of every clause of an item."""
        first, *others = [[seen for seen, _ in self._rows.get(clause.id, ())] for clause in item.clauses]
        return [seen for seen in first if all(seen in other for other in others)]

    def _most(self, item: Item) -> tuple[int, int]:
        """Return what the clauses of an item can lose, and what they can gain, together."""
        gained = sum(c.points for c in item.clauses if self._plan.start(c) == "zero")
        return sum(c.points for c in item.clauses) - gained, gained

    def _sum(self, item: Item, seen: _Seen) -> tuple[int, int]:
        """Return an item's sum before it is clipped, and what its clauses lost."""
        scores = seen.points
        lost = sum(c.points - scores[c.id] for c in item.clauses if self._plan.start(c) == "full")
        gained = sum(scores[c.id] for c in item.clauses if self._plan.start(c) == "zero")
        return max(0, item.points - self._most(item)[1]) + gained - lost, lost


def _rule_words(clause: Clause, planned: PlannedRule, charge: int) -> Words:
    number = planned.order + 1
    part = Words("", "")
    if len(planned.charges) > 1:
        part = Words("（逾期）", " (late)") if charge == 0 else Words("（不足）", " (short or missing)")
    title = planned.rule.title
    name = Words(f"“{title.zh}”", f' "{title.en}"') if title else Words("", "")
    return Words(
        f"条款 {clause.id} 的第 {number} 条规则{name.zh}{part.zh}从未变动分数",
        f"rule {number}{name.en} of clause {clause.id}{part.en} never moved a point",
    )


def _may_pass(clause: Clause) -> bool:
    """Tell whether a clause that earns can earn more than it has."""
    most = [_most_of(rule) for rule in clause.rules if not rule.advisory]
    return any(points is None for points in most) or sum(p for p in most if p) > clause.points


def _most_of(rule: Rule) -> int | None:
    """Return the most that a rule can earn in hundredths, None where there is no end to it."""
    if isinstance(rule, Tally):
        values = [rule.points] if isinstance(rule.points, int) else list(rule.points.values.values())
        most = max(0, *values)
        return most if rule.once or not most else None
    if isinstance(rule, Rank):
        return None if rule.per_round else max(rule.points)
    return 0


def _earned(row: Row) -> int:
    """Return what the entries of a clause add up to, before it is clipped."""
    return sum(parse_points(entry["points"]) for entry in row["entries"])
