"""What goes wrong with a database is said in two languages, without a password and without a traceback."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import ledger.store.sql.connections
from ledger.errors import LedgerError, LedgerMissing, LedgerNotEmpty, LedgerOutdated, LedgerUnavailable
from ledger.masking import masked
from ledger.store.event_store import Store
from ledger.store.setup import init
from ledger.words import Words
from tests import postgres
from tests.ledger.store.drafts import NOW, draft, drafts

SECRET = "p@ss:w/rd"


@contextmanager
def said(part: str, kind: type[LedgerError] = LedgerUnavailable) -> Iterator[None]:
    """Expect an error whose English holds `part`, whose Chinese is Chinese, and that shows no secret."""
    with pytest.raises(kind) as caught:
        yield
    words = caught.value.words
    assert part in words.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in words.zh)
    assert "secret" not in words.en + words.zh
    assert SECRET not in words.en + words.zh


@pytest.mark.parametrize(
    "url",
    [
        "ledger.db",
        "",
        "mysql://root:secret@localhost/zhibu",
        "postgresql+psycopg2",
        "postgresql://user:secret@host:port/db",
        "://",
    ],
)
def test_an_address_of_no_ledger_is_told_from_one(url: str) -> None:
    with said("no address of a ledger"):
        Store.open(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:secret@h/db", "postgresql://u:***@h/db"),
        ("postgresql://u:sec/ret?@#:secret@h/db", "postgresql://***"),
        ("postgresql://u@/db?host=/run&password=secret&x=1", "postgresql://u@/db?host=/run&***"),
        ("postgresql+psycopg://:secret@h", "postgresql+psycopg://:***@h"),
        ("sqlite:////home/a:b@c/ledger.db", "sqlite:////home/a:b@c/ledger.db"),
    ],
)
def test_passwords_are_masked_wherever_an_address_is_shown(url: str, shown: str) -> None:
    assert masked(url) == shown
    for error in (
        LedgerMissing(url),
        LedgerOutdated(url, "1", "2"),
        LedgerNotEmpty(url, 3),
        LedgerUnavailable(url, Words(zh="甲", en="a")),
    ):
        assert shown in error.words.zh
        assert shown in error.words.en
        assert "secret" not in error.words.zh + error.words.en + str(error) + repr(error)


def test_a_ledger_in_memory_is_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with said("needs a file"):
            Store.open(url)
    with said("takes no options"):
        Store.open("sqlite:///ledger.db?mode=ro")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with said("the folder of that file does not exist"):
        init(f"sqlite:///{tmp_path}/none/ledger.db")
    with said("zhibu init", LedgerMissing):
        Store.open(f"sqlite:///{tmp_path}/none/ledger.db")


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with said("cannot be opened"):
        Store.open(f"sqlite:///{tmp_path}")


def test_a_file_of_another_kind_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK\3\4" + os.urandom(8000))
    with said("no SQLite database"):
        Store.open(f"sqlite:///{path}")
    with said("no SQLite database"):
        init(f"sqlite:///{path}")


def test_a_damaged_file_is_told_from_a_whole_one(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(2000))
    sqlite_store.dispose()
    path = Path(str(sqlite_store.address.database))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :: 4096] = b"\xff" * len(content[len(content) // 2 :: 4096])
    for start in range(20 * 4096, len(content), 4096):
        content[start : start + 64] = b"\xff" * 64
    path.write_bytes(content)
    with said("damaged"):
        list(sqlite_store.read())


def test_a_locked_ledger_says_so(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger.store.sql.connections, "LOCK_SECONDS", 0.2)
    with Store.open(sqlite_url) as store, closing(sqlite3.connect(str(store.address.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        with said("another program holds its lock"), store.appending(NOW):
            pass
        assert store.head().position == 0
        other.rollback()
        with store.appending(NOW) as appender:
            appender.append([draft(1)])


def test_a_ledger_that_may_not_be_written_to_says_so(sqlite_store: Store) -> None:
    # Rights do not bind root, who may run the tests; the database's own switch does.
    with sqlite_store.connection() as connection:
        connection.execute("PRAGMA query_only = ON")
    with said("may not be written to"), sqlite_store.appending(NOW) as appender:
        appender.append([draft(1)])


def test_a_full_disk_is_told_and_the_log_stays_whole(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(10))
    with sqlite_store.connection() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with said("the disk is full"), sqlite_store.appending(NOW) as appender:
        appender.append(drafts(5000, first=100))
    assert sqlite_store.verify().head.position == 10


def test_a_missing_table_is_a_missing_ledger(sqlite_store: Store) -> None:
    with sqlite_store.transaction() as connection:
        connection.exec_driver_sql("DROP TABLE settings")
    with said("zhibu init", LedgerMissing):
        sqlite_store.setting("timezone")


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with said("cannot be reached"):
        Store.open(f"postgresql://zhibu:secret@/ledger?host={tmp_path}")
    with said("cannot be reached"):
        Store.open("postgresql://zhibu:secret@127.0.0.1:1/ledger")
    with said("cannot be reached"):
        init("postgresql://zhibu:secret@127.0.0.1:1/ledger?password=secret")


def test_a_wrong_password_is_told(postgres_server: postgres.Server, postgres_url: str) -> None:
    postgres_server.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    address = postgres_server.url("ledger", "guarded:p%40ss%3Aw%2Frd")
    with said("does not accept the user or the password"):
        Store.open(address)
    with said("lacks the rights"):
        Store.open(postgres_server.url("ledger", "guarded:right"))
    postgres_server.execute("DROP ROLE guarded")


def test_an_unknown_role_and_an_unknown_database_are_told(postgres_server: postgres.Server) -> None:
    with said("does not accept the user"):
        Store.open(postgres_server.url("postgres", "nobody_at_all"))
    with said("no such database"):
        Store.open(postgres_server.url("nowhere"))


def test_a_database_without_tables_is_a_missing_ledger(bare_postgres_url: str) -> None:
    with said("zhibu init", LedgerMissing):
        Store.open(bare_postgres_url)


def rows_in(store: Store) -> int:
    return sum(len(rows) for _, rows in store.streams(upto=9, branches=["b0", "b1", "b2"]))


def test_a_server_that_hangs_up_is_told_and_found_again(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    hang_up = (
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = 'ledger' AND pid <> pg_backend_pid()"
    )
    with Store.open(postgres_url) as store:
        with store.appending(NOW) as appender:
            appender.append(drafts(3))
        assert rows_in(store) == 3
        with said("broke off"), store.appending(NOW) as appender:
            appender.append([draft(9)])
            postgres_server.execute(hang_up)
        assert store.head().position == 3
        # An idle connection that was hung up is replaced without a word.
        postgres_server.execute(hang_up)
        assert rows_in(store) == 3


def test_a_server_whose_lock_is_held_says_so(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(postgres_url) as store, Store.open(postgres_url) as other:
        impatient = store.statements.lock.replace("30s", "200ms")
        monkeypatch.setattr(
            store,
            "statements",
            type(store.statements)(
                **{name: getattr(store.statements, name) for name in store.statements.__slots__}
                | {"lock": impatient}
            ),
        )
        with other.appending(NOW), said("another program holds its lock"), store.appending(NOW):
            pass


def test_an_error_of_the_program_itself_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.appending(NOW):
        1 / 0  # noqa: B018


def test_a_schema_that_the_disk_changed_is_damage(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(3))
    sqlite_store.dispose()
    path = Path(str(sqlite_store.address.database))
    path.write_bytes(path.read_bytes().replace(b"recorded_by TEXT", b"recorded_bz TEXT"))
    with said("damaged"), Store.open(sqlite_store.url) as store:
        list(store.read())
    with said("damaged"), Store.open(sqlite_store.url) as store:
        store.verify()
