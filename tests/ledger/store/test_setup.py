"""Making and migrating the tables."""

import re
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ledger.errors import LedgerMissing, LedgerOutdated, LedgerUnavailable, Refused
from ledger.store.codec import COLUMNS
from ledger.store.event_store import Store
from ledger.store.setup import init
from ledger.store.sql.statements import REVISION
from ledger.store.sql.tables import events, metadata
from tests import postgres
from tests.forked import CONTEXT
from tests.ledger.store.drafts import NOW, drafts


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where there is no ledger yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new 新.db'}"
    url: str = request.getfixturevalue("bare_postgres_url")
    return url


def test_init_makes_a_ledger_and_a_second_one_changes_nothing(bare_url: str) -> None:
    assert init(bare_url, "Asia/Urumqi") == REVISION
    with Store.open(bare_url) as store, store.appending(NOW) as appender:
        appender.append(drafts(3))
    assert init(bare_url) == REVISION
    with Store.open(bare_url) as store:
        assert store.verify().head.position == 3
        assert store.setting("timezone") == "Asia/Urumqi"


def test_the_migrations_make_exactly_the_tables_that_the_program_uses(bare_url: str) -> None:
    init(bare_url)
    with Store.open(bare_url) as store, store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_revision_that_the_program_wants_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "ledger.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_the_columns_of_the_log_are_those_of_its_rows() -> None:
    assert tuple(column.name for column in events.columns) == COLUMNS


def test_sqlite_writes_ahead_and_durably(sqlite_store: Store) -> None:
    with sqlite_store.connection() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_several_programs_may_make_the_same_ledger_at_once(tmp_path: Path, bare_postgres_url: str) -> None:
    sqlite_url = f"sqlite:///{tmp_path / 'new.db'}"
    with ProcessPoolExecutor(3, mp_context=CONTEXT) as pool:
        for url in (sqlite_url, bare_postgres_url):
            assert set(pool.map(init, [url] * 6)) == {REVISION}
            with Store.open(url) as store:
                assert store.head().position == 0


def test_a_ledger_that_is_not_there_is_missing(bare_url: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerMissing, match="zhibu init"):
        Store.open(bare_url)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_tables_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with pytest.raises(LedgerMissing):
        Store.open(f"sqlite:///{tmp_path / 'empty.db'}")


@pytest.mark.parametrize("found", ["0000", "9999"])
def test_tables_of_another_revision_are_outdated(store: Store, found: str) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{found}'")
    try:
        with pytest.raises(LedgerOutdated, match=f"revision {found}, this program needs {REVISION}"):
            Store.open(store.url)
        if found > REVISION:
            with pytest.raises(LedgerOutdated):
                init(store.url)
    finally:
        with store.transaction() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{REVISION}'")


def test_a_time_zone_that_does_not_exist_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    for name in ("Asia/Peking", "../etc/passwd", ""):
        with pytest.raises(Refused, match="name of a time zone"):
            init(f"sqlite:///{tmp_path / 'new.db'}", name)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_encoding_is_refused(postgres_server: postgres.Server) -> None:
    postgres_server.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(LedgerUnavailable, match="not UTF8"):
        init(postgres_server.url("latin"))


def test_a_foreign_table_of_the_same_name_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (what TEXT)")
    with pytest.raises(LedgerUnavailable, match="another program's"):
        init(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("events",)]


def test_a_role_that_may_only_insert_and_read_is_enough_to_append(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    page = Path(__file__).parents[3] / "docs" / "postgresql.md"
    (grants,) = re.findall(r"```sql\n(CREATE ROLE clerk.*?)```", page.read_text("utf-8"), re.DOTALL)
    postgres_server.execute(grants, "ledger")
    try:
        with Store.open(postgres_server.url("ledger", "clerk")) as store:
            with store.appending(NOW) as appender:
                appender.append(drafts(50))
            assert store.verify().head.position == 50
            store.set_setting("timezone", "Asia/Shanghai")
            with (
                pytest.raises(LedgerUnavailable, match="lacks the rights"),
                store.transaction() as connection,
            ):
                connection.exec_driver_sql("DELETE FROM events")
    finally:
        postgres_server.execute("DROP OWNED BY clerk; DROP ROLE clerk", "ledger")


def test_a_role_that_may_not_make_tables_is_told_so(
    postgres_server: postgres.Server, bare_postgres_url: str
) -> None:
    database = bare_postgres_url.split("/@/")[-1].split("?")[0].rsplit("/", 1)[-1]
    postgres_server.execute("CREATE ROLE visitor LOGIN")
    try:
        with pytest.raises(LedgerUnavailable, match="lacks the rights"):
            init(postgres_server.url(database, "visitor"))
    finally:
        postgres_server.execute("DROP ROLE visitor")
