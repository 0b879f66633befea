"""Ledgers and segments to measure on, made once for all rows of a run.

In: how many branches and events. Out: folders of segments by `zhibu simulate`, ledgers restored from them.
Deliberately absent: chance; the same call makes the same bytes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from bench.timing import zhibu
from ledger.segments.reading import Segments
from ledger.store.event_store import Store
from ledger.store.setup import init
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library, load

YEAR = 2024
NOW = datetime(2026, 1, 1, 8, tzinfo=UTC)
TODAY = date(2026, 1, 1)
END = date(YEAR, 12, 31)
FORM_001, FORM_000 = "college-staff-branch-2019", "hospital-branch-2019"


class Made:
    """What rows measure on; `folder` is kept until the run ends, `own` is the row's."""

    def __init__(self, folder: Path, own: Path) -> None:
        self.folder = folder
        self.own = own

    def segments(self, branches: int, events: int = 300, form: str | None = None) -> str:
        """Return a folder of segments; all branches go by `form` alone where one is named."""
        path = self.folder / f"segments-{branches}-{events}{f'-{form}' if form else ''}"
        if not (path / "manifest.json").exists():
            size = ("--branches", str(branches), "--events", str(events), "--year", str(YEAR), "--seed", "1")
            forms = ("--form", form) if form else ()
            zhibu("simulate", *size, *forms, "--segments", str(path))()
        return str(path)

    def import_file(self, branches: int, events: int = 300) -> Path:
        """Return an import file of the same."""
        path = self.folder / f"lines-{branches}-{events}.jsonl"
        if not path.exists():
            size = ("--branches", str(branches), "--events", str(events), "--year", str(YEAR), "--seed", "1")
            zhibu("simulate", *size, "--output", str(path))()
        return path

    def ledger(self, branches: int, events: int = 300, form: str | None = None) -> str:
        """Return the address of a ledger of the same, in a file."""
        path = self.folder / f"ledger-{branches}-{events}{f'-{form}' if form else ''}.db"
        if not path.exists():
            unfinished = f"sqlite:///{self.folder / 'unfinished.db'}"
            zhibu("init", "--ledger", unfinished)()
            made = self.segments(branches, events, form)
            zhibu("import", "--restore", "--segments", made, "--ledger", unfinished)()
            (self.folder / "unfinished.db").rename(path)
        return f"sqlite:///{path}"


def rows_of(segments: str) -> int:
    """How many events a folder of segments holds."""
    return Segments.open(segments).manifest.position


def known() -> KnownClauses:
    """What intake must know of the forms."""
    return KnownClauses(Library(), [load(FORM_001), load(FORM_000)])


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """Open a ledger."""
    with Store.open(url) as store:
        yield store


def raw_copy(path: Path) -> sqlite3.Connection:
    """Open a new file with the ledger's table, its indexes and pragmas, and none of its triggers."""
    init(f"sqlite:///{path}")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    return connection
