"""The chain: whatever is changed, dropped, swapped or slipped in is found at its first position."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.errors import BrokenChain
from ledger.store.codec import COLUMNS, GENESIS, Head
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft, drafts


@pytest.fixture
def filled(store: Store) -> Store:
    with store.appending(NOW) as appender:
        appender.append(drafts(10))
    return store


def tamper(store: Store, *statements: str) -> None:
    """Do what only somebody with the file or the server in hand can do."""
    with store.connection() as connection:
        if not store.in_file:
            connection.execute("ALTER TABLE events DISABLE TRIGGER ALL")
        else:
            for name in ("append_only", "never_updated", "never_deleted"):
                connection.execute(f"DROP TRIGGER IF EXISTS events_{name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        connection.commit()


def broken(store: Store, against: Head | None = None) -> BrokenChain:
    with pytest.raises(BrokenChain) as caught:
        store.verify(against)
    assert caught.value.words.zh
    assert f"{caught.value.position}" in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("position", "33", "Position 5 is missing"),
        ("id", "'00000000-0000-4000-8000-999999999999'", "does not match its hash"),
        ("branch", "'b9'", "does not match its hash"),
        ("version", "99", "does not match its hash"),
        ("type", "'meeting_helf'", "does not match its hash"),
        ("schema_version", "2", "does not match its hash"),
        ("occurred_on", "'2019-03-13'", "does not match its hash"),
        ("counts_for", "'2019-02'", "does not match its hash"),
        ("data", "replace(data, 'general', 'committee')", "does not match its hash"),
        ("recorded_by", "NULL", "does not match its hash"),
        ("recorded_at", "'2019-03-12T07:59:59.999999Z'", "does not match its hash"),
        ("prev_hash", f"'{GENESIS}'", "its prev_hash is not the hash before it"),
        ("hash", f"'{GENESIS}'", "does not match its hash"),
    ],
)
def test_a_changed_column_is_found_where_it_was_changed(
    filled: Store, column: str, value: str, said: str
) -> None:
    tamper(filled, f"UPDATE events SET {column} = {value} WHERE position = 5")
    error = broken(filled)
    assert error.position == 5
    assert said in str(error)


def test_the_table_of_changes_names_every_column() -> None:
    marks = test_a_changed_column_is_found_where_it_was_changed.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(COLUMNS)


@pytest.mark.parametrize("position", [1, 5, 9])
def test_a_dropped_row_is_found(filled: Store, position: int) -> None:
    tamper(filled, f"DELETE FROM events WHERE position = {position}")
    assert broken(filled).position == position


def test_a_dropped_row_is_found_though_the_rest_was_moved_up(filled: Store) -> None:
    tamper(filled, "DELETE FROM events WHERE position = 5")
    for position in range(6, 11):
        tamper(filled, f"UPDATE events SET position = {position - 1} WHERE position = {position}")
    error = broken(filled)
    assert (error.position, "prev_hash" in str(error)) == (5, True)


def test_a_swapped_pair_is_found(filled: Store) -> None:
    for old, new in ((5, 99), (6, 5), (99, 6)):
        tamper(filled, f"UPDATE events SET position = {new} WHERE position = {old}")
    assert broken(filled).position == 5


@pytest.mark.parametrize("position", [11, 0, -7])
def test_a_row_slipped_in_again_is_found(filled: Store, position: int) -> None:
    copied = ", ".join(COLUMNS[4:])
    tamper(
        filled,
        f"INSERT INTO events (position, id, branch, version, {copied})"
        f" SELECT {position}, 'again', branch, 99, {copied} FROM events WHERE position = 5",
    )
    assert broken(filled).position == (11 if position == 11 else 1)


def test_an_emptied_log_shows_against_an_older_head_only(filled: Store) -> None:
    older = filled.head()
    tamper(filled, "DELETE FROM events")
    assert filled.verify().head == Head(0, GENESIS)
    assert broken(filled, older).position == 1


def test_a_row_dropped_at_the_end_shows_against_an_older_head(filled: Store) -> None:
    older = filled.head()
    assert filled.verify(older).head == older
    tamper(filled, "DELETE FROM events WHERE position = 10")
    assert filled.verify().head.position == 9
    error = broken(filled, older)
    assert (error.position, "dropped at its end" in str(error)) == (10, True)


def test_a_log_that_goes_on_extends_its_older_heads(filled: Store) -> None:
    older = filled.head()
    with filled.appending(NOW) as appender:
        appender.append([draft(99)])
    assert filled.verify(older).head.position == 11
    assert filled.verify(Head(0, GENESIS)).head.position == 11
    assert broken(filled, Head(0, "sha256:" + "1" * 64)).position == 0


def test_a_history_written_anew_shows_against_an_older_head(filled: Store, store: Store) -> None:
    older = Head(7, "sha256:" + "1" * 64)
    assert filled.verify().head.position == 10
    error = broken(filled, older)
    assert (error.position, "rewritten" in str(error)) == (7, True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", "x'32'"),
        ("schema_version", "1.5"),
        ("schema_version", "'one'"),
        ("branch", "CAST(branch AS BLOB)"),
        ("data", "CAST(data AS BLOB)"),
        ("data", "CAST(x'7b22ff227d' AS TEXT)"),
        ("hash", "CAST(hash AS BLOB)"),
        ("recorded_by", "''"),
        ("data", "data || ' '"),
        ("data", "data || char(0)"),
    ],
)
def test_a_changed_kind_of_value_is_found(sqlite_store: Store, column: str, value: str) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(10))
    tamper(sqlite_store, f"UPDATE events SET {column} = {value} WHERE position = 5")
    assert broken(sqlite_store).position == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"sec-b1", b"sec-b2", 1),
        lambda content: content.replace(b"general_meeting", b"general_meeding", 1),
        lambda content: re.sub(rb"(2019-03-12T08:00:00\.00000)0Z", rb"\g<1>1Z", content, count=1),
        lambda content: content.replace(b"00000000-0000-4000-8000-000000000007", b"0" * 36, 1),
    ],
)
def test_bytes_changed_in_the_file_are_found_in_rows_and_in_indexes(
    sqlite_store: Store, change: Callable[[bytes], bytes]
) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(10))
    sqlite_store.verify()
    sqlite_store.dispose()
    path = Path(str(sqlite_store.address.database))
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before
    with pytest.raises(BrokenChain):
        sqlite_store.verify()


def test_a_long_log_is_verified_across_pages(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(12_000, branches=700))
    assert sqlite_store.verify() == (sqlite_store.head(), 700)
    position = random.Random(1).randrange(10_001, 12_000)
    tamper(sqlite_store, f"UPDATE events SET recorded_by = 'sec-b9' WHERE position = {position}")
    assert broken(sqlite_store).position == position
