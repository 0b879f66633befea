"""A full export makes the same ledger again, to the hash."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import BrokenChain, LedgerNotEmpty, Refused
from ledger.files.export import export_jsonl
from ledger.files.formats import read_jsonl
from ledger.files.opening import lines_of
from ledger.files.restore import restore
from ledger.store.event_store import Store
from tests.ledger.files.sheets import fill
from tests.ledger.intake.said import NOW, meeting, registered, take_in

Change = Callable[[dict[str, Any]], object]


def exported(store: Store) -> bytes:
    stream = BytesIO()
    export_jsonl(store, stream)
    return stream.getvalue()


@pytest.fixture
def full(sqlite_store: Store) -> bytes:
    """The full export of a ledger with every type of event."""
    fill(sqlite_store)
    return exported(sqlite_store)


@pytest.fixture
def empty(postgres_url: str) -> Store:
    return Store.open(postgres_url)


def test_an_export_restored_is_the_same_ledger_on_another_database(
    full: bytes, sqlite_store: Store, empty: Store
) -> None:
    with empty:
        assert restore(empty, read_jsonl(BytesIO(full), "-"), now=NOW) == sqlite_store.head()
        assert list(empty.read()) == list(sqlite_store.read())
        assert exported(empty) == full
        assert empty.verify().head == sqlite_store.head()


def test_a_restored_ledger_goes_on(full: bytes, empty: Store) -> None:
    with empty:
        head = restore(empty, read_jsonl(BytesIO(full), "-"), now=NOW)
        take_in(empty, [meeting()])
        assert empty.head().position == head.position + 1
        empty.verify()


def test_a_ledger_that_holds_something_is_not_restored_into(full: bytes, sqlite_store: Store) -> None:
    head = sqlite_store.head()
    with pytest.raises(LedgerNotEmpty):
        restore(sqlite_store, read_jsonl(BytesIO(full), "-"), now=NOW)
    assert sqlite_store.head() == head


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row["data"].update(name="另一个名字"),
        lambda row: row.update(occurred_on="2010-01-02"),
        lambda row: row.update(recorded_at="2020-01-16T08:00:00.000000Z"),
        lambda row: row.update(recorded_by="somebody"),
        lambda row: row.update(hash="sha256:" + "0" * 64),
        lambda row: row.update(position=3),
        lambda row: row.update(version=2),
    ],
)
def test_a_changed_line_breaks_the_chain_and_nothing_is_restored(
    full: bytes, empty: Store, change: Change
) -> None:
    first, *rest = full.splitlines()
    row = json.loads(first)
    change(row)
    changed = b"\n".join([json.dumps(row).encode(), *rest])
    with empty:
        with pytest.raises(BrokenChain, match=r"^full\.jsonl:\d: Position \d .* Nothing was restored"):
            restore(empty, read_jsonl(BytesIO(changed), "full.jsonl"), now=NOW)
        assert empty.head().position == 0


def test_a_dropped_or_swapped_line_breaks_the_chain(full: bytes, empty: Store) -> None:
    rows = full.splitlines()
    with empty:
        for changed in (rows[1:], [*rows[:3], *rows[4:]], [rows[1], rows[0], *rows[2:]]):
            with pytest.raises(BrokenChain):
                restore(empty, read_jsonl(BytesIO(b"\n".join(changed)), "-"), now=NOW)
        assert empty.head().position == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{nonsense", "a.jsonl:1: must be a line of a full JSON Lines export"),
        (b"[]", "a.jsonl:1: must be a line of a full JSON Lines export"),
        (
            json.dumps(registered()).encode(),
            "a.jsonl:1: position: must be a line of a full JSON Lines export",
        ),
    ],
)
def test_a_line_of_another_kind_is_told(sqlite_store: Store, line: bytes, told: str) -> None:
    with pytest.raises(Refused) as caught:
        restore(sqlite_store, read_jsonl(BytesIO(line), "a.jsonl"), now=NOW)
    assert caught.value.problems[0].sentence("en").startswith(told)
    assert "without --restore" in caught.value.problems[0].sentence("en")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda row: row.update(position="1"),
            '-:1: position: must be what a full export holds here, got "1"',
        ),
        (lambda row: row.update(data=[]), "-:1: data: must be what a full export holds here, got []"),
        (lambda row: row.update(type="moon_landed"), "-:1: type: must be an event that this program knows"),
        (lambda row: row.update(schema_version=99), "-:1: type: must be an event that this program knows"),
    ],
)
def test_a_column_of_another_kind_is_told(full: bytes, empty: Store, change: Change, told: str) -> None:
    row = json.loads(full.splitlines()[0])
    change(row)
    with empty, pytest.raises(Refused) as caught:
        restore(empty, read_jsonl(BytesIO(json.dumps(row).encode()), "-"), now=NOW)
    assert caught.value.problems[0].sentence("en").startswith(told)


def test_a_file_that_cannot_be_read_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no file that exists"):
        restore(sqlite_store, lines_of(tmp_path / "none.jsonl"), now=NOW)


def test_an_empty_export_is_an_empty_ledger(sqlite_store: Store) -> None:
    assert restore(sqlite_store, [], now=NOW).position == 0


def test_a_full_export_imported_without_restore_is_told_how(full: bytes, sqlite_store: Store) -> None:
    from ledger.intake.batch import record_all
    from tests.ledger.intake.said import KNOWN, TODAY

    with pytest.raises(Refused) as caught:
        record_all(sqlite_store, [read_jsonl(BytesIO(full), "-")], now=NOW, today=TODAY, known=KNOWN)
    assert "--restore" in caught.value.problems[0].sentence("en")
