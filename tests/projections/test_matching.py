"""What `zhibu log` says an event counts for is what the replay makes of it."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.events import Event, parse_event
from ledger.store.event_store import Store
from projections.answer import entry_rows
from projections.engine.periods import parse_period
from projections.matching import clauses_counting, nearest_counted
from projections.plan import Plan
from projections.replay import replay
from rubrics.library import load
from rubrics.model import Rubric
from tests.program import ROOT, Program

FORM = load("college-staff-branch-2019").rubric
JUDGED = {clause.id for clause in FORM.clauses() if clause.assessed}
_BESIDE_ENTRIES = {"waives", "judged", "veto"}


def _event(type_word: str, **data: object) -> Event:
    return parse_event({"branch": "b1", "type": type_word, "occurred_on": "2019-03-12", "data": data})


def _clauses(event: Event, rubric: Rubric = FORM) -> list[tuple[str, str, int | None]]:
    return [(one.clause, one.role, one.points) for one in clauses_counting(rubric, event)]


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("year") / "ledger.db"))
    Program(path).ok("import", str(ROOT / "cli/demo/events.jsonl"))
    with Store.open(f"sqlite:///{path}") as store:
        yield store


def test_every_event_behind_an_entry_is_said_to_count_there_and_no_other(year: Store) -> None:
    replayed = replay(
        year, Plan(FORM), parse_period("2019"), on=date(2020, 1, 31), upto=year.head().position, explain=True
    )
    behind: defaultdict[str, set[str]] = defaultdict(set)
    clauses = [clause.id for clause in FORM.clauses()]
    for (_, number), entries in entry_rows(replayed).items():
        for entry in entries:
            for event_id in entry["events"]:
                behind[event_id].add(clauses[number])
    changed = {
        json.loads(control.data)["target"]
        for control in year.read(types={"event_corrected", "event_retracted"})
    }
    checked = 0
    for stored in year.read(branch="b1"):
        if stored.id in changed:
            continue
        event = parse_event(
            {
                "branch": stored.branch, "type": stored.type, "occurred_on": stored.occurred_on,
                "counts_for": stored.counts_for, "data": stored.payload(),
            }
        )  # fmt: skip
        counted = [one for one in clauses_counting(FORM, event) if one.role not in _BESIDE_ENTRIES]
        said = {one.clause for one in counted}
        # What an issue's close answers stands in the log, not in the event.
        sure = {one.clause for one in counted if one.role != "response"}
        assert sure <= behind[stored.id] - JUDGED <= said, (event, behind[stored.id])
        checked += bool(said)
    assert checked > 200


def test_the_superiors_gatherings_count_for_attendance_only() -> None:
    own = _event("activity_held", kind="ethics_education", absent=2)
    superiors = _event("activity_held", kind="ethics_education", absent=2, host="superior")
    assert _clauses(own) == [("7.3", "loss", -100)]
    assert _clauses(superiors) == [("7.1", "loss", -100)]
    assert _clauses(_event("meeting_held", kind="study", host="superior")) == []


def test_points_follow_values_counts_and_signs() -> None:
    assert _clauses(_event("contest_entered", contest="ethics", award="first")) == [("7.4", "gain", 300)]
    assert _clauses(_event("finding_recorded", category="records_incomplete", count=3)) == [
        ("3.1.b", "loss", -60)
    ]
    assert _clauses(_event("activity_held", kind="patriotic")) == []
    over = _event("meeting_held", kind="democratic_appraisal", appraised=10, outstanding=5)
    assert ("3.3.b", "loss", -100) in _clauses(over)


def test_documents_that_do_not_conform_count_only_as_submissions() -> None:
    poor = _event("document_submitted", kind="exemplary_story", conforming=False, ref="r1")
    assert _clauses(poor) == [("1.1", "submission", None)]


def test_the_nearest_word_is_found_by_type_then_conditions_then_spelling() -> None:
    near = nearest_counted([FORM], _event("finding_recorded", category="record_incomplete"))
    assert near is not None
    assert (near.clause, near.words) == ("3.1.b", "finding_recorded category=records_incomplete")
    near = nearest_counted([FORM], _event("document_submitted", kind="exemplary_storey"))
    assert near is not None
    assert near.words == "document_submitted kind=exemplary_story"
    assert nearest_counted([], _event("dues_remitted", quarter="2019-Q1", amount=1)) is None
