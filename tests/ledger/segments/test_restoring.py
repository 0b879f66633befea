"""Segments become the same ledger again, to the hash."""

from datetime import UTC, datetime
from pathlib import Path

from ledger.files.restore import restore
from ledger.intake.admission import Line
from ledger.segments.restoring import check, lines_in_order
from ledger.store.event_store import Store
from tests.program import Program


def test_made_up_segments_restore_to_a_ledger_that_verifies(sqlite_store: Store, tmp_path: Path) -> None:
    folder = str(tmp_path / "segments")
    Program(tmp_path / "none.db").ok("simulate", "--branches", "60", "--year", "2023", "--segments", folder)
    manifest = check(folder)
    lines = (Line("segments", number, line) for number, line in enumerate(lines_in_order(folder), start=1))
    head = restore(sqlite_store, lines, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert head == manifest.log_head == sqlite_store.verify().head
