"""What single events cost: no price above what its clause has, and none that moves nothing.

In: a rubric. Out: notes. Deliberately absent: sums of printed points (`sums`).
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import get_args

from pydantic import BeforeValidator

from rubrics.lint.walk import Note, rules_of
from rubrics.matching import Shortfall
from rubrics.model import Rubric
from rubrics.numbers import parse_points, print_points
from rubrics.problems import Path
from rubrics.rules import PointsBy, Rank, Rule, Tally


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
    """Walk through each parameter that is a price or points, whatever the kind of the rule."""
    for name, info in type(rule).model_fields.items():
        value = getattr(rule, name)
        if isinstance(value, Shortfall):
            yield (name, "points"), value.points
        elif isinstance(rule, Tally) and name == "points":
            for place, points in tally_points(rule):
                yield (name, *place), points
        elif isinstance(value, tuple):
            [element, *_] = get_args(info.annotation)
            if _are_points(get_args(element)):
                for index, points in enumerate(value):
                    yield (name, index), points
        elif _are_points(info.metadata):
            yield (name,), value


def _are_points(said: Iterable[object]) -> bool:
    """Return whether what stands beside an annotation makes points of a value."""
    return any(isinstance(one, BeforeValidator) and one.func is parse_points for one in said)


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
