"""Judgement and computation: which rules may stand beside `assessed` and `graded`.

In: a rubric. Out: notes. Deliberately absent: what a judgement does (projections).
"""

from collections.abc import Iterator

from rubrics.lint.walk import Note, rules_of
from rubrics.model import Rubric
from rubrics.rules import Assessed, Graded


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
