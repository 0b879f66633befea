"""Whatever its kind, a rule's event types and its prices are checked."""

import pytest

from rubrics.lint import check_rubric
from rubrics.reader.loaded import parse_rubric
from tests.rubrics.kinds import KINDS
from tests.rubrics.lint.others import OTHERS
from tests.rubrics.small import with_rule

LOOKING = {
    "quota": "per: year, at_least: 1, shortfall: {each: COST}, events: {type: TYPE}",
    "none_of": "shortfall: {each: COST}, events: {type: TYPE}",
    "tally": "points: -COST, events: {type: TYPE}",
    "deadline": "within: {days: 9}, shortfall: {each: COST}, trigger: {type: member_hired},"
    " response: [{type: talk_held}, {type: TYPE}]",
    "threshold": "ratio: {of: absent, to: expected}, at_least: 1, shortfall: {each: COST},"
    " events: {type: TYPE}",
    "excess": "of: absent, over: expected, share: 1/3, each: COST, events: {type: TYPE}",
    "streak": "more_than: 2, shortfall: {each: COST}, events: {type: TYPE}",
}
"""The kinds that name what they look for."""
PRICED = {
    "dues": "by_day: 25, late: {once: 1}, short: {each: COST}",
    "submission": "missing: 1, late: 1, non_conforming: COST",
    "rank": "metric: average, points: [COST, 1]",
    "checklist": "checklist: books, items: [a], shortfall: {once: COST}",
}
"""The others that cost something."""
JUDGED = {"assessed", "graded"}


def told(kind: str, parameters: str) -> list[str]:
    """Say what `zhibu rubric check` has against a rule."""
    text = with_rule(f"{{kind: {kind}, {parameters}}}")
    return [problem.sentence("en") for problem in check_rubric(parse_rubric(text, "small.yaml"), OTHERS)]


def test_a_kind_that_is_added_is_tried_here() -> None:
    assert {*LOOKING, *PRICED, *JUDGED} == set(KINDS)


@pytest.mark.parametrize("kind", LOOKING)
def test_a_misspelt_type_is_told_whatever_the_kind(kind: str) -> None:
    parameters = LOOKING[kind].replace("COST", "1")
    said = told(kind, parameters.replace("TYPE", "lecture_givven"))
    assert any("lecture_given" in one for one in said)
    assert not any("lecture_given" in one for one in told(kind, parameters.replace("TYPE", "lecture_given")))


@pytest.mark.parametrize("kind", [*LOOKING, *PRICED])
def test_a_price_above_the_clause_is_told_whatever_the_kind(kind: str) -> None:
    parameters = (LOOKING | PRICED)[kind].replace("TYPE", "lecture_given")
    assert any("9.00 is more than" in one for one in told(kind, parameters.replace("COST", "9")))
    assert not any("is more than" in one for one in told(kind, parameters.replace("COST", "1")))
