"""The engine's obligations are those of the reference, on random logs, forms and days."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.answers.duties import obligation_row
from tests.reference.drawn.strategies import Case, cases
from tests.reference.engine import owed_by_engine
from tests.reference.naive.owed import owed
from tests.reference.test_engine_agrees import CASES, many
from tests.reference.written import positioned


@pytest.mark.fuzz
@settings(many, max_examples=max(25, CASES // 2))
@given(case=cases(), ahead=st.sampled_from([None, None, 0, 10, 200, 400]))
def test_the_engine_owes_what_the_reference_owes(case: Case, ahead: int | None) -> None:
    events = positioned(case.events)
    until = None if ahead is None else case.on + timedelta(days=ahead)
    found = owed_by_engine(events, case.rubric, case.on, case.as_of, case.branches, until=until)
    rows = sorted((obligation_row(one) for one in found), key=lambda row: (row["branch"], row["obligation"]))
    for row in rows:
        del row["what"]
    assert rows == owed(events, case.rubric, case.on, case.as_of, case.branches, until)
