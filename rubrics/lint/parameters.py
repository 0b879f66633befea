"""Rules that do not go together with others, parameters with each other, bounds that cannot be meant.

In: a rubric. Out: notes; also of rules beside `assessed` and `graded`. Deliberately absent: the parameters
of quotas (`quotas`), prices (`points`); what a judgement does (projections).
"""

from collections.abc import Iterator

from rubrics.lint.catalogue import known_types
from rubrics.lint.walk import Note, rules_of
from rubrics.model import Rubric
from rubrics.problems import Path
from rubrics.rules import Assessed, Checklist, Deadline, Excess, Graded, Tally, Threshold


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
