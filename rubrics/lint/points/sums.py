"""Does the arithmetic of the form hold? Printed points against what stands below them.

In: a rubric. Out: notes, all of them inconsistencies: a form that does not add up is scored as it is printed.
Deliberately absent: repairing the form.
"""

from collections.abc import Iterator

from rubrics.lint.walk import Note, clauses_of, items_of
from rubrics.model import Item, Rubric, Section
from rubrics.numbers import print_points
from rubrics.problems import Path

_SCALE = 100_00


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
