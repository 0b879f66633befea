"""Display names: outside the log, replaced and erased for good."""

from pathlib import Path

import pytest

from ledger.errors import Refused
from ledger.people import LONGEST_NAME, erase_name, names, set_name
from ledger.store.event_store import Store
from tests.ledger.intake.said import registered, take_in


def bytes_on_disk(store: Store) -> bytes:
    """Everything that the files of a ledger on SQLite hold."""
    path = Path(store.address.database or "")
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


def test_a_name_is_shown_until_it_is_erased(store: Store) -> None:
    set_name(store, "m02", "李四")
    set_name(store, "m01", "张三")
    assert names(store) == {"m01": "张三", "m02": "李四"}
    assert erase_name(store, "m01")
    assert names(store) == {"m02": "李四"}
    assert not erase_name(store, "m01")


def test_a_name_set_again_replaces_the_one_before(store: Store) -> None:
    set_name(store, "m01", "张三")
    set_name(store, "m01", "张珊")
    assert names(store) == {"m01": "张珊"}


def test_names_are_no_part_of_the_log(store: Store) -> None:
    take_in(store, [registered()])
    head = store.head()
    set_name(store, "m01", "张三")
    erase_name(store, "m01")
    assert store.head() == head
    store.verify()


@pytest.mark.parametrize("how", ["erased", "replaced"])
def test_an_erased_name_is_nowhere_in_the_files(sqlite_store: Store, how: str) -> None:
    for number in range(50):
        set_name(sqlite_store, f"m{number}", f"某人之名{number:03d}号")
    assert "某人之名007号".encode() in bytes_on_disk(sqlite_store)
    if how == "erased":
        erase_name(sqlite_store, "m7")
    else:
        set_name(sqlite_store, "m7", "另一个")
    assert "某人之名007号".encode() not in bytes_on_disk(sqlite_store)
    assert "某人之名008号".encode() in bytes_on_disk(sqlite_store)


def test_a_name_is_erased_while_somebody_is_reading(sqlite_store: Store) -> None:
    set_name(sqlite_store, "m01", "张三")
    with sqlite_store.connection() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        assert erase_name(sqlite_store, "m01")
        reader.execute("ROLLBACK")
    assert names(sqlite_store) == {}


@pytest.mark.parametrize(
    "name", ["阿卜杜拉·买买提", "张　三", "O'Neil-Smith", "𠮷田", "\ue000", "x" * LONGEST_NAME]
)
def test_names_of_all_kinds_are_kept_as_they_are(sqlite_store: Store, name: str) -> None:
    set_name(sqlite_store, "m01", name)
    assert names(sqlite_store) == {"m01": name}


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("", "张三", "code: must be a code of 1 to 64 letters"),
        ("m 01", "张三", "code: must be a code of 1 to 64 letters"),
        ("m01\n", "张三", "code: must be a code of 1 to 64 letters"),
        ("张三", "张三", "code: must be a code of 1 to 64 letters"),
        ("m01", "", "name: must not be empty"),
        ("m01", " \t", "name: must not be empty"),
        ("m01", "张\n三", "name: must not hold control characters"),
        ("m01", "张\x00三", "name: must not hold control characters"),
        ("m01", "张\u202e三", "name: must not hold control characters"),
        ("m01", "x" * (LONGEST_NAME + 1), "name: must have at most 200 characters, got 201"),
    ],
)
def test_a_code_or_a_name_that_cannot_be_is_told(
    sqlite_store: Store, code: str, name: str, told: str
) -> None:
    with pytest.raises(Refused) as caught:
        set_name(sqlite_store, code, name)
    assert caught.value.problems[0].sentence("en").startswith(told)
    assert caught.value.problems[0].sentence("zh")
    assert names(sqlite_store) == {}
