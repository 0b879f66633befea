"""What single events cost: no price above what its clause has, and none that moves nothing.

In: a rubric. Out: notes. Deliberately absent: sums of printed points (`sums`).
"""

from collections.abc import Iterator
from itertools import pairwise

from rubrics.lint.walk import Note, rules_of
from rubrics.matching import Shortfall
from rubrics.model import Rubric
from rubrics.numbers import print_points
from rubrics.problems import Path
from rubrics.rules import Excess, PointsBy, Rank, Rule, Submission, Tally


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
        for place, points in tally_points(rule):
            yield ("points", *place), points
    elif isinstance(rule, Submission):
        for name in ("missing", "late", "non_conforming"):
            yield (name,), getattr(rule, name)
    elif isinstance(rule, Excess):
        yield ("each",), rule.each
    elif isinstance(rule, Rank):
        for index, points in enumerate(rule.points):
            yield ("points", index), points


def tally_points(rule: Tally) -> list[tuple[Path, int]]:
    """List what a tally may move, each with its place inside `points`."""
    if isinstance(rule.points, PointsBy):
        return [(("values", word), points) for word, points in rule.points.values.items()]
    return [((), rule.points)]


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
        if isinstance(rule, Tally) and not any(points for _, points in tally_points(rule)):
            yield Note((*path, "points"), "分数为 0，不起作用", "moves nothing: the points are 0")
