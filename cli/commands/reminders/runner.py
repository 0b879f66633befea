"""What the scheduler does when it wakes: sweeps, sends again, and says so.

In: the door, the ledger, rubrics by name, the daily hour. Out: a line a sweep on standard output, and a
health file. Whatever goes wrong is a line, too, and never the end. Deliberately absent: what wakes it
(`schedule`).

Any number of programs may run on one ledger: a reminder's derived id and a message's claim see to it that
what one of them does, no other does again.
"""

import json
import threading
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cli.context import Door, DoorError, SaysNo
from cli.library import known_clauses, library, named_rubrics
from cli.ui.language import counted
from ledger.delivery.sending import Delivered, UnderWay, Unsent, deliver, unsent
from ledger.errors import LedgerError, NotWritten
from ledger.whole_files import ledger_files, whole_file
from ledger.words import Words
from projections.adopted_forms import adopted_forms
from projections.engine.reading.tree import read_tree
from projections.reminders.sweep import LAST_SWEEP, Swept, is_owed, sweep
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_REST = 30
"""How many calls of `tend` a failed sweep waits for."""


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
        self,
        door: Door,
        store: "Store",
        rubrics: Sequence[str] | None,
        hour: time,
        log: Log,
        health: str | None,
    ) -> None:
        self.door, self.store, self.log = door, store, log
        self.stop = threading.Event()
        self._hour = hour
        self._rubrics, self._health = rubrics, Path(health) if health else None
        self._unusable: tuple[Words, ...] = ()
        self._sweeping, self._delivering = threading.Lock(), threading.Lock()
        self._writing = threading.Lock()
        self._under_way = UnderWay()
        self._last: str | None = None
        self._facts: dict[str, Any] = {}
        self._errors: dict[str, str] = {}
        self._unwritten: str | None = None
        self._rest = 0

    def sweep_if_owed(self) -> None:
        """Sweep, unless one succeeded since the hour came last, whoever made it, or one is under way here."""
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            if self._is_owed():
                self._sweep_and_tell()
        except Exception as error:
            self._failed("sweep", error)
        finally:
            self._sweeping.release()

    def sweep(self) -> bool:
        """Sweep and deliver; return whether that succeeded. A failure is a line of the log, not the end."""
        with self._sweeping:
            return self._sweep_and_tell()

    def _last_success(self) -> str | None:
        """Return when a sweep last succeeded: whoever made it, where it is of every form; else this one's."""
        if self._rubrics:
            return self._last
        try:
            return self.store.setting(LAST_SWEEP)
        except LedgerError:
            return None

    def _is_owed(self) -> bool:
        said = self._last_success()
        try:
            last = datetime.fromisoformat(said) if said else None
            if last is not None and last.tzinfo is None:
                last = None
        except ValueError:
            # Whoever wrote that, no sweep did.
            last = None
        return is_owed(last, self.door.now(), self._hour, self.door.zone(self.store))

    def _sweep_and_tell(self) -> bool:
        began = self.door.now()
        try:
            swept, on = self._raise_due()
            done = self._deliver()
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

    def _raise_due(self) -> tuple[Swept, str]:
        now, today = self.door.now(), self.door.today(self.store)
        rubrics = self._forms()
        swept = sweep(
            self.store,
            on=today,
            now=now,
            today=today,
            rubrics=rubrics,
            known=known_clauses(rubrics),
            every_form=not self._rubrics,
        )
        self._last = now.isoformat(timespec="seconds")
        return swept, today.isoformat()

    def _deliver(self) -> Delivered:
        with self._delivering:
            return deliver(self.store, self.door.now, self.stop, self._under_way)

    def require_forms(self) -> None:
        """Read the forms once, so that what is wrong with them is said. Raises WrongUsage, SaysNo."""
        self._forms()

    def _forms(self) -> list[Loaded]:
        """Read the forms named, or those adopted; tell, once for as long as it is so, of the unusable."""
        if self._rubrics:
            return named_rubrics(self._rubrics)
        tree = read_tree(self.store, upto=self.store.head().position)
        usable, unusable = adopted_forms(tree, library(), self.door.today(self.store))
        said = tuple(one.words for one in unusable)
        for one, words in zip(unusable, said, strict=True):
            if words not in self._unusable:
                self.log.line("form", words, rubric=one.id)
        self._unusable = said
        return usable

    def tend(self) -> None:
        """Make the sweep that is owed, some minutes after one that failed; send what waits in the outbox."""
        if "sweep" in self._errors and self._rest > 0:
            self._rest -= 1
        else:
            self.sweep_if_owed()
        if self._delivering.locked():
            return
        try:
            done = self._deliver()
        except Exception as error:
            self._failed("retry", error)
            return
        self._succeeded("retry")
        if done.messages:
            words = Words(
                f"补发送达 {done.messages} 条", f"sent again: {counted(done.messages, 'message')} delivered"
            )
            self.log.line("retry", words, delivered=done.messages)

    def beat(self) -> None:
        """Keep the health file fresh, whatever a delivery or a sweep is waiting for."""
        self._tell_health()

    def close(self) -> None:
        """Say that it is over."""
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
        told = {
            "last_success": self._last_success(),
            "checked_at": self.door.now().isoformat(timespec="seconds"),
            **self._facts,
            "under_way": [
                {"recipient": number, "since": since.isoformat(timespec="seconds")}
                for number, since in sorted(self._under_way.now().items())
            ],
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
