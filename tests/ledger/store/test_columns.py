"""The log as columns: the same rows as the store reads, from both databases."""

import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor

import pyarrow as pa
import pytest

import ledger.columns
from ledger.columns import read_columns
from ledger.errors import BrokenChain
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft, drafts

COLUMNS = ["position", "id", "branch", "type", "schema_version", "occurred_on", "counts_for", "data"]
TYPES = ("meeting_held", "lecture_given", "branch_registered", "dues_paid")


@pytest.fixture
def filled(store: Store) -> Store:
    with store.appending(NOW) as appender:
        appender.append(
            [
                draft(
                    n,
                    f"b{n % 100}",
                    type=TYPES[n % 4],
                    counts_for=None if n % 3 else "2019-02",
                    data=f'{{"topic":"第{n}次\\t\\"…"}}',
                )
                for n in range(1, 2501)
            ]
        )
    return store


def rows_of(table: pa.Table) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = table.to_pylist()
    return rows


def as_columns(rows: list[Recorded]) -> list[dict[str, object]]:
    return [{name: getattr(row, name) for name in COLUMNS} for row in rows]


def test_an_empty_ledger_gives_an_empty_table_of_the_same_columns(store: Store) -> None:
    table = read_columns(store)
    assert (table.num_rows, table.column_names) == (0, COLUMNS)


@pytest.mark.parametrize("bulk", [1, 10_000])
def test_all_columns_hold_what_the_store_reads(
    filled: Store, bulk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.columns, "_BULK", bulk)
    table = read_columns(filled)
    assert rows_of(table) == as_columns(list(filled.read()))
    assert {str(field.type) for field in table.schema} == {"int64", "string"}


def test_instants_are_read_where_asked_for(filled: Store) -> None:
    table = read_columns(filled, recorded_at=True, upto=2)
    assert table.column("recorded_at").to_pylist() == ["2019-03-12T08:00:00.000000Z"] * 2


CHOICES: list[tuple[Collection[str] | None, Collection[str] | None, int, int | None]] = [
    ({"b7"}, None, 0, None),
    ({"b7", "b8", "none"}, None, 100, 2000),
    ([f"b{n}" for n in range(70)] + [f"absent{n}" for n in range(5000)], None, 0, None),
    (None, {"dues_paid"}, 0, None),
    ({"b7", "b8"}, {"branch_registered", "meeting_held"}, 10, None),
    ({"b7", "b8"}, {"branch_registered"}, 10, None),
    (set(), None, 0, None),
    (set(), set(), 0, None),
    ({"b'; --", 'b"', "b\\", "{b7}", ""}, None, 0, None),
    (None, None, 100, 200),
    (None, None, 200, 100),
    (None, None, 0, 9999),
]


@pytest.mark.parametrize("bulk", [1, 10_000])
def test_branches_and_types_choose_rows_of_either(
    filled: Store, bulk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.columns, "_BULK", bulk)

    def wanted(row: Recorded) -> bool:
        if branches is None and types is None:
            return True
        return row.branch in (branches or ()) or row.type in (types or ())

    for branches, types, after, upto in CHOICES:
        table = read_columns(filled, branches=branches, types=types, after=after, upto=upto)
        expected = [row for row in filled.read(after=after, upto=upto) if wanted(row)]
        assert rows_of(table) == as_columns(expected), (branches, types)


def test_what_was_just_appended_is_seen_again_and_again(filled: Store) -> None:
    for n in range(3):
        with filled.appending(NOW) as appender:
            appender.append([draft(9000 + n, "new")])
        assert read_columns(filled, branches={"new"}).num_rows == n + 1


def test_threads_read_columns_side_by_side(filled: Store) -> None:
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(read_columns(filled).num_rows)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [2500] * 6


def test_a_hole_in_the_log_is_refused_not_read_over(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(10))
    with sqlite_store.connection() as connection:
        connection.execute("DROP TRIGGER events_never_deleted")
        connection.execute("DELETE FROM events WHERE position = 4")
    with pytest.raises(BrokenChain, match="Position 4 is missing"):
        read_columns(sqlite_store)
    with pytest.raises(BrokenChain, match="Position 4 is missing"):
        list(sqlite_store.read())
    with pytest.raises(BrokenChain, match='version 2 of stream "b1" is missing'):
        list(sqlite_store.read(branch="b1"))
    assert [row.version for row in sqlite_store.read(branch="b1", after=5)] == [3, 4]


def test_a_branch_is_read_by_its_index(sqlite_store: Store) -> None:
    seen: list[str] = []
    with sqlite_store.connection() as connection:
        connection.set_trace_callback(seen.append)
    read_columns(sqlite_store, branches={"b1"}, types={"branch_registered"})
    with sqlite_store.connection() as connection:
        connection.set_trace_callback(None)
        (statement,) = [text for text in seen if "json_each" in text]
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert any("INDEX events_branch_version" in step or "events_2" in step for step in plan), plan
    assert not any(step.startswith("SCAN events") for step in plan), plan


def test_one_branch_of_300_events_is_read_in_a_few_milliseconds(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(6_000, branches=20))
    read_columns(sqlite_store, branches={"b7"})
    spent = []
    for _ in range(9):
        start = time.process_time()
        assert read_columns(sqlite_store, branches={"b7"}).num_rows == 300
        spent.append(time.process_time() - start)
    assert min(spent) < 0.01


def test_reading_columns_in_bulk_takes_no_lock_away_from_the_writer(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two copies of SQLite on the file, another program's closing connection would delete the
    write-ahead log that ours goes on writing to, and what is appended next would be lost to all others."""
    monkeypatch.setattr(ledger.columns, "_BULK", 1)
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(3))
    for number in range(10, 14):
        assert read_columns(sqlite_store).num_rows == others_see(sqlite_store)
        with sqlite_store.appending(NOW) as appender:
            appender.append([draft(number)])
    assert others_see(sqlite_store) == 7


def others_see(store: Store) -> int:
    """Count the events in another program, which opens the file, looks and closes it."""
    look = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(*c.execute(sys.argv[2]).fetchone())"
    arguments = [sys.executable, "-c", look + "; c.close()", store.address.database]
    done = subprocess.run(
        [*map(str, arguments), "SELECT count(*) FROM events"], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def test_bulk_reads_and_appends_take_turns_in_one_process(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.columns, "_BULK", 1)

    def write() -> None:
        for n in range(60):
            with sqlite_store.appending(NOW) as appender:
                appender.append(drafts(20, first=20 * n))

    writer = threading.Thread(target=write)
    writer.start()
    seen = [0]
    while writer.is_alive():
        seen.append(read_columns(sqlite_store).num_rows)
    writer.join()
    assert seen == sorted(seen)
    assert {count % 20 for count in seen} == {0}
    assert read_columns(sqlite_store).num_rows == sqlite_store.verify().head.position == 1200


def test_while_the_file_is_being_written_columns_are_read_all_the_same(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.columns, "_BULK", 1)
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(3))
        assert read_columns(sqlite_store).num_rows == 0
    with Store.open(sqlite_store.url) as other, other.appending(NOW) as appender:
        appender.append(drafts(3, first=10))
        assert read_columns(sqlite_store, branches={"b1"}).num_rows == 1
    assert read_columns(sqlite_store, branches={"b1"}).num_rows == 2


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_child_process_made_by_fork_opens_the_ledger_anew(store: Store) -> None:
    with store.appending(NOW) as appender:
        appender.append(drafts(3))
    read_columns(store)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        assert pool.submit(count_again, store.url).result() == (3, 3)
    with store.appending(NOW) as appender:
        appender.append([draft(9)])
    assert read_columns(store).num_rows == 4


def count_again(url: str) -> tuple[int, int]:
    with Store.open(url) as store:
        return store.head().position, read_columns(store).num_rows
