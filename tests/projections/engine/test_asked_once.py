"""A log that a request asks each question once: what it tells, and how often the log behind it is read."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from projections.engine.logs import AskedOnce, Row, RowsAtHand
from projections.engine.periods import parse_period
from projections.engine.plan import Plan
from projections.engine.replays import obligations, replay
from tests.projections.engine.written import read_log
from tests.reference.written import clause, form

QUOTA = "{kind: quota, per: quarter, at_least: 1, events: {type: meeting_held}, "
QUARTERLY = Plan(form(clause(QUOTA + "shortfall: {mode: each, points: 2}}")))
LOG = """
2010-01-01 c1 branch_registered name=c1 organization=committee
2010-01-01 b1 branch_registered name=b1 parent=c1
2010-01-01 b2 branch_registered name=b2 parent=c1
2018-12-31 b1 rubric_adopted rubric=form
2019-02-01 b1 meeting_held kind=study
2019-05-01 b1 meeting_held kind=study
"""
DAY, YEAR = date(2019, 12, 31), parse_period("2019")


class Told(RowsAtHand):
    """Rows at hand that write down what is asked of them."""

    def __init__(self, log: RowsAtHand) -> None:
        self._log = log
        self.asked: list[tuple[int, str, str]] = []

    def streams(
        self, *, upto: int, branches: Collection[str] | None = None, types: Collection[str] | None = None
    ) -> Iterator[tuple[str, Sequence[Row]]]:
        self.asked.append((upto, " ".join(sorted(branches or ["all"])), " ".join(sorted(types or ["all"]))))
        return self._log.streams(upto=upto, branches=branches, types=types)


def test_a_score_and_what_is_due_are_told_alike_and_the_branch_is_read_once() -> None:
    rows, upto = read_log(LOG)
    tree = {"on": DAY, "upto": upto, "branches": ["b1"]}
    plain = replay(rows, QUARTERLY, YEAR, **tree), list(obligations(rows, [QUARTERLY], **tree))
    told = Told(rows)
    once = AskedOnce(told)
    assert (replay(once, QUARTERLY, YEAR, **tree), list(obligations(once, [QUARTERLY], **tree))) == plain
    assert [one.window for one in plain[1] if one.state == "overdue"] == ["2019-Q3"]
    assert told.asked == [(upto, "b1", "all")]


def test_some_types_of_a_branch_that_was_read_whole_are_not_read_again() -> None:
    rows, upto = read_log(LOG)
    told = Told(rows)
    once = AskedOnce(told)
    asked = [
        [row[2] for _, found in once.streams(upto=upto, branches=["b1"], types=types) for row in found]
        for types in ({"rubric_adopted"}, None, {"meeting_held"}, {"branch_registered"}, {"dues_paid"})
    ]
    assert asked == [
        ["rubric_adopted"],
        ["branch_registered", "rubric_adopted", "meeting_held", "meeting_held"],
        ["meeting_held", "meeting_held"],
        ["branch_registered"],
        [],
    ]
    assert told.asked == [(upto, "b1", "rubric_adopted"), (upto, "b1", "all")]


def test_another_prefix_and_another_branch_are_other_questions() -> None:
    rows, upto = read_log(LOG)
    once = AskedOnce(rows)
    told = [
        [row[0] for _, found in once.streams(upto=at, branches=[code]) for row in found]
        for at, code in ((upto, "b1"), (upto - 1, "b1"), (upto, "b2"))
    ]
    assert told == [[2, 4, 5, 6], [2, 4, 5], [3]]
