"""Parameters of a rule that do not go together, rules that do not, bounds that cannot be meant; and do
quotas ask for something that can be given, of whom it can be told, by days in their windows?

In: a rubric. Out: notes; also of rules beside `assessed` and `graded`. Deliberately absent: prices
(`points`); what a judgement does (projections).
"""

from collections.abc import Iterator

from rubrics.lint.fields import facts_of
from rubrics.lint.walk import Note, known_types, rules_of
from rubrics.model import Rubric
from rubrics.parameters import Cadence
from rubrics.problems import Path
from rubrics.rules import Assessed, Checklist, Deadline, Excess, Graded, Quota, Tally, Threshold

_MONTHS: dict[Cadence, int] = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}


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


def check_rules(rubric: Rubric) -> Iterator[Note]:
    """Parameters that do not go together, or bounds that cannot be meant."""
    for path, rule, _ in rules_of(rubric):
        if isinstance(rule, Tally):
            yield from _tally(path, rule)
        elif isinstance(rule, Threshold):
            bound = "at_least" if rule.at_least is not None else "at_most"
            share = getattr(rule, bound)
            if rule.ratio is not None and not 0 <= share <= 1:
                yield _not_a_share((*path, bound))
        elif isinstance(rule, Excess) and not 0 <= rule.share <= 1:
            yield _not_a_share((*path, "share"))
        elif isinstance(rule, Checklist) and len(set(rule.items)) < len(rule.items):
            yield Note((*path, "items"), "清单里有重复的词", "a word stands in the list twice")
        elif isinstance(rule, Deadline) and rule.within.months_before_term_end and not _has_term(rule):
            yield Note(
                (*path, "within", "months_before_term_end"),
                "任期由 term_began 开始，trigger 须是它",
                "a term begins with term_began: that must be the trigger",
            )


def _tally(path: Path, rule: Tally) -> Iterator[Note]:
    if rule.times is not None and any(match.type == "finding_recorded" for match in rule.events):
        yield Note(
            (*path, "times"),
            "检查发现本来就按 count 计，不必写 times",
            "a finding weighs its count by itself: leave `times` out",
        )
    elif rule.times is not None and rule.once:
        yield Note(
            (*path, "times"), "once 只计一次，不能再乘", "with `once` an event weighs 1: leave `times` out"
        )


def _not_a_share(path: Path) -> Note:
    return Note(
        path,
        "比例应在 0 到 1 之间（95% 写作 0.95）",
        "a share lies between 0 and 1: 95 % is 0.95",
    )


def _has_term(rule: Deadline) -> bool:
    return rule.trigger.type == "term_began" or rule.trigger.type not in known_types()


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
