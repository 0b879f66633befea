"""The log branch by branch: the rows that the store reads, from both databases."""

import threading
from collections.abc import Collection

import pytest

from ledger.errors import BrokenChain
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft

TYPES = ("meeting_held", "lecture_given", "branch_registered", "dues_paid")


@pytest.fixture
def filled(store: Store) -> Store:
    """A hundred branches, 25 events each; every branch begins with its registration."""
    with store.appending(NOW) as appender:
        appender.append([draft(n, f"b{n}", type="branch_registered") for n in range(100)])
        appender.append(
            [
                draft(n, f"b{n % 100}", type=TYPES[n % 4], counts_for=None if n % 3 else "2019-02")
                for n in range(100, 2500)
            ]
        )
    return store


def told(row: Recorded) -> tuple[object, ...]:
    return (
        row.position, row.id, row.type, row.schema_version, row.occurred_on, row.counts_for, row.data,
    )  # fmt: skip


def expected(
    store: Store, upto: int, branches: Collection[str] | None, types: Collection[str] | None
) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for row in store.read(upto=upto):
        if (branches is None or row.branch in branches) and (types is None or row.type in types):
            found.setdefault(row.branch, []).append(told(row))
    return dict(sorted(found.items()))


CHOICES: list[tuple[Collection[str] | None, Collection[str] | None, int]] = [
    (None, None, 2500),
    (None, None, 1200),
    (None, {"dues_paid"}, 2500),
    ({"b7"}, None, 2500),
    ({"b7", "b8", "none"}, None, 2000),
    ({"b7", "b8"}, {"branch_registered", "dues_paid"}, 2500),
    ([f"b{n}" for n in range(70)] + [f"absent{n}" for n in range(500)], None, 9999),
    (set(), None, 2500),
    (None, set(), 2500),
    ({"b'; --", 'b"', "b\\", "{b7}", ""}, None, 2500),
]


@pytest.mark.parametrize(("branches", "types", "upto"), CHOICES)
def test_branches_come_in_order_of_code_with_their_rows_in_order_of_position(
    filled: Store, branches: Collection[str] | None, types: Collection[str] | None, upto: int
) -> None:
    found = [(code, list(rows)) for code, rows in filled.streams(upto=upto, branches=branches, types=types)]
    assert [code for code, _ in found] == sorted(code for code, _ in found)
    assert dict(found) == expected(filled, upto, branches, types)


@pytest.mark.parametrize("types", [{"branch_registered"}, {"dues_paid", "lecture_given"}, set()])
def test_rare_types_are_found_without_walking_every_branch(filled: Store, types: set[str]) -> None:
    found = [(code, list(rows)) for code, rows in filled.rare_streams(upto=2000, types=types)]
    assert [code for code, _ in found] == sorted(code for code, _ in found)
    assert dict(found) == expected(filled, 2000, None, types)


def test_an_empty_ledger_has_no_branches(store: Store) -> None:
    assert list(store.streams(upto=0)) == []
    assert list(store.rare_streams(upto=0, types={"dues_paid"})) == []


def test_what_was_just_appended_is_seen_again_and_again(filled: Store) -> None:
    for n in range(3):
        with filled.appending(NOW) as appender:
            appender.append([draft(9000 + n, "new")])
        [(_, rows)] = filled.streams(upto=filled.head().position, branches={"new"})
        assert len(rows) == n + 1


def test_threads_read_side_by_side(filled: Store) -> None:
    counts: list[int] = []

    def count() -> None:
        counts.append(sum(len(rows) for _, rows in filled.streams(upto=2500)))

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [2500] * 6


def test_a_branch_with_a_hole_is_refused_and_never_taken_for_a_shorter_one(sqlite_store: Store) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append([draft(n, "b1", type="branch_registered") for n in range(5)])
    with sqlite_store.connection() as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("DELETE FROM events WHERE position = 3")
    with pytest.raises(BrokenChain, match="b1"):
        list(sqlite_store.streams(upto=5, branches=["b1"]))
