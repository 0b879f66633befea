"""Can every clause move from where its points start?

In: a rubric. Out: notes. Deliberately absent: by how much (`prices`).
"""

from collections.abc import Iterator

from rubrics.lint.points.prices import tally_points
from rubrics.lint.walk import Note, clauses_of
from rubrics.model import Clause, Rubric
from rubrics.problems import Path
from rubrics.rules import Assessed, Graded, Rank, Rule, Tally


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
        return any(points > 0 for _, points in tally_points(rule))
    return isinstance(rule, Rank)


def _can_lose(rule: Rule) -> bool:
    if isinstance(rule, Tally):
        return any(points < 0 for _, points in tally_points(rule))
    return not isinstance(rule, Rank)
