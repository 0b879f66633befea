"""The office of these tests; made once, and only read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.store.event_store import Store
from tests.projections.reports.offices import Office, fill


@pytest.fixture(scope="session")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("office") / "ledger.db"))
    with Store.open(f"sqlite:///{path}") as store:
        fill(store)
        yield Office(store)
