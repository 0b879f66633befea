"""`zhibu schedule`, as a process of its own: signals, lines, health."""

import json
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ledger.delivery.outbox import fates
from ledger.delivery.recipients import add_recipient
from ledger.store.event_store import Store
from projections.reminders.sweep import LAST_SWEEP, is_owed
from rubrics.reader.loaded import parse_rubric
from tests.forked import Forked
from tests.ledger.delivery.servers import Hook
from tests.ledger.delivery.test_misbehaving import robot, server, webhook
from tests.reminders.ledgers import TEXT, branches, log

ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return datetime.now(ZONE).date()


def late(store: Store) -> Store:
    """Have b1 owe a paper since yesterday, and nothing else."""
    founded = today() - timedelta(days=10)
    branches(store, founded, "b1")
    due = {"ref": "plan", "due_on": (today() - timedelta(days=1)).isoformat()}
    log(store, founded, ("b1", "document_requested", due))
    return store


@pytest.fixture
def overdue(sqlite_store: Store) -> Store:
    """A ledger in which something is overdue."""
    return late(sqlite_store)


class Scheduler:
    """A running `zhibu schedule`, and the lines it prints."""

    def __init__(self, process: Forked) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self._came = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            with self._came:
                self.lines.append(json.loads(line))
                self._came.notify_all()

    def wait_for(self, event: str, seconds: float = 90, times: int = 1) -> dict[str, Any]:
        """Wait until a line tells of such an event, for so many times, and return the last of them."""

        def found() -> list[dict[str, Any]]:
            return [line for line in self.lines if line["event"] == event]

        with self._came:
            assert self._came.wait_for(lambda: len(found()) >= times, seconds), self.lines
        return found()[times - 1]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(60)
        self._reader.join(10)
        return status

    def events(self) -> list[str]:
        return [line["event"] for line in self.lines]


@contextmanager
def schedule(store: Store, folder: Path, *words: str, adopted: bool = False) -> Iterator[Scheduler]:
    """Run a scheduler, by a form that it is told, or by those that branches adopted."""
    forms = folder / "forms"
    forms.mkdir(exist_ok=True)
    form = forms / "ladder.yaml"
    form.write_text(TEXT, "utf-8")
    named = () if adopted else ("--rubric", str(form))
    environ = {"ZHIBU_LANG": "en", "ZHIBU_LEDGER": store.url, "ZHIBU_RUBRICS": str(forms)}
    with closing(Forked("schedule", *named, "--json-logs", *words, environ=environ)) as process:
        yield Scheduler(process)


def hear(store: Store, url: str) -> int:
    return add_recipient(store, url, ["b1"], ["overdue"], "zh", datetime.now(UTC))


def raised(store: Store) -> list[str]:
    return [event.id for event in store.read(types={"reminder_raised"})]


def test_once_sweeps_writes_its_health_and_ends(store: Store, chat: Hook, tmp_path: Path) -> None:
    hear(late(store), chat.url())
    health = tmp_path / "health.json"
    with schedule(store, tmp_path, "--once", "--health", str(health)) as once:
        line = once.wait_for("sweep")
        assert once.process.wait(60) == 0
    assert (line["on"], line["raised"], line["delivered"]) == (today().isoformat(), 1, 1)
    assert (line["failing"], line["unheard"]) == ([], 0)
    told = json.loads(health.read_text("utf-8"))
    assert (told["on"], told["raised"], told["delivered"], told["error"]) == (today().isoformat(), 1, 1, None)
    succeeded = datetime.fromisoformat(told["last_success"])
    assert timedelta() <= datetime.now(UTC) - succeeded < timedelta(minutes=5)
    assert len(chat.posts) == 1
    assert [path.name for path in tmp_path.iterdir() if "health" in path.name] == ["health.json"]


def test_one_that_cannot_sweep_says_why_and_once_ends_with_1(overdue: Store, tmp_path: Path) -> None:
    with overdue.transaction() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    health = tmp_path / "health.json"
    with schedule(overdue, tmp_path, "--once", "--health", str(health)) as once:
        assert once.process.wait(60) == 1
        assert once.wait_for("error")["error"]
    told = json.loads(health.read_text("utf-8"))
    assert (told["last_success"], bool(told["error"])) == (None, True)


def test_a_health_file_that_cannot_be_written_is_said_at_the_start(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    hear(overdue, chat.url())
    nowhere = tmp_path / "nowhere" / "health.json"
    with schedule(overdue, tmp_path, "--health", str(nowhere)) as refused:
        assert refused.process.wait(60) == 1
    assert raised(overdue) == []
    assert chat.posts == []


def test_a_sweep_names_who_fails_and_what_waits_in_the_pauses_too(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    number = hear(overdue, chat.url("/bad"))
    chat.answers["/bad"] = (503, {})
    health = tmp_path / "health.json"
    for posts in (1, 1):
        with schedule(overdue, tmp_path, "--once", "--health", str(health)) as once:
            line = once.wait_for("sweep")
            assert once.process.wait(60) == 0
        assert (line["waiting"], line["failing"]) == (1, [number])
        assert json.loads(health.read_text("utf-8"))["failing"] == [number]
        assert len(chat.to("/bad")) == posts


def test_what_one_swept_by_the_adopted_forms_another_need_not(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    """Both sweep at their start; the hour that came this morning is made up for by the first."""
    hear(overdue, chat.url())
    with schedule(overdue, tmp_path, "--at", "00:00", adopted=True) as first:
        assert first.wait_for("sweep")["raised"] == 1
        assert first.stop() == 0
    last = overdue.setting(LAST_SWEEP)
    assert last is not None
    assert not is_owed(datetime.fromisoformat(last), datetime.now(UTC), time(0, 0), ZONE)


def test_a_form_that_cannot_be_used_is_a_line_and_the_others_are_swept(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    hear(overdue, chat.url())
    broken = tmp_path / "forms" / "broken.yaml"
    broken.parent.mkdir()
    broken.write_text(TEXT.replace("id: ladder", "id: broken"), "utf-8")
    adopts = ("b1", "rubric_adopted", {"rubric": "broken"})
    log(
        overdue, today() - timedelta(days=5), adopts, rubric=parse_rubric(broken.read_text("utf-8"), "broken")
    )
    broken.write_text("id: [", "utf-8")
    with schedule(overdue, tmp_path, adopted=True) as running:
        line = running.wait_for("form")
        assert line["rubric"] == "broken"
        assert running.wait_for("sweep")["raised"] == 1
        assert running.stop() == 0
        assert running.events().count("form") == 1


def test_two_schedulers_share_a_ledger_without_doubling_anything(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    hear(overdue, chat.url())
    with schedule(overdue, tmp_path) as first:
        assert first.wait_for("sweep")["delivered"] == 1
        health = tmp_path / "second.json"
        with schedule(overdue, tmp_path, "--health", str(health)) as second:
            assert second.wait_for("sweep")["raised"] == 0
            assert json.loads(health.read_text("utf-8"))["last_success"] is not None
            assert first.stop(signal.SIGTERM) == 0
            assert first.events() == ["started", "sweep", "stopped"]
            assert second.stop(signal.SIGINT) == 0
    assert (len(raised(overdue)), len(chat.posts)) == (1, 1)


def test_one_told_to_stop_finishes_the_message_that_it_is_sending(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    release = threading.Event()
    chat.before = lambda _: release.wait(30) and None  # type: ignore[func-returns-value]
    number = hear(overdue, chat.url())
    with schedule(overdue, tmp_path) as running:
        chat.wait_for(1, 90)
        running.process.send_signal(signal.SIGTERM)
        threading.Timer(1, release.set).start()
        assert running.process.wait(60) == 0
        running.stop()
    assert "sweep" in running.events()
    assert running.events()[-1] == "stopped"
    (reminder,) = raised(overdue)
    (fate,) = fates(overdue, [reminder])[reminder]
    assert (fate.recipient, fate.attempts, fate.delivered_at is not None) == (number, 1, True)


def test_one_told_to_stop_ends_in_ten_seconds_whatever_drips(
    overdue: Store, chat: Hook, tmp_path: Path
) -> None:
    """A byte every three seconds would do for ever: from a robot, a webhook and a mail server at once."""
    asked = threading.Semaphore(0)
    over = threading.Event()

    def drip(client: socket.socket) -> None:
        asked.release()
        while not over.wait(3):
            client.sendall(b"H")

    with server(drip) as port, server(drip, first=True) as mail_port:
        for url in (
            webhook(port),
            robot(port),
            f"mailto://u:p@127.0.0.1:{mail_port}?to=a@b.org&from=z@b.org&mode=insecure",
        ):
            hear(overdue, url)
        hear(overdue, chat.url())
        with schedule(overdue, tmp_path) as running:
            for _ in range(3):
                assert asked.acquire(timeout=120)
            chat.wait_for(1, 120)
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(10) == 0
            running.stop()
            over.set()
    assert running.events()[-1] == "stopped"
    (reminder,) = raised(overdue)
    delivered = [fate.delivered_at is not None for fate in fates(overdue, [reminder])[reminder]]
    assert sorted(delivered) == [False, False, False, True]
