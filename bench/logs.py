"""Ledgers to measure on: years like the demo's, of as many branches as wanted.

In: how many branches, how many events each. Out: lines in import shape; files of ledgers. Deliberately
absent: randomness; the same call makes the same ledger.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson

from ledger.intake.admission import Line
from ledger.intake.batch import record_all
from ledger.store.event_store import Store
from ledger.store.setup import init

TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 8, tzinfo=UTC)
ADOPTED = "college-staff-branch-2019"


def year_of(branch: str, events: int, members: int = 6) -> Iterator[dict[str, Any]]:
    """Yield a branch's year of so many events: registration, roster, meetings, dues, articles, …"""

    def event(word: str, day: str, **data: Any) -> dict[str, Any]:
        return {"branch": branch, "type": word, "occurred_on": day, "data": data}

    number = int("".join(c for c in branch if c.isdigit()) or 0)
    yield event("branch_registered", "2015-01-01", name=branch, parent="committee")
    yield event("rubric_adopted", "2019-01-02", rubric=ADOPTED)
    sent = 2
    for member in range(members):
        yield event("member_joined", "2018-01-01", member=f"m{member:02d}")
        sent += 1
    yield event("metric_reported", "2019-12-20", metric="study_app_average", value=str(5000 + number % 977))
    sent += 1
    seen = {"expected": members, "present": members - 1, "excused": 1, "evidence": ["minutes", "photo"]}
    rounds = 0
    while sent < events:
        for month in range(1, 13):
            day = f"2019-{month:02d}-{5 + rounds % 20:02d}"
            wanted = [
                event("meeting_held", day, kind="committee_meeting", **seen),
                event("meeting_held", day, kind="study", **seen),
                event("article_published", day, level="department", content=f"{month}-{rounds}"),
                *(
                    event("dues_paid", day, member=f"m{m:02d}", month=day[:7], amount="12.50")
                    for m in range(3)
                ),
                event("lecture_given", day, lecturer="secretary", **seen),
                event("activity_held", day, kind="volunteer_service", participants=4, **seen),
            ]
            yield from wanted[: events - sent]
            sent += len(wanted[: events - sent])
        rounds += 1


def lines_of(branches: int, events: int) -> Iterator[bytes]:
    """Yield JSON lines of many branches, each of so many events, and of the committee above them."""
    yield orjson.dumps(
        {
            "branch": "committee",
            "type": "branch_registered",
            "occurred_on": "2010-01-01",
            "data": {"name": "committee", "organization": "committee"},
        }
    )
    for number in range(branches):
        for event in year_of(f"b{number}", events):
            # As a line of a file; and added to, it is no longer the roomy buffer that orjson gives.
            yield orjson.dumps(event) + b"\n"


def known_rubrics() -> dict[str, dict[str, Any]]:
    """Return what intake must know of the rubric that the years adopt."""
    from ledger.intake.checks import ClauseFacts
    from rubrics.library import load

    rubric = load(ADOPTED).rubric
    return {ADOPTED: {clause.id: ClauseFacts(clause.points, clause.graded) for clause in rubric.clauses()}}


def import_lines(url: str, lines: Iterable[bytes]) -> None:
    """Let lines in through the one way in."""
    store = Store.open(url)
    try:
        source = (Line("bench.jsonl", number, line) for number, line in enumerate(lines, start=1))
        record_all(store, [source], now=NOW, today=TODAY, known=known_rubrics())
    finally:
        store.dispose()


def make_ledger(path: Path, branches: int, events: int) -> str:
    """Make a ledger of many branches, in a process of its own, and return its URL."""
    words = [sys.executable, "-m", "bench", "--make", str(path), str(branches), str(events)]
    subprocess.run(words, check=True)
    return f"sqlite:///{path}"


def fill_ledger(path: str, branches: int, events: int) -> None:
    """Make a ledger of many branches, in this process."""
    url = f"sqlite:///{path}"
    init(url)
    import_lines(url, lines_of(branches, events))


def raw_copy(path: Path) -> sqlite3.Connection:
    """Open a new file with the ledger's table, its indexes and pragmas, and none of its triggers."""
    url = f"sqlite:///{path}"
    init(url)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f'DROP TRIGGER "{name}"')
    return connection
