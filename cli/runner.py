"""What the scheduler does when its hour comes: sweeps, sends again, takes turns, and says so.

In: the door, the ledger, rubrics by name. Out: a line a sweep on standard output, and a health file. Whatever
goes wrong is a line, too, and never the end. Deliberately absent: when (`schedule`).

Several programs on one ledger take turns by a lease in its database. The holder renews it every few seconds;
when it dies, another has it half a minute later. Nothing hangs on there being one only: sweeps may run side
by side.
"""

import json
import os
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from cli.context import Door, DoorError, SaysNo
from cli.known import known_clauses
from cli.remind import rubrics_for
from cli.sweep import LAST_SWEEP, Swept, sweep
from cli.ui.language import counted
from ledger.delivery.sending import Delivered, Unsent, deliver, unsent
from ledger.errors import LedgerError, NotWritten
from ledger.whole_files import ledger_files, whole_file
from ledger.words import Words

if TYPE_CHECKING:
    from ledger.store.event_store import Store

LEASE = "schedule"
SPAN = timedelta(seconds=30)
"""How long a turn lasts without being renewed."""
_REST = 30
"""How many calls of `retry` a failed sweep waits for."""


class Log:
    """Lines on standard output: for people, or JSON objects."""

    def __init__(self, door: Door, zone: ZoneInfo, as_json: bool) -> None:
        self._door, self._zone, self._as_json = door, zone, as_json

    def line(self, event: str, words: Words, **facts: Any) -> None:
        """Print one line: the instant, and what happened."""
        now = self._door.now()
        if self._as_json:
            told = {"at": now.isoformat(timespec="seconds"), "event": event, **facts}
            self._door.screen.line(json.dumps(told, ensure_ascii=False))
        else:
            text = words.pick(self._door.language)
            self._door.screen.line(f"{now.astimezone(self._zone):%Y-%m-%d %H:%M:%S} {text}")


class Runner:
    """What the jobs do; they may run side by side."""

    def __init__(
        self, door: Door, store: "Store", rubrics: Sequence[str] | None, log: Log, health: str | None
    ) -> None:
        self.door, self.store, self.log = door, store, log
        self.stop = threading.Event()
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self.mine = False
        self._told_turn: bool | None = None
        self._rubrics, self._health = rubrics, Path(health) if health else None
        self._sweeping, self._writing = threading.Lock(), threading.Lock()
        self._facts: dict[str, Any] = {}
        self._errors: dict[str, str] = {}
        self._unwritten: str | None = None
        self._rest = 0

    def sweep_once(self) -> bool:
        """Sweep and deliver; return whether that succeeded. A failure is a line of the log, not the end."""
        with self._sweeping:
            began = self.door.now()
            try:
                swept, done, on = self._sweep()
                left = unsent(self.store)
            except Exception as error:
                self._rest = _REST
                self._failed("sweep", error)
                return False
            seconds = round((self.door.now() - began).total_seconds(), 1)
        facts = {
            "on": on,
            "raised": len(swept.raised),
            "delivered": done.messages,
            "waiting": left.waiting,
            "failing": [failure.recipient for failure in left.failures],
            "unheard": swept.unheard,
            "seconds": seconds,
        }
        self._facts = {name: facts[name] for name in ("on", "raised", "delivered", "waiting", "failing")}
        self._succeeded("sweep")
        self.log.line("sweep", _swept_words(on, swept, done, left, seconds), **facts)
        return True

    def _sweep(self) -> tuple[Swept, Delivered, str]:
        now, today = self.door.now(), self.door.today(self.store)
        rubrics = rubrics_for(self.door, self.store, self._rubrics)
        swept = sweep(
            self.store, on=today, now=now, today=today, rubrics=rubrics, known=known_clauses(rubrics)
        )
        return swept, deliver(self.store, self.door.now, self.stop), today.isoformat()

    def sweep_in_turn(self) -> None:
        """Sweep, where it is this program's turn."""
        if self.mine:
            self.sweep_once()

    def retry(self) -> None:
        """Send what waits in the outbox, where it is this program's turn; where the last sweep failed, sweep
        again after some minutes.
        """
        if not self.mine:
            return
        if "sweep" in self._errors:
            self._rest -= 1
            if self._rest <= 0:
                self.sweep_once()
            return
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            done = deliver(self.store, self.door.now, self.stop)
        except Exception as error:
            self._failed("retry", error)
            return
        finally:
            self._sweeping.release()
        self._succeeded("retry")
        if done.messages:
            words = Words(
                f"补发送达 {done.messages} 条", f"sent again: {counted(done.messages, 'message')} delivered"
            )
            self.log.line("retry", words, delivered=done.messages)

    def take_turn(self) -> bool:
        """Take the lease or keep it; return whether it has only now become this program's turn."""
        from ledger.delivery.leases import take_lease

        before = self.mine
        try:
            self.mine = take_lease(self.store, LEASE, self.holder, self.door.now(), SPAN)
        except Exception as error:
            self.mine = False
            self._failed("turn", error)
            return False
        self._succeeded("turn")
        if self.mine != self._told_turn:
            self._told_turn = self.mine
            words = (
                Words("轮到本程序值班", "it is this program's turn")
                if self.mine
                else Words("由另一程序值班，本程序待命", "another program has the turn, standing by")
            )
            self.log.line("turn" if self.mine else "standby", words)
        return self.mine and not before

    def close(self) -> None:
        """Let go of the turn, so that another need not wait for it."""
        from ledger.delivery.leases import release_lease

        with suppress(LedgerError):
            release_lease(self.store, LEASE, self.holder)
        self.mine = False
        self._tell_health()
        self.log.line("stopped", Words("已停止", "stopped"))

    def _failed(self, what: str, error: Exception) -> None:
        """Say what went wrong, once for as long as it is the same."""
        if isinstance(error, LedgerError | DoorError):
            text = error.words
        else:
            text = Words(*[f"{type(error).__name__}: {error}"] * 2)
        known, self._errors[what] = self._errors.get(what), text.en
        self._tell_health()
        if text.en != known:
            self.log.line("error", Words(f"出错：{text.zh}", f"error: {text.en}"), error=text.en)

    def _succeeded(self, what: str) -> None:
        self._errors.pop(what, None)
        self._tell_health()

    def require_health(self) -> None:
        """See that the health file can be written. Raises SaysNo."""
        try:
            self._write_health()
        except NotWritten as error:
            raise SaysNo(error.words) from None

    def _tell_health(self) -> None:
        """Write the health file; say once for as long as it is the same that it cannot be written."""
        try:
            self._write_health()
        except NotWritten as error:
            words = error.words
            if words.en != self._unwritten:
                self.log.line("error", words, error=words.en)
            self._unwritten = words.en
        else:
            self._unwritten = None

    def _write_health(self) -> None:
        """Write the file whole or not at all, so that nobody reads half of it."""
        if self._health is None:
            return
        try:
            last = self.store.setting(LAST_SWEEP)
        except LedgerError:
            last = None
        told = {
            "last_success": last,
            "checked_at": self.door.now().isoformat(timespec="seconds"),
            "turn": self.mine,
            **self._facts,
            "error": next(iter(self._errors.values()), None),
        }
        with self._writing, whole_file(self._health, never=ledger_files(self.store.url)) as stream:
            stream.write((json.dumps(told, ensure_ascii=False) + "\n").encode())


def _swept_words(on: str, swept: Swept, done: Delivered, left: Unsent, seconds: float) -> Words:
    raised, failing = len(swept.raised), len(left.failures)
    zh = f"{on} 巡查：发出提醒 {raised} 条，送达消息 {done.messages} 条"
    en = f"sweep of {on}: {counted(raised, 'reminder')} raised, {counted(done.messages, 'message')} delivered"
    if left.waiting:
        zh, en = f"{zh}，待发 {left.waiting} 条", f"{en}, {left.waiting} waiting"
    if failing:
        zh, en = f"{zh}，{failing} 个接收人未收到", f"{en}, {counted(failing, 'recipient')} failing"
    if swept.unheard:
        zh, en = f"{zh}，{swept.unheard} 条没有接收人", f"{en}, {swept.unheard} heard by nobody"
    return Words(f"{zh}（{seconds} 秒）", f"{en} ({seconds} s)")
