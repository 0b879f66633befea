"""The nearest event that a form counts, where it does not count the one that was logged.

In: forms, and the event. Out: the match that is nearest, with its form and clause. Deliberately
absent: words; `text.rules` says what a match asks for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from ledger.store.codec import Recorded
from projections.answers.impacts import rules_behind
from projections.engine.criteria import wants
from projections.engine.plan import Plan
from projections.text.entry_notes import Nearest
from rubrics.matching import Condition, Match
from rubrics.model import Rubric

# Of another type is farther than any difference of fields, and to be named its word must be nearly the same.
_OTHER_TYPE, _ALIKE = 10, 0.85


def nearest_that_counts(plans: Collection[Plan], event: Recorded) -> Nearest | None:
    """Return the nearest event that any of the adopted forms counts, where none of them counts this one.

    It is the event `itself` where the form's rule asks for just that: then its year is not the form's.
    """
    near = nearest_counted([plan.rubric for plan in plans], event.type, event.payload())
    if near is None:
        return None
    [plan] = [plan for plan in plans if plan.rubric.id == near.rubric]
    return replace(near, itself=bool(rules_behind(plan, near.clause, event)))


def nearest_counted(rubrics: Iterable[Rubric], type_word: str, payload: Mapping[str, Any]) -> Nearest | None:
    """Return the nearest event that any of the rubrics counts: of the same type, and of the nearest words.

    None where they count no event of that type, nor of one that is spelled much like it.
    """
    best: tuple[float, Nearest] | None = None
    for rubric in rubrics:
        for clause, match in _matches(rubric):
            likeness = _likeness(match, type_word, payload)
            if best is None or likeness > best[0]:
                best = likeness, Nearest(rubric.id, clause, match)
    return None if best is None or best[0] < _ALIKE - _OTHER_TYPE else best[1]


def _matches(rubric: Rubric) -> Iterator[tuple[str, Match]]:
    """Yield what every rule looks for, with its clause's id, `-` for a rule of the rubric itself."""
    rules = [(clause.id, rule) for clause in rubric.clauses() for rule in clause.rules]
    for clause, rule in [*rules, *(("-", rule) for rule in rubric.rules)]:
        for want in wants(rule):
            for match in want.matches:
                yield clause, match


def _likeness(match: Match, type_word: str, payload: Mapping[str, Any]) -> float:
    """Return how near an event is to a match: of one type first, then by conditions, then by spelling."""
    if match.type != type_word:
        return SequenceMatcher(None, match.type, type_word).ratio() - _OTHER_TYPE
    likeness = 0.0
    for field, condition in match.where.items():
        value = payload.get(field)
        if _holds(condition, value):
            continue
        likeness -= 1
        if isinstance(value, str):
            likest = (SequenceMatcher(None, str(word), value).ratio() for word in condition.among)
            likeness += max(likest, default=0) / 2
    return likeness


def _holds(condition: Condition, value: Any) -> bool:
    """Return whether a stored value satisfies what a condition names: words only, as bounds have none."""
    members = {str(one) for one in value} if isinstance(value, list) else {str(value)}
    if condition.lacks is not None and condition.lacks in members:
        return False
    if not members.issuperset(condition.has) and condition.has:
        return False
    return not condition.among or any(str(wanted) in members for wanted in condition.among)
