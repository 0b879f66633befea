"""Can every clause move, and by no more than it has? Prices, starts, judgements, bands.

In: a rubric. Out: notes. Deliberately absent: names of events and fields (`check_names`), sums of printed
points (`check_sums`).
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

from rubrics.matching import Shortfall
from rubrics.model import Clause, Grades, Rubric
from rubrics.notes import Note, clauses_of, rules_of
from rubrics.numbers import print_points
from rubrics.problems import Path
from rubrics.rules import Assessed, Excess, Graded, PointsBy, Rank, Rule, Submission, Tally


def check_prices(rubric: Rubric) -> Iterator[Note]:
    """No single price above what its clause has."""
    for path, rule, clause in rules_of(rubric):
        if clause is None or rule.advisory:
            continue
        for place, points in _prices(rule):
            if abs(points) > clause.points:
                yield Note(
                    (*path, *place),
                    f"{print_points(points)} 超过条款 {clause.id} 的 {print_points(clause.points)} 分",
                    f"{print_points(points)} is more than the {print_points(clause.points)} points of clause "
                    f"{clause.id}",
                    "inconsistency",
                )


def _prices(rule: Rule) -> Iterator[tuple[Path, int]]:
    for name in ("shortfall", "late", "short"):
        price = getattr(rule, name, None)
        if isinstance(price, Shortfall):
            yield (name, "points"), price.points
    if isinstance(rule, Tally):
        for place, points in _tally_points(rule):
            yield ("points", *place), points
    elif isinstance(rule, Submission):
        for name in ("missing", "late", "non_conforming"):
            yield (name,), getattr(rule, name)
    elif isinstance(rule, Excess):
        yield ("each",), rule.each
    elif isinstance(rule, Rank):
        for index, points in enumerate(rule.points):
            yield ("points", index), points


def _tally_points(rule: Tally) -> list[tuple[Path, int]]:
    if isinstance(rule.points, PointsBy):
        return [(("values", word), points) for word, points in rule.points.values.items()]
    return [((), rule.points)]


def check_moves(rubric: Rubric) -> Iterator[Note]:
    """Every clause has a rule that can move its points from where they start."""
    for path, clause in clauses_of(rubric):
        moving = [rule for rule in clause.rules if not rule.advisory]
        if not moving:
            yield Note(
                (*path, "rules"),
                f"条款 {clause.id} 只有提示性规则，分数不会变动",
                f"clause {clause.id} has advisory rules alone: its points never move",
                "inconsistency",
            )
        elif not any(isinstance(rule, Assessed | Graded) for rule in moving):
            yield from _direction(path, clause, moving)


def _direction(path: Path, clause: Clause, moving: list[Rule]) -> Iterator[Note]:
    if clause.start == "zero" and not any(_can_gain(rule) for rule in moving):
        yield Note(
            (*path, "start"),
            f"条款 {clause.id} 从 0 开始，却没有加分的规则",
            f"clause {clause.id} starts at zero and none of its rules earns a point",
        )
    if clause.start == "full" and not any(_can_lose(rule) for rule in moving):
        yield Note(
            (*path, "start"),
            f"条款 {clause.id} 从满分开始，却没有扣分的规则：是否应为 start: zero？",
            f"clause {clause.id} starts full and none of its rules costs a point; "
            "did you mean `start: zero`?",
        )


def _can_gain(rule: Rule) -> bool:
    if isinstance(rule, Tally):
        return any(points > 0 for _, points in _tally_points(rule))
    return isinstance(rule, Rank)


def _can_lose(rule: Rule) -> bool:
    if isinstance(rule, Tally):
        return any(points < 0 for _, points in _tally_points(rule))
    return not isinstance(rule, Rank)


def check_judged(rubric: Rubric) -> Iterator[Note]:
    """A judgement makes the whole clause: no computing rule beside it, and none on the rubric itself."""
    for path, rule, clause in rules_of(rubric):
        if not isinstance(rule, Assessed | Graded):
            continue
        if clause is None or rule.advisory:
            yield Note(
                path,
                f"{rule.kind} 只能是条款的正式规则",
                f"{rule.kind} must be a rule of a clause, and not advisory",
            )
        elif sum(not other.advisory for other in clause.rules) > 1:
            yield Note(
                path,
                f"条款 {clause.id} 由人评定，旁边只能有提示性规则",
                f"clause {clause.id} is judged by people: only advisory rules can stand beside `{rule.kind}`",
            )


def check_ranks(rubric: Rubric) -> Iterator[Note]:
    """A better rank does not earn less, and a tally moves something."""
    for path, rule, _ in rules_of(rubric):
        if isinstance(rule, Rank) and any(later > earlier for earlier, later in pairwise(rule.points)):
            yield Note(
                (*path, "points"),
                "名次靠后的分数不应更高",
                "a worse rank must not earn more than a better one",
                "inconsistency",
            )
        if isinstance(rule, Tally) and not any(points for _, points in _tally_points(rule)):
            yield Note((*path, "points"), "分数为 0，不起作用", "moves nothing: the points are 0")


def check_bands(rubric: Rubric) -> Iterator[Note]:
    """Bands stand from the highest to the lowest, and can be reached."""
    for index, (upper, lower) in enumerate(pairwise(rubric.bands)):
        if lower.at_least >= upper.at_least:
            bound = print_points(upper.at_least)
            yield Note(
                ("bands", index + 1, "at_least"),
                f"等次须从高到低，应小于 {bound}，实际为 {print_points(lower.at_least)}",
                f"bands stand from the highest to the lowest: must be below {bound}, "
                f"got {print_points(lower.at_least)}",
            )
    most = rubric.points + sum(section.points for section in rubric.sections if section.bonus)
    for index, band in enumerate(rubric.bands):
        if band.at_least > most:
            yield Note(
                ("bands", index, "at_least"),
                f"最多只能得 {print_points(most)} 分，这个等次达不到",
                f"at most {print_points(most)} points can be had: nobody reaches this grade",
            )


def check_grades(rubric: Rubric) -> Iterator[Note]:
    """Every word has a value and every source a weight."""
    if rubric.grades is None:
        return
    if not any(clause.graded for clause in rubric.clauses()):
        yield Note(
            ("grades",),
            "没有 graded 条款，grades 不起作用",
            "no clause is graded: this has no effect",
            "inconsistency",
        )
    for name, given in (("values", rubric.grades.values), ("weights", rubric.grades.weights)):
        words = get_args(get_args(Grades.model_fields[name].annotation)[0])
        missing = [word for word in words if word not in given]
        if missing:
            yield Note(
                ("grades", name),
                f"缺少 {'、'.join(missing)}",
                f"must name every word, missing: {', '.join(missing)}",
            )
    if sum(rubric.grades.weights.values()) <= 0 or min(rubric.grades.weights.values(), default=0) < 0:
        yield Note(
            ("grades", "weights"),
            "权重不能为负，且不能全为 0",
            "weights must not be negative, nor all of them 0",
        )
