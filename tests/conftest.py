"""Ledgers for the tests: on SQLite and on a private PostgreSQL server, each test with its own."""

import gc
import itertools
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from ledger.store.event_store import Store
from ledger.store.setup import init
from tests import postgres, senders
from tests.projections import pools

# A machine that is busy with other things is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# A run that is started in the background has interrupts ignored, and every program started by it would, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

_numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """A password is dear to try on purpose, and tests log in hundreds of times; one looks at the price."""
    import argon2

    dear = argon2.PasswordHasher
    argon2.PasswordHasher = partial(dear, time_cost=1, memory_cost=64, parallelism=1)  # type: ignore[misc, assignment]


@pytest.fixture(scope="session", autouse=True)
def _processes_begin_loaded() -> None:
    """What the product starts as a process of its own is forked from one that has loaded everything.

    That it starts from nothing is seen where the program itself does (`projections/parallel/test_processes`,
    `cli/test_startup`), and by one sender of `ledger/delivery/test_misbehaving`.
    """
    pools.fork_them()
    senders.offer()
    senders.fork_them()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "template.db"
    init(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a new, empty ledger on SQLite."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'ledger.db')}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A private PostgreSQL server; where there are no binaries the test is skipped."""
    binaries = postgres.find_binaries()
    if binaries is None:
        pytest.skip(postgres.NO_BINARIES)
    with postgres.running(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_ledger(postgres_server: postgres.Server) -> str:
    init(postgres_server.create("ledger"))
    return "ledger"


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, postgres_ledger: str) -> Iterator[str]:
    """The address of an empty ledger on PostgreSQL: one database, emptied after each test."""
    yield postgres_server.url(postgres_ledger)
    postgres_server.empty(postgres_ledger)


@pytest.fixture
def bare_postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of a new PostgreSQL database without any table."""
    name = f"bare{next(_numbers)}"
    yield postgres_server.create(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest) -> str:
    """The address of a new, empty ledger, on each database in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def store(ledger_url: str) -> Iterator[Store]:
    """A new, empty ledger, opened, on each database in turn."""
    with Store.open(ledger_url) as opened:
        yield opened


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """A new, empty ledger on SQLite, opened."""
    with Store.open(sqlite_url) as opened:
        yield opened


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the pages in the browser: begun last, they are what all other processes wait for."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it again and again takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if postgres.NO_BINARIES in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("POSTGRESQL NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} tests were skipped: {postgres.NO_BINARIES}.")
