"""What a rubric's figures come to: does the arithmetic of the form hold, what do single events cost, can
every clause move from where its points start, are grades' bands in order and within reach?

In: a rubric. Out: notes: of printed points against what stands below them inconsistencies, for a form that
does not add up is scored as it is printed; no price above what its clause has, and none that moves nothing;
words and sources of graded forms complete. Deliberately absent: repairing the form; whether grades are
tallied.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import get_args

from pydantic import BeforeValidator

from rubrics.lint.walk import Note, clauses_of, items_of, rules_of
from rubrics.model import Clause, Grades, Item, Rubric, Section
from rubrics.numbers import parse_points, print_points
from rubrics.parameters import Shortfall
from rubrics.problems import Path
from rubrics.rules import Assessed, Graded, PointsBy, Rank, Rule, Tally

_SCALE = 100_00


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
            for place, points in _tally_points(rule):
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


def _tally_points(rule: Tally) -> list[tuple[Path, int]]:
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
        if isinstance(rule, Tally) and not any(points for _, points in _tally_points(rule)):
            yield Note((*path, "points"), "分数为 0，不起作用", "moves nothing: the points are 0")


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


def check_total(rubric: Rubric) -> Iterator[Note]:
    """The rubric's points against its sections as printed, and against its items."""
    if rubric.aggregate == "mean":
        return
    base = [section for section in rubric.sections if not section.bonus]
    printed = sum(section.points for section in base)
    items = sum(item.points for section in base for item in section.items)
    total, path = print_points(rubric.points), ("points",)
    if printed != rubric.points:
        yield Note(
            path,
            f"总分为 {total}，各部分印有的分数相加为 {print_points(printed)}",
            f"the rubric has {total} points, its sections are printed with {print_points(printed)} together",
            "inconsistency",
        )
    if items != rubric.points:
        yield Note(
            path,
            f"总分为 {total}，各项相加为 {print_points(items)}",
            f"the rubric has {total} points, its items add up to {print_points(items)}",
            "inconsistency",
        )


def check_sections(rubric: Rubric) -> Iterator[Note]:
    """Each section's printed points against its items."""
    if rubric.aggregate == "mean":
        return
    for index, section in enumerate(rubric.sections):
        items = sum(item.points for item in section.items)
        if items != section.points and not (section.bonus and items > section.points):
            yield _section_note(("sections", index, "points"), section, items)


def _section_note(path: Path, section: Section, items: int) -> Note:
    printed, below = print_points(section.points), print_points(items)
    rest = print_points(abs(section.points - items))
    zh = f"第 {section.id} 部分印为 {printed} 分，各项相加为 {below} 分："
    en = f"section {section.id} is printed with {printed} points and its items add up to {below}: "
    if items > section.points:
        zh, en = zh + f"可得分比印有的多 {rest}", en + f"{rest} more can be reached than is printed"
    else:
        zh, en = zh + f"有 {rest} 分无法得到", en + f"{rest} cannot be reached"
    return Note(path, zh, en, "inconsistency")


def check_items(rubric: Rubric) -> Iterator[Note]:
    """Each item's points against its clauses. What a bonus item has above its cap is meant so."""
    if rubric.aggregate == "mean":
        return
    for path, item, section in items_of(rubric):
        clauses = sum(clause.points for clause in item.clauses)
        if clauses != item.points and not (section.bonus and clauses > item.points):
            yield _item_note((*path, "points"), item, clauses)


def _item_note(path: Path, item: Item, clauses: int) -> Note:
    printed, below = print_points(item.points), print_points(clauses)
    rest = print_points(abs(item.points - clauses))
    zh = f"项目 {item.id} 为 {printed} 分，各款相加为 {below} 分："
    en = f"item {item.id} has {printed} points and its clauses add up to {below}: "
    losing = any(clause.start == "full" for clause in item.clauses)
    if clauses < item.points:
        zh, en = zh + f"其余 {rest} 分不会失去", en + f"the other {rest} cannot be lost"
    elif losing:
        zh, en = zh + "扣到 0 为止", en + "the item stops at 0"
    else:
        zh, en = zh + f"加到 {printed} 为止", en + f"the item stops at {printed}"
    return Note(path, zh, en, "inconsistency")


def check_scale(rubric: Rubric) -> Iterator[Note]:
    """Where grades are averaged, everything is on the scale of 100."""
    if rubric.aggregate != "mean":
        return
    places: list[tuple[Path, int]] = [(("points",), rubric.points)]
    places += [(("sections", at, "points"), section.points) for at, section in enumerate(rubric.sections)]
    places += [((*path, "points"), item.points) for path, item, _ in items_of(rubric)]
    places += [((*path, "points"), clause.points) for path, clause in clauses_of(rubric)]
    for path, points in places:
        if points != _SCALE:
            found = print_points(points)
            yield Note(
                path,
                f"aggregate 为 mean 时按百分制，须写 100，实际为 {found}",
                f"with `aggregate: mean` everything is on the scale of 100: must be 100, got {found}",
            )
