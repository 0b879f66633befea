"""Minutes rather than seconds, by `make soak`: schedulers that are killed, that sleep, whose hour comes."""

import os
import random
import signal
import threading
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ledger.store.event_store import Store
from tests.ledger.delivery.servers import Hook
from tests.reminders.ledgers import branches, send
from tests.reminders.ledgers import hear as listen
from tests.reminders.ledgers import raised as counted
from tests.reminders.test_processes import DAY, remind
from tests.reminders.test_schedule import hear, overdue, raised, schedule

__all__ = ["overdue"]

ZONE = ZoneInfo("Asia/Shanghai")


def test_when_the_holder_is_killed_another_takes_over_within_a_minute(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    """And sends what the killed one was sending, when its claim is over."""
    release = threading.Event()
    chat.before = lambda _: release.wait(120) and None  # type: ignore[func-returns-value]
    hear(overdue, chat.url())
    with schedule(overdue, tmp_path) as first, schedule(overdue, tmp_path) as second:
        chat.wait_for(1, 90)
        holder = next(one for one in (first, second) if "turn" in one.events())
        other = second if holder is first else first
        other.wait_for("standby")
        killed = time.monotonic()
        holder.process.send_signal(signal.SIGKILL)
        release.set()
        other.wait_for("turn", 60)
        assert time.monotonic() - killed < 60
        assert other.wait_for("sweep")["raised"] == 0
        chat.wait_for(2, 120)
        assert other.stop() == 0
    assert len(raised(overdue)) == 1


def next_minute() -> str:
    """The next minute that begins in ten seconds or later, in the ledger's zone."""
    now = datetime.now(ZONE) + timedelta(seconds=70)
    return f"{now:%H:%M}"


def test_the_hour_comes_and_a_machine_that_slept_through_it_makes_up_for_it(
    overdue: Store, tmp_path: Path
) -> None:
    at = next_minute()
    with schedule(overdue, tmp_path, "--at", at) as one, schedule(overdue, tmp_path, "--at", at) as other:
        one.wait_for("started")
        other.wait_for("started")
        deadline = time.monotonic() + 120
        while sum(each.events().count("sweep") for each in (one, other)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.5)
    with overdue.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM leases")
    with schedule(overdue, tmp_path, "--at", next_minute()) as sleeper:
        sleeper.wait_for("sweep")
        os.kill(sleeper.process.pid, signal.SIGSTOP)
        time.sleep(90)
        os.kill(sleeper.process.pid, signal.SIGCONT)
        time.sleep(20)
        assert sleeper.events().count("sweep") == 2


@pytest.mark.parametrize("seed", [1, 2])
def test_programs_killed_at_any_moment_lose_nothing_and_double_nothing(
    sqlite_store: Store, chat: Hook, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    codes = [f"b{number:03}" for number in range(300)]
    branches(sqlite_store, date(2018, 12, 31), *codes)
    for code in codes:
        listen(sqlite_store, chat.url(f"/{code}"), code)
    for _ in range(20):
        program = remind(sqlite_store, tmp_path, "--on", str(DAY))
        time.sleep(dice.uniform(0.5, 5))
        program.kill()
        program.communicate()
    last = remind(sqlite_store, tmp_path, "--on", str(DAY))
    assert (last.communicate(timeout=120), last.returncode)[1] == 0
    now = datetime.now(ZONE)
    for minutes in (2, 4):
        send(sqlite_store, now + timedelta(minutes=minutes))
    assert counted(sqlite_store) == {(code, "near", "2019-01-31"): 1 for code in codes}
    assert {post.path for post in chat.posts} == {f"/{code}" for code in codes}
    assert sqlite_store.verify()
