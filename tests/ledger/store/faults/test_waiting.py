"""Nobody waits for ever: locks have limits, and a slow file is read before the ledger is locked."""

import os
import threading
import time
from pathlib import Path

import psycopg
import pytest

import ledger.store.database
from ledger.errors import LedgerUnavailable
from ledger.people import set_name
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW, draft
from tests.program import Program
from tests.soak.ledgers import zhibu as start


def test_a_name_waits_for_a_lock_of_the_server_no_longer_than_its_limit(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = ledger.store.database.PATIENCE.replace("lock_timeout = '30s'", "lock_timeout = '200ms'")
    monkeypatch.setattr(ledger.store.database, "PATIENCE", impatient)
    with psycopg.connect(postgres_url) as other, Store.open(postgres_url) as store:
        other.execute("LOCK TABLE people")
        with pytest.raises(LedgerUnavailable, match="holds its lock"):
            set_name(store, "m01", "李华")
        other.rollback()
        set_name(store, "m01", "李华")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_that_fills_slowly_keeps_nobody_from_recording(sqlite_store: Store, tmp_path: Path) -> None:
    zhibu = Program(sqlite_store.url)
    zhibu.ok("log", "branch-registered", "--branch", "b1", "--name", "一", "--on", "2019-01-01")
    os.mkfifo(tmp_path / "slow.jsonl")
    importing = start(sqlite_store.url, "import", str(tmp_path / "slow.jsonl"))
    with (tmp_path / "slow.jsonl").open("wb") as pipe:
        pipe.write(b'{"branch":"b1","type":"meeting_held","occurred_on":"2019-03-12",')
        pipe.flush()
        time.sleep(1)
        began = time.monotonic()
        with sqlite_store.appending(NOW) as appender:
            appender.append([draft(7)])
        assert time.monotonic() - began < 5
        pipe.write(b'"data":{"kind":"study"}}\n')
    out, err = importing.communicate(timeout=60)
    assert (importing.returncode, err) == (0, "")
    assert out.startswith("appended 1, already there 0.")
    assert sqlite_store.head().position == 3


def test_a_writer_that_falls_silent_loses_the_lock_of_the_server(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(postgres_url) as silent, Store.open(postgres_url) as other:
        impatient = silent.statements.lock.replace("'120s'", "'300ms'")
        changed = {name: getattr(silent.statements, name) for name in silent.statements.__slots__}
        monkeypatch.setattr(silent, "statements", type(silent.statements)(**changed | {"lock": impatient}))
        holding, done = threading.Event(), threading.Event()

        told: list[str] = []

        def hold() -> None:
            try:
                with silent.appending(NOW) as held:
                    held.append([draft(1)])
                    holding.set()
                    done.wait(10)
            except LedgerUnavailable as error:
                told.append(error.words.en)

        thread = threading.Thread(target=hold)
        thread.start()
        assert holding.wait(10)
        with other.appending(NOW) as appender:
            appender.append([draft(2)])
        done.set()
        thread.join()
        assert "nothing of this was recorded" in told[0]
        assert other.head().position == 1
