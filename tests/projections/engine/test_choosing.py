"""Whom a replay scores, in which order, and what it refuses."""

from datetime import date

import pytest

from projections.engine.errors import BranchDissolved, NothingToScore, UnknownBranch
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.reading.tree import read_tree
from projections.engine.replays import places, replay, score_each
from rubrics.model import Rubric
from tests.projections.engine.written import read_log
from tests.reference.written import clause, form, single

TALLY = form(clause("{kind: tally, events: {type: article_published}, points: 1}", start="zero"))
REGISTERED = """
2010-01-01 c1 branch_registered name=c1 organization=committee
2010-01-01 b3 branch_registered name=b3 parent=c1
2010-01-01 b1 branch_registered name=b1 parent=c1
2010-01-01 b2 branch_registered name=b2 parent=c1
"""


def scored(
    log: str, period: str = "2019", branches: list[str] | None = None, rubric: Rubric = TALLY
) -> list[str]:
    """The branches that are scored, each with its place."""
    rows, upto = read_log(REGISTERED + log)
    answer = replay(
        rows, Plan(rubric), parse_period(period), on=date(2019, 12, 31), upto=upto, branches=branches
    )
    return [f"{score.branch} {score.rank}" for score in answer.scores]


def test_where_nobody_adopted_the_form_all_of_its_kind_are_scored_in_order_of_code() -> None:
    assert scored("2019-05-01 b2 article_published level=unit") == ["b1 2", "b2 1", "b3 2"]


@pytest.mark.parametrize(
    ("period", "branches"),
    [
        ("2019", ["b1 1", "b2 1"]),
        ("2019-H1", ["b1 1", "b3 1"]),
        ("2018", ["b1 1"]),
        ("2017", ["b1 1", "b2 1", "b3 1"]),
    ],
)
def test_an_adoption_selects_while_it_stands_on_the_periods_last_day(
    period: str, branches: list[str]
) -> None:
    log = """
    2018-12-31 b1 rubric_adopted rubric=form
    2019-07-01 b2 rubric_adopted rubric=form
    2019-01-01 b3 rubric_adopted rubric=form
    2019-12-31 b3 rubric_dropped rubric=form
    2019-01-01 c1 rubric_adopted rubric=another
    """
    assert scored(log, period) == branches


def test_who_was_dissolved_is_scored_for_the_period_of_its_end_and_for_none_that_begins_later() -> None:
    log = "2019-06-30 b2 branch_dissolved"
    assert scored(log, "2019") == ["b1 1", "b2 1", "b3 1"]
    assert scored(log, "2019-H2") == ["b1 1", "b3 1"]
    assert scored(log, "2019-H2", ["b1", "b2"]) == ["b1 1"]
    with pytest.raises(BranchDissolved, match='"b2" was dissolved on 2019-06-30'):
        scored(log, "2019-H2", ["b2"])


def test_who_is_named_is_scored_whatever_was_adopted_once_and_in_order_of_code() -> None:
    assert scored("2019-01-01 b1 rubric_adopted rubric=form", branches=["b3", "b2", "b3"]) == ["b2 1", "b3 1"]


def test_an_unknown_branch_is_refused_and_the_nearest_is_told() -> None:
    with pytest.raises(UnknownBranch, match="b1"):
        scored("", branches=["b1", "b11"])


def test_a_form_of_a_kind_that_nobody_is_scores_nobody() -> None:
    general = single("{kind: assessed}", applies_to="general_branch")
    with pytest.raises(NothingToScore):
        scored("", rubric=general)


def test_equal_totals_share_the_better_place() -> None:
    assert places([300, 500, 300, 100]) == {500: 1, 300: 2, 100: 4}


def test_scores_come_one_by_one_without_a_place() -> None:
    rows, upto = read_log(REGISTERED)
    each = score_each(rows, Plan(TALLY), parse_period("2019"), on=date(2019, 12, 31), upto=upto)
    assert [(score.branch, score.rank) for score in each] == [("b1", 0), ("b2", 0), ("b3", 0)]


def test_a_superior_is_that_of_a_day_and_a_move_rewrites_nothing() -> None:
    rows, upto = read_log(
        REGISTERED
        + """
        2010-01-01 c2 branch_registered name=c2 organization=committee
        2019-03-05 b1 branch_moved parent=c2
        2019-09-01 b1 branch_moved parent=c1
        2019-04-01 b1 branch_renamed name=first
        """
    )
    tree = read_tree(rows, upto=upto)
    days = ["2009-01-01", "2019-03-04", "2019-03-05", "2019-08-31", "2019-09-01"]
    parents = [tree["b1"].parent_on(date.fromisoformat(day).toordinal()) for day in days]
    assert parents == ["c1", "c1", "c2", "c2", "c1"]
    assert tree["b1"].name == "first"
