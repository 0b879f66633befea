"""Connections that break off: before a commit, at it, and when nobody can be asked what became of it."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ledger.delivery.recipients import add_recipient, read_recipients
from ledger.errors import CommitUnknown, LedgerUnavailable
from ledger.events import parse_event
from ledger.intake.batch import record
from ledger.store.event_store import Store
from tests import postgres
from tests.ledger.store.drafts import NOW, draft, drafts
from tests.program import Program, process
from tests.proxies import Proxy, at_commit, proxy


@pytest.fixture
def between(postgres_url: str) -> Iterator[Proxy]:
    with (
        tempfile.TemporaryDirectory(prefix="zb", dir="/tmp") as folder,
        proxy(postgres_url, Path(folder) / "p") as made,
    ):
        yield made


def hang_up(server: postgres.Server) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = 'ledger' AND pid <> pg_backend_pid()"
    )


def register(store: Store, code: str) -> None:
    event = parse_event(
        {"branch": code, "type": "branch_registered", "occurred_on": "2019-01-01", "data": {"name": "一"}}
    )
    record(store, event, now=datetime.now(UTC), today=date(2026, 1, 1), known={})


def test_a_commit_whose_answer_was_lost_is_looked_up_and_counts(between: Proxy, postgres_url: str) -> None:
    with Store.open(between.url) as store:
        between.cut = lambda sent: at_commit("after")(sent) if between.cuts == 0 else None
        with store.appending(NOW) as appender:
            appended = appender.append(drafts(3))
    assert between.cuts == 1
    with Store.open(postgres_url) as store:
        assert list(store.read()) == appended


def test_a_commit_that_never_reached_the_server_recorded_nothing(between: Proxy, postgres_url: str) -> None:
    with Store.open(between.url) as store:
        between.cut = lambda sent: at_commit("before")(sent) if between.cuts == 0 else None
        with pytest.raises(LedgerUnavailable, match="nothing of this was recorded"):
            register(store, "b1")
        assert store.head().position == 0
        register(store, "b1")
        assert store.head().position == 1


@pytest.mark.parametrize(("how", "recorded"), [("before", 0), ("after", 1)])
def test_where_nobody_can_be_asked_it_is_said_to_be_unknown_and_the_id_makes_a_retry_safe(
    between: Proxy, postgres_url: str, how: str, recorded: int
) -> None:
    with Store.open(between.url) as store:

        def cut(sent: bytes) -> str | None:
            between.closed = b"COMMIT\0" in sent
            return at_commit(how)(sent)

        between.cut = cut
        with pytest.raises(CommitUnknown) as caught:
            register(store, "b1")
    with Store.open(postgres_url) as store:
        assert store.head().position == recorded
    (event_id,) = caught.value.ids
    assert f"--id {event_id}" in caught.value.words.zh
    zhibu = Program(postgres_url)
    words = ("log", "branch-registered", "--branch", "b1", "--name", "一", "--on", "2019-01-01")
    zhibu.ok(*words, "--id", event_id)
    zhibu.ok(*words, "--id", event_id)
    assert zhibu.head()["position"] == 1


def test_a_table_beside_the_log_whose_commit_was_lost_is_told_as_unknown(between: Proxy) -> None:
    with Store.open(between.url) as store:
        between.cut = lambda sent: at_commit("after")(sent) if between.cuts == 0 else None
        with pytest.raises(LedgerUnavailable, match="is not known"):
            add_recipient(store, "json://localhost", ["b1"], ["day"], "zh", NOW)
        assert len(read_recipients(store)) == 1


def test_a_backend_that_is_ended_leaves_our_sentence_and_nothing_else(
    postgres_server: postgres.Server, postgres_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    def append(store: Store) -> None:
        with store.appending(NOW) as appender:
            appender.append([draft(9)])
            hang_up(postgres_server)

    def write(store: Store) -> None:
        with store.transaction() as connection:
            hang_up(postgres_server)
            connection.exec_driver_sql("SELECT 1")

    with Store.open(postgres_url) as store:
        for _ in range(5):
            for work in (append, write):
                with pytest.raises(LedgerUnavailable, match="broke off"):
                    work(store)
            hang_up(postgres_server)
            store.head()
        assert store.head().position == 0
    assert capfd.readouterr() == ("", "")


def test_an_unknown_option_of_an_address_is_a_sentence() -> None:
    for option in ("nonsense=1", "sslmode=bogus", "connect_timeout=abc"):
        said = process("init", environ={"ZHIBU_LEDGER": f"postgresql://u:s3cret@/db?host=/tmp&{option}"})
        assert said.status == 1
        assert "an option after ?" in said.err
        assert "s3cret" not in said.err
        assert "Traceback" not in said.err


def test_the_database_admits_only_the_next_position_and_version(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    with Store.open(postgres_url) as store:
        with store.appending(NOW) as appender:
            rows = appender.append(drafts(4))
        with store.connection() as connection:
            for change in (
                {"position": 99},
                {"position": 6},
                {"version": 7},
                {"prev_hash": "sha256:0"},
                {"position": 0},
            ):
                last = rows[-1]._replace(id="x", position=5, branch="new", version=1, prev_hash=rows[-1].hash)
                bad = last._replace(**change)
                with pytest.raises(Exception, match="is admitted"):
                    connection.execute(store.statements.insert, tuple(bad))
                connection.rollback()
            connection.execute(store.statements.insert, tuple(last))
            connection.rollback()
        with store.appending(NOW) as appender:
            appender.append(drafts(60, first=50))
        assert store.verify().head.position == 64
