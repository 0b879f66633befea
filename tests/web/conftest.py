"""A committee (see tests.ledger.access.committee) for the web's tests, with rosters, names and a form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.intake.batch import record_each
from ledger.people import set_names
from ledger.store.event_store import Store
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from tests.ledger.access.committee import NOW, ORGANISATIONS, TODAY, event, register_all
from tests.web.client import Browser, machine

FORM = "hospital-branch-2019"


def furnish(store: Store) -> None:
    """Register everybody, adopt a form, put three members on each roster, log a meeting each."""
    register_all(store)
    events = []
    for code, (kind, _) in ORGANISATIONS.items():
        members = [("secretary", "01"), ("member", "02"), ("member", "03")]
        events += [
            event(code, "member_joined", {"member": f"{code}m{n}", "role": role}, "2025-01-01")
            for role, n in members
        ]
        if kind == "branch":
            events.append(event(code, "rubric_adopted", {"rubric": FORM}, "2026-01-01"))
        events.append(
            event(code, "meeting_held", {"kind": "committee_meeting", "topic": f"议题{code}"}, "2026-01-20")
        )
    record_each(store, events, now=NOW, today=TODAY, known=KnownClauses(Library()))
    for code in ORGANISATIONS:
        set_names(
            store, code, {f"{code}m01": f"甲{code}", f"{code}m02": f"乙{code}", f"{code}m03": f"丙{code}"}
        )


@pytest.fixture(scope="session")
def committee_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("committee") / "ledger.db"
    path.write_bytes(sqlite_template.read_bytes())
    with Store.open(f"sqlite:///{path}") as store:
        furnish(store)
    return path


@pytest.fixture
def committee_url(committee_file: Path, tmp_path: Path) -> str:
    """The address of a fresh copy of the committee's ledger."""
    copy = tmp_path / "committee.db"
    copy.write_bytes(committee_file.read_bytes())
    return f"sqlite:///{copy}"


@pytest.fixture
def committee(committee_url: str) -> Iterator[Store]:
    with Store.open(committee_url) as store:
        yield store


@pytest.fixture
def holder(committee_url: str) -> Browser:
    """The browser of whoever holds the committee's file, entered."""
    browser = machine(committee_url)
    browser.enter()
    return browser
