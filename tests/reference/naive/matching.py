"""Which events a rule speaks of.

In: a fact and a rule's matches. Out: yes or no. Deliberately absent: windows, periods and days.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rubrics.parameters import Condition, Match
from tests.reference.naive.effective import Fact

GATHERINGS = {"meeting_held", "lecture_given", "activity_held"}


def same(given: Any, wanted: str | bool | int) -> bool:
    """Whether a value is the wanted one; true is not 1."""
    if isinstance(given, bool) or isinstance(wanted, bool):
        return given is wanted
    if isinstance(wanted, int):
        return not isinstance(given, str) and Fraction(given) == wanted
    return bool(given == wanted)


def satisfies(given: Any, condition: Condition) -> bool:
    """Whether the value of a field satisfies all that the condition says; one not given satisfies none."""
    if given is None:
        return False
    if condition.among and not any(same(given, wanted) for wanted in condition.among):
        return False
    if condition.has and not set(condition.has) <= set(given):
        return False
    if condition.lacks is not None and condition.lacks in given:
        return False
    if condition.at_least is not None and Fraction(str(given)) < condition.at_least:
        return False
    return not (condition.at_most is not None and Fraction(str(given)) > condition.at_most)


def matches_one(fact: Fact, match: Match, default_host: str) -> bool:
    if fact.type != match.type:
        return False
    if fact.type == "document_submitted" and not fact.get("conforming"):
        return False
    host = match.host or default_host
    if fact.type in GATHERINGS and host != "any" and fact.get("host") != host:
        return False
    return all(satisfies(fact.get(field), condition) for field, condition in match.where.items())


def matches(fact: Fact, wanted: Sequence[Match], default_host: str = "branch") -> bool:
    """Whether the event satisfies any of the matches. A document that does not conform satisfies none."""
    return any(matches_one(fact, match, default_host) for match in wanted)
