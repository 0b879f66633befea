"""Display names where the database refuses: a sentence and exit status 1, never a traceback."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import ledger.store.sql.connections
from ledger.errors import LedgerMissing, LedgerUnavailable
from ledger.people import erase_name, names, set_name
from ledger.store.event_store import Store
from tests import postgres
from tests.program import Program

COMMANDS = (("list",), ("set", "m01", "Li Hua"), ("erase", "m01"))
CALLS = (names, lambda store: set_name(store, "m01", "Li Hua"), lambda store: erase_name(store, "m01"))


def refused(program: Program, *words: str) -> str:
    """Run `zhibu people` on a database that refuses; return what it says."""
    program.environ["ZHIBU_DEBUG"] = "1"
    said = [program("people", *words, lang=lang) for lang in ("en", "zh")]
    assert [(one.status, one.out) for one in said] == [(1, ""), (1, "")], said
    assert re.search("[\u4e00-\u9fff]", said[1].err)
    return said[0].err


@contextmanager
def without_table(program: Program) -> Iterator[None]:
    with closing(sqlite3.connect(program.ledger)) as other:
        other.execute("ALTER TABLE people RENAME TO elsewhere")
        yield
        other.execute("ALTER TABLE elsewhere RENAME TO people")


@pytest.fixture
def people(sqlite_url: str) -> Program:
    """The program with a ledger that holds one name."""
    program = Program(Path(sqlite_url.removeprefix("sqlite:///")))
    program.ok("people", "set", "m01", "Zhang San")
    return program


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_missing_table_is_told(words: tuple[str, ...], people: Program) -> None:
    with without_table(people):
        assert "zhibu init" in refused(people, *words)


@pytest.mark.parametrize("words", COMMANDS[1:], ids=lambda words: words[0])
def test_a_held_lock_is_told(
    words: tuple[str, ...], people: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.store.sql.connections, "LOCK_SECONDS", 0.1)
    with closing(sqlite3.connect(people.ledger)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another program holds its lock" in refused(people, *words)
        other.execute("ROLLBACK")
    kept = people.ok("people", "list", "--format", "json").json
    assert kept == [{"branch": None, "code": "m01", "name": "Zhang San"}]


def test_a_reader_whose_file_is_locked_whole_is_told(
    people: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.store.sql.connections, "LOCK_SECONDS", 0.1)
    with closing(sqlite3.connect(people.ledger)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "another program holds its lock" in refused(people, "list")


def test_a_name_that_is_no_text_is_told(people: Program) -> None:
    with closing(sqlite3.connect(people.ledger)) as other:
        other.execute("UPDATE people SET name = CAST(x'ff' AS TEXT)")
        other.commit()
    assert "damaged" in refused(people, "list")


def test_a_server_without_the_table_or_the_right_is_told(
    postgres_server: postgres.Server, postgres_url: str
) -> None:
    postgres_server.execute(
        "CREATE ROLE narrow LOGIN; GRANT SELECT ON events, alembic_version, settings TO narrow", "ledger"
    )
    try:
        for call in CALLS:
            with (
                Store.open(postgres_server.url("ledger", "narrow")) as store,
                pytest.raises(LedgerUnavailable, match="lacks the rights"),
            ):
                call(store)
        with Store.open(postgres_url) as store:
            postgres_server.execute("ALTER TABLE people RENAME TO elsewhere", "ledger")
            for call in CALLS:
                with pytest.raises(LedgerMissing):
                    call(store)
    finally:
        postgres_server.execute("ALTER TABLE IF EXISTS elsewhere RENAME TO people", "ledger")
        postgres_server.execute("DROP OWNED BY narrow; DROP ROLE narrow", "ledger")


def test_a_server_that_is_not_there_is_told() -> None:
    program = Program("postgresql://zhibu:secret@127.0.0.1:1/ledger")
    for words in COMMANDS:
        said = refused(program, *words)
        assert "cannot be reached" in said
        assert "secret" not in said
