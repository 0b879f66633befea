"""Minutes rather than seconds, by `make soak`: schedulers that are killed, that sleep, whose hour comes."""

import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from ledger.delivery.outbox import standings
from ledger.store.event_store import Store
from ledger.store.sql.tables import deliveries, recipients
from tests.ledger.delivery.servers import Hook
from tests.reminders.ledgers import branches, log, send
from tests.reminders.ledgers import hear as listen
from tests.reminders.ledgers import raised as counted
from tests.reminders.scheduler.test_processes import DAY, remind
from tests.reminders.scheduler.test_schedule import ZONE, overdue, schedule, today

__all__ = ["overdue"]

PATIENCE = 600
"""Seconds after which nothing comes any more, on however busy a machine: what happens is waited for."""


def test_of_five_schedulers_the_senders_are_killed_between_raising_and_delivering(
    sqlite_store: Store, chat: Hook, tmp_path: Path
) -> None:
    """The server holds its answers while they are killed. What was on its way then is sent once more, when
    its claim is over, for nobody can know whether it came; everything else is sent once.
    """
    dice, codes = random.Random(5), [f"b{number:02}" for number in range(30)]
    founded = today() - timedelta(days=10)
    branches(sqlite_store, founded, *codes)
    due = {"ref": "plan", "due_on": (today() - timedelta(days=1)).isoformat()}
    log(sqlite_store, founded, *((code, "document_requested", due) for code in codes))
    for code in codes:
        listen(sqlite_store, chat.url(f"/{code}"), code, rungs=["overdue"])
    answer = threading.Event()
    chat.before = lambda _: answer.wait(25) and None  # type: ignore[func-returns-value]
    with ExitStack() as running:
        five = [running.enter_context(schedule(sqlite_store, tmp_path, adopted=True)) for _ in range(5)]
        chat.wait_for(8, PATIENCE)
        time.sleep(dice.uniform(0, 3))
        killed, left = five[:4], five[4:]
        for one in killed:
            one.process.send_signal(signal.SIGKILL)
            one.process.wait(10)
        claimed = _claimed(sqlite_store)
        answer.set()
        left += [running.enter_context(schedule(sqlite_store, tmp_path, adopted=True)) for _ in range(4)]
        deadline = time.monotonic() + PATIENCE
        while any(standing.waiting for standing in standings(sqlite_store).values()):
            assert time.monotonic() < deadline, [one.lines for one in left]
            time.sleep(1)
        assert [one.stop() for one in left] == [0] * 5
    assert counted(sqlite_store) == {(code, "overdue", due["due_on"]): 1 for code in codes}
    came = Counter(post.path for post in chat.posts)
    assert came.keys() == {f"/{code}" for code in codes}
    assert {path for path, times in came.items() if times > 1} <= claimed
    assert sqlite_store.verify()


def _claimed(store: Store) -> set[str]:
    """The paths to which messages are on their way: handed to a sender, and not known to have come."""
    query = select(recipients.c.url).join(deliveries, deliveries.c.recipient == recipients.c.id)
    with store.engine.connect() as connection:
        urls = connection.execute(query.where(deliveries.c.claimed_until.is_not(None))).scalars().all()
    return {urlsplit(url).path for url in urls}


def coming_hour() -> datetime:
    """The next minute that begins in a minute or later, in the ledger's zone: time enough to start in."""
    return (datetime.now(ZONE) + timedelta(minutes=2)).replace(second=0, microsecond=0)


def test_the_hour_comes_and_a_sweep_with_it(overdue: Store, tmp_path: Path) -> None:
    hour = coming_hour()
    with schedule(overdue, tmp_path, "--at", f"{hour:%H:%M}") as waking:
        second = waking.wait_for("sweep", PATIENCE, times=2)
    assert datetime.fromisoformat(second["at"]) >= hour


def test_a_machine_that_slept_through_its_hour_makes_up_for_it(overdue: Store, tmp_path: Path) -> None:
    hour = coming_hour()
    with schedule(overdue, tmp_path, "--at", f"{hour:%H:%M}") as sleeper:
        sleeper.wait_for("sweep", PATIENCE)
        os.kill(sleeper.process.pid, signal.SIGSTOP)
        if datetime.now(ZONE) >= hour:
            pytest.skip("this machine took more than a minute to start a program")
        while datetime.now(ZONE) < hour + timedelta(seconds=15):
            time.sleep(1)
        os.kill(sleeper.process.pid, signal.SIGCONT)
        sleeper.wait_for("sweep", PATIENCE, times=2)
        assert sleeper.stop() == 0
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
    assert (last.communicate(timeout=PATIENCE), last.returncode)[1] == 0
    now = datetime.now(ZONE)
    for minutes in (3, 6):
        send(sqlite_store, now + timedelta(minutes=minutes))
    assert counted(sqlite_store) == {(code, "near", "2019-01-31"): 1 for code in codes}
    assert {post.path for post in chat.posts} == {f"/{code}" for code in codes}
    assert sqlite_store.verify()
