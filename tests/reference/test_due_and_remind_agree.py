"""`due` and `remind` never disagree, on random ledgers and on any day, around New Year above all."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from projections.engine.entries import Obligation
from projections.engine.plan import Plan
from projections.engine.reading.tree import Tree, read_tree
from projections.engine.replays import obligations
from projections.reminders.ladder import obligations_to_remind, reminders_on, rung_of
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import log_of
from tests.reference.test_engine_agrees import many, one_in
from tests.reference.written import positioned

Key = tuple[str, str, date, int, int]


def days_of(case: Case) -> list[date]:
    """The case's own day, and days on which one year's duties and the next's stand side by side."""
    year = case.on.year
    turn = [date(year, 12, 28), date(year, 12, 31), date(year + 1, 1, 1), date(year + 1, 1, 2)]
    return [
        date(case.on.year, case.on.month, case.on.day),
        *turn,
        date(year + 1, 1, 31),
        date(year + 1, 2, 1),
    ]


def adopted(case: Case) -> list[dict[str, object]]:
    """The case's log, its form adopted by every branch but the last, from the day before the first window."""
    last = case.branches[-1] if len(case.branches) > 1 else None
    registered = [event for event in case.events if event["type"] == "branch_registered"]
    adoptions = [
        {
            "id": f"00000000-0000-7000-8000-{number:012}",
            "branch": event["branch"],
            "type": "rubric_adopted",
            "occurred_on": event["occurred_on"],
            "data": {"rubric": case.rubric.id},
        }
        for number, event in enumerate(registered)
        if event["branch"] != last
    ]
    return [*case.events, *adoptions]


def keys(found: Iterable[Obligation]) -> set[Key]:
    return {(one.branch, one.obligation, one.due_on, one.missing, one.at_stake) for one in found}


def concerned(tree: Tree, one: Obligation, on: date) -> bool:
    """Whether the branch is there and goes by the form on the day."""
    branch = tree[one.branch]
    return on.toordinal() < branch.dissolved and branch.adopted(one.rubric, on.toordinal())


@pytest.mark.fuzz
@settings(many, max_examples=one_in(2, 25))
@given(case=cases())
def test_what_is_raised_is_what_due_lists_as_undone_on_a_rung(case: Case) -> None:
    events = positioned(adopted(case))
    log, plans, upto = log_of(events), [Plan(case.rubric)], len(events)
    tree = read_tree(log, upto=upto)
    for on in days_of(case):
        listed = list(obligations(log, plans, on=on, upto=upto))
        considered = list(obligations_to_remind(log, plans, tree, on=on, upto=upto))
        raised = {(one.branch, one.obligation, one.due_on) for one in reminders_on(considered, on)}
        expected = [one for one in listed if rung_of(one, on) is not None and concerned(tree, one, on)]
        assert raised == {(one.branch, one.obligation, one.due_on) for one in expected}, on
        assert keys(one for one in considered if rung_of(one, on) is not None) == keys(expected), on
        pressing = [one for one in listed if one.state in ("at_risk", "overdue") and concerned(tree, one, on)]
        assert {
            (one.branch, one.obligation, one.due_on)
            for one in pressing
            if on - one.due_on <= timedelta(days=31)
        } <= raised, on
