"""What a rule asks for, in a few words: for lists of obligations.

In: a rubric, a rule with its clause. Out: words. Deliberately absent: what was done about it.
"""

from ledger.words import Words
from rubrics.model import Clause, Rubric
from rubrics.numbers import Text
from rubrics.rules import Rule


def title_of(rubric: Rubric, clause: Clause | None, rule: Rule) -> Words:
    """Return the rule's own title, else its clause's, else its item's; the rubric's for a rule of its own."""
    title = rule.title
    if title is None and clause is not None:
        title = clause.title or _item_title(rubric, clause)
    if title is None:
        title = rubric.title
    return Words(title.zh, title.en)


def with_ref(title: Words, ref: str | None) -> Words:
    """Name the request or the issue, where there is one, beside what is asked."""
    return title if ref is None else Words(f"{title.zh}：{ref}", f"{title.en}: {ref}")


def _item_title(rubric: Rubric, clause: Clause) -> Text:
    # By identity: to compare clauses would take longer than all the rest.
    return next(item.title for item in rubric.items() if any(one is clause for one in item.clauses))
