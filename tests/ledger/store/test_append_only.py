"""The database itself refuses to have the log changed."""

import pytest

from ledger.errors import LedgerUnavailable
from ledger.store.codec import COLUMNS
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, drafts

ROW = ", ".join(COLUMNS)
REST = ", ".join(COLUMNS[4:])


@pytest.fixture
def filled(store: Store) -> Store:
    with store.appending(NOW) as appender:
        appender.append(drafts(5))
    return store


def refused(store: Store, statement: str) -> str:
    before = list(store.read())
    with store.connection() as connection:
        try:
            connection.execute(statement)
            connection.commit()
            said = "nothing was refused"
        except Exception as error:
            said = str(error)
    assert list(store.read()) == before
    return said


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_is_ever_updated(filled: Store, column: str) -> None:
    assert "append only" in refused(filled, f"UPDATE events SET {column} = {column} WHERE position = 3")


@pytest.mark.parametrize("statement", ["DELETE FROM events WHERE position = 5", "DELETE FROM events"])
def test_no_row_is_ever_deleted(filled: Store, statement: str) -> None:
    assert "append only" in refused(filled, statement)


def test_an_upsert_does_not_update(filled: Store) -> None:
    statement = (
        f"INSERT INTO events SELECT {ROW} FROM events WHERE position = 5"
        " ON CONFLICT (position) DO UPDATE SET data = 'x'"
    )
    if filled.in_file:
        statement = statement.replace("position = 5", "position = 5 AND true")
    assert "append only" in refused(filled, statement)


def test_the_log_is_not_truncated(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        with store.appending(NOW) as appender:
            appender.append(drafts(5))
        assert "append only" in refused(store, "TRUNCATE events")
        assert "append only" in refused(store, "TRUNCATE events CASCADE")


@pytest.mark.parametrize(
    ("position", "event_id", "branch", "version"),
    [
        ("5", "'new'", "'b9'", "1"),
        ("3", "id", "branch", "version"),
        ("6", "id", "'b9'", "1"),
        ("6", "'new'", "branch", "version"),
        ("7", "'new'", "'b9'", "1"),
        ("0", "'new'", "'b9'", "1"),
        ("NULL", "'new'", "'b9'", "1"),
        ("6", "'new'", "'b9'", "2"),
    ],
)
@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"])
def test_a_row_out_of_its_place_is_refused_by_sqlite(
    sqlite_store: Store, verb: str, position: str, event_id: str, branch: str, version: str
) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(5))
    message = refused(
        sqlite_store,
        f"{verb} INTO events ({ROW}) SELECT {position}, {event_id}, {branch}, {version}, {REST}"
        " FROM events WHERE position = 4",
    )
    assert "append only" in message
    assert sqlite_store.verify().head.position == 5


def test_the_next_row_is_taken_by_sqlite(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(5))
    with sqlite_store.connection() as connection:
        connection.execute(
            f"INSERT INTO events ({ROW}) SELECT 6, 'new', 'b9', 1, {REST} FROM events WHERE position = 4"
        )
    assert sqlite_store.head().position == 6


def test_a_refusal_reaches_people_in_their_words(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(5))
    with pytest.raises(LedgerUnavailable, match="never changed"), sqlite_store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM events")
