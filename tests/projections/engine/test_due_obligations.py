"""Obligations read from a ledger, on each database: several rubrics, adoptions, the order of the list."""

from datetime import UTC, date, datetime
from operator import attrgetter

import pytest

from ledger.events import parse_event
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from projections.engine.entries import Obligation
from projections.engine.errors import UnknownBranch
from projections.engine.plan import Plan
from projections.engine.reading.tree import read_tree
from projections.engine.replays import obligations
from rubrics.library import load
from rubrics.reader.loaded import Loaded
from tests.reference.written import parse_log

COLLEGE, BUREAU = "college-staff-branch-2019", "bureau-direct-organization"
LOG = f"""
2018-01-01 b1 branch_registered name=b1
2018-01-01 b2 branch_registered name=b2
2018-01-01 b1 member_joined member=m1
2019-01-08 b1 rubric_adopted rubric={COLLEGE}
2019-02-01 b2 rubric_adopted rubric={BUREAU}
2019-02-01 b2 rubric_adopted rubric={COLLEGE} @mistaken
2019-03-01 b1 rubric_adopted rubric={BUREAU}
2019-03-20 b1 dues_paid member=m1 month=2019-03 amount=20
2019-03-20 b2 event_retracted target=@mistaken reason=mistaken
"""


@pytest.fixture
def ledger(store: Store) -> Store:
    known = {COLLEGE: {}, BUREAU: {}}
    events = [parse_event(event) for event in parse_log(LOG)]
    record_each(store, events, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1), known=known)
    return store


def due_in_order(
    ledger: Store, *, upto: int, branches: list[str] | None, rubrics: list[Loaded], **more: bool
) -> list[Obligation]:
    """What is due on 25 March 2019, in order."""
    plans = [Plan(loaded.rubric) for loaded in rubrics]
    found = obligations(ledger, plans, on=date(2019, 3, 25), upto=upto, branches=branches, **more)
    return sorted(found, key=attrgetter("order"))


def test_what_is_due_is_read_from_the_ledger(ledger: Store) -> None:
    tree = read_tree(ledger, upto=ledger.head().position)
    assert [
        (one.code, a.rubric, date.fromordinal(a.since)) for one in tree.values() for a in one.adoptions
    ] == [
        ("b1", COLLEGE, date(2019, 1, 8)),
        ("b1", BUREAU, date(2019, 3, 1)),
        ("b2", BUREAU, date(2019, 2, 1)),
    ]
    rubrics, upto = [load(COLLEGE), load(BUREAU)], ledger.head().position
    found = due_in_order(ledger, upto=upto, branches=None, rubrics=rubrics)
    assert [one.order for one in found] == sorted(one.order for one in found)
    assert {(one.branch, one.rubric) for one in found} == {("b1", COLLEGE), ("b1", BUREAU), ("b2", BUREAU)}
    first = {
        (one.branch, one.rubric): one.due_on.isoformat()
        for one in reversed(found)
    }  # fmt: skip
    assert first == {
        ("b1", COLLEGE): "2019-01-25", ("b2", BUREAU): "2019-03-25", ("b1", BUREAU): "2019-03-25"
    }  # fmt: skip
    paid = [one.state for one in found if one.window == "2019-03" and "dues" in one.what.en.lower()]
    assert paid == ["met", "met"]
    only = due_in_order(ledger, upto=upto, branches=["b2"], rubrics=rubrics)
    assert only == [one for one in found if one.branch == "b2"]


def test_the_prefix_bounds_what_is_known(ledger: Store) -> None:
    rubrics = [load(COLLEGE)]
    before = due_in_order(ledger, upto=7, branches=None, rubrics=rubrics)
    [dues] = [one for one in before if one.window == "2019-03" and one.clause == "10.2"]
    assert (dues.state, dues.members) == ("at_risk", ("m1",))
    assert {one.branch for one in before} == {"b1", "b2"}  # the retraction is not known yet


def test_a_branch_that_is_not_there_owes_nothing_and_named_outright_is_refused(ledger: Store) -> None:
    rubrics, upto = [load(COLLEGE)], ledger.head().position

    def due(**more: bool) -> list[object]:
        return list(due_in_order(ledger, upto=upto, branches=["b9"], rubrics=rubrics, **more))

    assert due() == []
    with pytest.raises(UnknownBranch):
        due(adopted_only=False)
