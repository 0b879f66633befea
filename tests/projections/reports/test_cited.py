"""The events that a report cites: which, and as they stood at the replayed position."""

from datetime import timedelta

import orjson
import pytest

from ledger.intake.admission import Line
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from projections.reports.report import cited_ids, read_cited
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from tests.projections.reports.offices import BUREAU, COLLEGE, FORMS, NOW, Office, fill

VOLUNTEERS = "0190aaaa-0000-7000-8000-000000000001"


@pytest.fixture
def corrected(sqlite_store: Store) -> Office:
    """An office in which an article is corrected once the year has been recorded."""
    fill(sqlite_store)
    article = {
        "id": VOLUNTEERS, "branch": "b1", "type": "article_published", "occurred_on": "2019-03-01",
        "data": {"level": "unit"},
    }  # fmt: skip
    correction = {
        "branch": "b1", "type": "event_corrected", "occurred_on": "2019-06-01",
        "data": {
            "target": VOLUNTEERS, "reason": "级别有误", "occurred_on": "2019-03-02",
            "data": {"level": "province"},
        },
    }  # fmt: skip
    for number, event in enumerate((article, correction), start=1):
        line = Line("later", number, orjson.dumps(event))
        now = NOW + timedelta(days=number)
        record_all(sqlite_store, [[line]], now=now, today=now.date(), known=KnownClauses(Library()))
    return Office(sqlite_store)


def test_only_what_moved_points_or_was_waived_is_cited(office: Office) -> None:
    for form in FORMS:
        replayed = office.year(form)
        for score in replayed.scores:
            entries = [*score.veto, *(entry for clause in score.clauses() for entry in clause.entries)]
            moved = {id_ for e in entries if e.state not in ("met", "open") for id_ in e.events}
            cited = cited_ids(score)
            assert set(cited) == moved
            assert len(cited) == len(moved)
            assert moved <= set(replayed.cited)


def test_an_event_is_cited_as_it_is_stored(office: Office) -> None:
    replayed = office.year(BUREAU)
    for cited in replayed.cited.values():
        stored = office.store.find(cited.id)
        assert stored is not None
        assert (cited.branch, cited.type, cited.occurred_on) == (
            stored.branch,
            stored.type,
            stored.occurred_on,
        )
        assert (cited.recorded_at, cited.recorded_by) == (stored.recorded_at, stored.recorded_by)
        assert cited.data == stored.payload()
        assert cited.corrected_by is None


def test_a_corrected_event_stands_as_corrected_and_says_by_what(corrected: Office) -> None:
    now = corrected.replayed(COLLEGE, ["b1"])
    cited = now.cited[VOLUNTEERS]
    assert (cited.occurred_on, cited.data) == ("2019-03-02", {"level": "province"})
    head = corrected.store.head().position
    [correction] = list(corrected.store.read(after=head - 1))
    assert cited.corrected_by == correction.id
    assert correction.id in "".join(str(event.found) for event in now.report().branches[0].events)


def test_an_older_prefix_shows_the_event_as_it_was_known_then(corrected: Office) -> None:
    head = corrected.store.head().position
    then = corrected.replayed(COLLEGE, ["b1"], upto=head - 1)
    cited = then.cited[VOLUNTEERS]
    assert (cited.occurred_on, cited.data, cited.corrected_by) == ("2019-03-01", {"level": "unit"}, None)
    before = corrected.replayed(COLLEGE, ["b1"], upto=head - 2)
    assert VOLUNTEERS not in before.cited
    position = before.replayed.position
    assert VOLUNTEERS not in read_cited(corrected.store, then.scores, position)


def test_an_event_that_is_not_at_hand_is_listed_by_its_id(office: Office) -> None:
    report = office.year(BUREAU).report(cited={})
    events = [event for branch in report.branches for event in branch.events]
    assert events
    assert all(event.found is None and event.words == "" and len(event.id) == 36 for event in events)
