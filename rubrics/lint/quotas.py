"""Do quotas ask for something that can be given, of whom it can be told, by days in their windows?

In: a rubric. Out: notes. Deliberately absent: the kinds of the fields (`fields`).
"""

from collections.abc import Iterator

from rubrics.lint.fields import facts_of
from rubrics.lint.walk import Note, rules_of
from rubrics.model import Rubric
from rubrics.parameters import Cadence
from rubrics.problems import Path
from rubrics.rules import Quota

_MONTHS: dict[Cadence, int] = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}


def check_quotas(rubric: Rubric) -> Iterator[Note]:
    """Quotas ask for something that can be given, of whom it can be told, by days in their windows."""
    for path, rule, _ in rules_of(rubric):
        if not isinstance(rule, Quota):
            continue
        if rule.roles and rule.each != "member":
            yield Note(
                (*path, "roles"),
                "roles 只用于 each: member",
                "roles narrow members down: say `each: member`",
            )
        summed = rule.measure is not None and rule.measure.sum is not None
        if rule.at_least <= 0 or (not summed and rule.at_least.denominator != 1):
            yield Note(
                (*path, "at_least"),
                "必须大于 0；计次数时必须是整数",
                "must be above 0, and a whole number where events or values are counted",
            )
        if rule.measure is not None and rule.measure.distinct is not None:
            for facts in facts_of(rule.events, rule.measure.distinct):
                if facts.kind == "choice" and rule.at_least > len(facts.choices):
                    yield Note(
                        (*path, "at_least"),
                        f"字段 {rule.measure.distinct} 只有 {len(facts.choices)} 种取值",
                        f"the field {rule.measure.distinct} has {len(facts.choices)} values only",
                    )
        yield from _days(path, rule, rubric.year_start)


def _days(path: Path, rule: Quota, year_start: int) -> Iterator[Note]:
    size = _MONTHS[rule.per]
    windows = [(int(day[:2]) - year_start) % 12 // size for day in rule.by]
    if len(set(windows)) < len(windows):
        yield Note(
            (*path, "by"),
            "同一个时间段里有两个截止日",
            "two of the days lie in one window: each window has at most one",
        )
    elif rule.by and len(windows) < 12 // size:
        yield Note(
            (*path, "by"),
            f"一年有 {12 // size} 个时间段，只有 {len(windows)} 个写了截止日，其余到最后一天",
            f"{len(windows)} of the {12 // size} windows of a year have a day, the others run to their last",
            "inconsistency",
        )
