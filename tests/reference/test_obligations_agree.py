"""The engine's obligations are those of the reference, on random logs, forms and days."""

import pytest
from hypothesis import given, settings

from projections.answers.duties import obligation_row
from projections.engine.reading.tree import read_tree

from .engine import END, log_of, owed_by_engine
from .owed import owed, year_span
from .periods import Day, year_of
from .strategies import Case, cases
from .test_engine_agrees import CASES, many
from .written import Row, positioned


@pytest.mark.fuzz
@settings(many, max_examples=max(40, CASES // 2))
@given(case=cases())
def test_the_engine_owes_what_the_reference_owes(case: Case) -> None:
    events = positioned(case.events)
    year = year_span(year_of(case.on, case.rubric.year_start), case.rubric.year_start)
    found = owed_by_engine(
        events, case.rubric, case.on, case.as_of, case.branches, since=year.start, until=year.end
    )
    rows = sorted((obligation_row(one) for one in found), key=lambda row: (row["branch"], row["obligation"]))
    for row in rows:
        del row["what"], row["part_paid"]
    expected = owed(events, case.rubric, case.on, case.as_of, case.branches)
    assert rows == [row for row in expected if adopted(case, row)]


def adopted(case: Case, row: Row) -> bool:
    """Whether the branch goes by the form on the due day, or never adopted it."""
    tree = read_tree(log_of(positioned(case.events)), upto=END if case.as_of is None else case.as_of)
    on = case.on.toordinal()
    adoptions = [a for a in tree[row["branch"]].adoptions if a.rubric == "form" and a.since <= on]
    due = Day.fromisoformat(row["due_on"]).toordinal()
    return not adoptions or any(adoption.stands_on(due) for adoption in adoptions)
