"""Who hears reminders: addresses outside the log."""

from pathlib import Path

from ledger.delivery.outbox import Parcel, enqueue, waiting
from ledger.delivery.recipients import Recipient, add_recipient, read_recipients, remove_recipient
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, drafts

CHAT = "dingtalk://s3cret@t0ken/"
HOOK = "json://127.0.0.1:9/t0ken"


def test_an_address_hears_the_rungs_of_the_branches_it_was_added_for(store: Store) -> None:
    number = add_recipient(store, CHAT, ["b2", "b1"], ["day", "overdue"], "zh", NOW)
    other = add_recipient(store, HOOK, ["b1"], ["lead"], "en", NOW)
    found = read_recipients(store)
    assert list(found) == [number, other]
    assert found[number] == Recipient(
        number, CHAT, "zh", {"b1": ["day", "overdue"], "b2": ["day", "overdue"]}
    )
    assert found[other].wants == {"b1": ["lead"]}


def test_an_address_added_again_keeps_its_number_and_hears_the_new_rungs(store: Store) -> None:
    number = add_recipient(store, CHAT, ["b1", "b2"], ["lead"], "zh", NOW)
    assert add_recipient(store, CHAT, ["b2"], ["overdue"], "en", NOW) == number
    (found,) = read_recipients(store).values()
    assert (found.language, found.wants) == ("en", {"b1": ["lead"], "b2": ["overdue"]})


def test_a_removed_address_is_forgotten_with_what_was_on_its_way(store: Store) -> None:
    number = add_recipient(store, CHAT, ["b1", "b2"], ["lead"], "zh", NOW)
    with store.appending(NOW) as appender:
        appender.append(drafts(1))
        enqueue(appender, [Parcel(number, "title", "body", ["r1"])], NOW)
    assert remove_recipient(store, number, ["b1"])
    assert read_recipients(store)[number].wants == {"b2": ["lead"]}
    assert list(waiting(store, NOW)) == [number]
    assert remove_recipient(store, number, ["b2"])
    assert read_recipients(store) == {}
    assert waiting(store, NOW) == {}
    assert not remove_recipient(store, number)


def test_numbers_are_never_given_twice(store: Store) -> None:
    number = add_recipient(store, CHAT, ["b1"], ["lead"], "zh", NOW)
    assert remove_recipient(store, number)
    assert add_recipient(store, HOOK, ["b1"], ["lead"], "zh", NOW) > number


def test_an_address_stays_out_of_what_is_shown_of_it_and_out_of_the_file_once_removed(
    sqlite_store: Store, tmp_path: Path
) -> None:
    number = add_recipient(sqlite_store, CHAT, ["b1"], ["lead"], "zh", NOW)
    assert "t0ken" not in repr(read_recipients(sqlite_store))
    assert remove_recipient(sqlite_store, number)
    with sqlite_store.connection() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"t0ken" not in (tmp_path / "ledger.db").read_bytes()
