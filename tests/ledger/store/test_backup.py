"""A copy of the ledger, made while others write."""

import os
import stat
import threading
from pathlib import Path

import pytest

import ledger.whole_files
from ledger.errors import LedgerUnavailable, NotWritten
from ledger.store.backup import backup
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft, drafts


def test_a_backup_is_a_ledger_of_its_own_with_the_same_head(sqlite_store: Store, tmp_path: Path) -> None:
    with sqlite_store.appending(NOW) as appender:
        appender.append(drafts(500))
    sqlite_store.set_setting("timezone", "Asia/Urumqi")
    assert backup(sqlite_store, tmp_path / "copy.db") == sqlite_store.head()
    with Store.open(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        assert list(copy.read()) == list(sqlite_store.read())
        assert copy.setting("timezone") == "Asia/Urumqi"
        with copy.appending(NOW) as appender:
            appender.append([draft(9000)])
        assert copy.verify(sqlite_store.head()).head.position == 501
    assert sqlite_store.head().position == 500
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_a_backup_is_for_its_owner_only_as_the_ledger_is(sqlite_store: Store, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        backup(sqlite_store, tmp_path / "copy.db")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_backup_made_while_others_write_is_whole(sqlite_store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with sqlite_store.appending(NOW) as appender:
                appender.append(drafts(50, first=number))
            number += 50

    writer = threading.Thread(target=write)
    writer.start()
    try:
        heads = [backup(sqlite_store, tmp_path / f"copy{n}.db") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for n, head in enumerate(heads):
        with Store.open(f"sqlite:///{tmp_path / f'copy{n}.db'}") as copy:
            assert copy.verify().head == head
        assert head.position % 50 == 0
        assert sqlite_store.verify(head)


def test_a_file_that_is_there_is_never_written_over(sqlite_store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("a letter")
    with pytest.raises(NotWritten, match="must be a new file"):
        backup(sqlite_store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "a letter"


def test_a_folder_that_is_not_there_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="its folder does not exist"):
        backup(sqlite_store, tmp_path / "none" / "copy.db")


def test_a_backup_that_fails_leaves_nothing(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise OSError(f"no sync of {path}")

    monkeypatch.setattr(ledger.whole_files, "_keep", fail)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(NotWritten, match="cannot be written"):
        backup(sqlite_store, tmp_path / "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_on_postgresql_pg_dump_is_named(postgres_url: str, tmp_path: Path) -> None:
    with Store.open(postgres_url) as store, pytest.raises(LedgerUnavailable, match="pg_dump"):
        backup(store, tmp_path / "copy.db")
