"""Sweeps by programs of their own: at once, and killed on the way."""

import json
import signal
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ledger.delivery.outbox import CLAIM
from ledger.delivery.sending import Delivered
from ledger.store.event_store import Store
from tests.forked import Forked
from tests.ledger.delivery.servers import Hook
from tests.reminders.ledgers import TEXT, branches, hear, raised, send, sweep_on

DAY = date(2019, 1, 29)


@pytest.fixture(autouse=True)
def _branches(sqlite_store: Store) -> None:
    """b1 and b2; nothing was held."""
    branches(sqlite_store, date(2018, 12, 31), "b1", "b2")


def remind(store: Store, tmp_path: Path, *words: str) -> Forked:
    """Start the real program for a sweep by the form of these tests."""
    form = tmp_path / "ladder.yaml"
    form.write_text(TEXT, "utf-8")
    environ = {"ZHIBU_LANG": "en", "ZHIBU_LEDGER": store.url}
    return Forked("remind", "--rubric", str(form), "--format", "json", *words, environ=environ)


def test_three_programs_at_once_raise_each_reminder_once_and_send_it_once(
    sqlite_store: Store, chat: Hook, tmp_path: Path
) -> None:
    for code in ("b1", "b2"):
        hear(sqlite_store, chat.url(f"/{code}"), code)
    running = [remind(sqlite_store, tmp_path, "--on", str(DAY)) for _ in range(3)]
    answers = [program.communicate() for program in running]
    assert [program.returncode for program in running] == [0] * 3, answers
    told = [reminder["id"] for out, _ in answers for reminder in json.loads(out)]
    assert len(told) == len(set(told)) == 2
    assert raised(sqlite_store) == {("b1", "near", "2019-01-31"): 1, ("b2", "near", "2019-01-31"): 1}
    assert sorted(post.path for post in chat.posts) == ["/b1", "/b2"]


def test_a_program_killed_between_raising_and_delivering_leaves_its_message_to_the_next(
    sqlite_store: Store, chat: Hook, tmp_path: Path
) -> None:
    release = threading.Event()
    chat.before = lambda _: release.wait(60) and None  # type: ignore[func-returns-value]
    hear(sqlite_store, chat.url("/b1"), "b1")
    program = remind(sqlite_store, tmp_path, "--on", str(DAY))
    chat.wait_for(1, 60)
    program.send_signal(signal.SIGKILL)
    assert program.wait(10) == -signal.SIGKILL
    program.communicate()
    release.set()
    before = raised(sqlite_store)
    assert before.total() == 2
    now = datetime.now(UTC)
    assert sweep_on(sqlite_store, DAY, now=now).raised == []
    assert send(sqlite_store, now) == Delivered(0, [])
    assert send(sqlite_store, now + CLAIM + timedelta(minutes=1)) == Delivered(1, [])
    assert [post.path for post in chat.posts] == ["/b1", "/b1"]
    assert raised(sqlite_store) == before
    assert sqlite_store.verify()
