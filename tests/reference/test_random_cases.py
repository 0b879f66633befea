"""What the random cases are: logs that intake accepts, and answers of the reference that add up."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import Refused
from ledger.events import parse_event
from ledger.intake.batch import ClauseFacts, Line, record_all
from ledger.store.event_store import Store
from ledger.store.setup import init
from rubrics.model import Rubric
from tests.reference.comparison import differences
from tests.reference.drawn.refusals import conflicts
from tests.reference.drawn.strategies import Case, cases, refusable_cases
from tests.reference.naive.scorer import scores
from tests.reference.written import positioned

some = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), print_blob=True
)

LATER = date(2030, 1, 1)


def known(rubric: Rubric) -> dict[str, dict[str, ClauseFacts]]:
    return {rubric.id: {c.id: ClauseFacts(c.points, c.graded) for c in rubric.clauses()}}


@some
@given(case=cases())
def test_the_catalogue_accepts_every_random_event(case: Case) -> None:
    for event in case.events:
        parse_event(event)


@settings(some, max_examples=15)
@given(case=cases())
def test_intake_accepts_every_random_log(case: Case, tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}"
    init(url)
    with Store.open(url) as store:
        lines = [Line("random", number, event) for number, event in enumerate(case.events, start=1)]
        try:
            intake = record_all(
                store, [lines], now=datetime(2030, 1, 1, tzinfo=UTC), today=LATER, known=known(case.rubric)
            )
        except Refused as refused:
            pytest.fail(f"{refused}\n{case}")
        stored = [as_dict(row) for row in store.read()]
    assert intake.appended == len(case.events)
    arguments = (case.rubric, case.period, case.on, case.as_of, case.branches)
    assert differences(scores(positioned(case.events), *arguments), scores(stored, *arguments)) == []


@settings(some, max_examples=25)
@given(case=refusable_cases(), in_parts=st.booleans())
def test_intake_refuses_exactly_what_cannot_stand(
    case: Case, in_parts: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}"
    init(url)
    events = [event for event in case.events if event["type"] not in ("event_retracted", "event_corrected")]
    registered = sum(event["type"] == "branch_registered" for event in events)
    cut = registered + (len(events) - registered) // 2 if in_parts else len(events)
    with Store.open(url) as store:
        for upto, part in ((cut, events[:cut]), (len(events), events[cut:])):
            lines = [Line("random", number, event) for number, event in enumerate(part, start=1)]
            refused = False
            try:
                record_all(
                    store,
                    [lines],
                    now=datetime(2030, 1, 1, tzinfo=UTC),
                    today=LATER,
                    known=known(case.rubric),
                )
            except Refused:
                refused = True
            assert refused == bool(conflicts(positioned(events[:upto]))), case
            if refused:
                return


def as_dict(row: Any) -> dict[str, Any]:
    """A stored event in full-export shape."""
    names = ("position", "id", "branch", "version", "type", "occurred_on", "counts_for")
    return {**{name: getattr(row, name) for name in names}, "data": row.payload()}


@some
@given(case=cases())
def test_scores_are_sums_of_entries(case: Case) -> None:
    arguments = (case.rubric, case.period, case.on, case.as_of, case.branches)
    for row in scores(positioned(case.events), *arguments):
        for item in [item for section in row["sections"] for item in section["items"]]:
            assert Fraction(item["score"]) - Fraction(item["at_risk"]) >= 0
            for clause in item["clauses"]:
                points = Fraction(100 if case.rubric.aggregate == "mean" else clause["points"])
                moved = sum(Fraction(entry["points"]) for entry in clause["entries"])
                ends = [min(max(start + moved, Fraction(0)), points) for start in (Fraction(0), points)]
                assert Fraction(clause["score"]) in ends
                assert all(
                    entry["points"] == "0.00"
                    for entry in clause["entries"]
                    if entry["advisory"] or entry["state"] in {"met", "open", "waived"}
                )
