"""Sending what the outbox holds, and a test message that waits in none.

In: an open ledger, a clock, a way to be told to stop; or one recipient. Out: what was delivered, and who did
not take it, with why. Deliberately absent: what is said, how a service is spoken to (`transports`), when.

Recipients are sent to side by side, each one's messages in their order and at its service's pace, so that
one that answers slowly or not at all holds up nobody but itself, and itself for 30 seconds a message.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from typing import NamedTuple

from ledger.delivery.outbox import claim, forget, give_up, mark_delivered, mark_failed, standings, waiting
from ledger.delivery.recipients import Recipient, read_recipients, resume_recipient, stop_recipient
from ledger.delivery.transports.directory import limits_of
from ledger.delivery.transports.process import STOPPED, Sender
from ledger.delivery.transports.transport import told
from ledger.store.event_store import Store
from ledger.words import Words

_SIDE_BY_SIDE = 8
_GRACE = 5.0
"""Seconds that a message under way has to end by itself once the program is told to stop."""
_TITLE = Words("支部提醒：测试", "Branch reminders: a test")
_BODY = Words("收到这条消息，说明提醒能够送达。", "Reminders reach you: this is what they come as.")


class Failure(NamedTuple):
    """A recipient that did not take a message, and why (`transports.transport.told` says it in words).

    `permanent`: it is tried no more until somebody changes it.
    """

    recipient: int
    reason: str
    permanent: bool = False


class Delivered(NamedTuple):
    """How many messages were delivered, and who failed."""

    messages: int
    failures: Sequence[Failure]


class Unsent(NamedTuple):
    """How many messages wait, and whose last one was not taken: those in their pause among them."""

    waiting: int
    failures: Sequence[Failure]


class UnderWay:
    """Which recipients are being sent to, and since when: what a health file shows of a delivery that
    hangs.
    """

    def __init__(self) -> None:
        self._since: dict[int, datetime] = {}
        self._lock = threading.Lock()

    def now(self) -> Mapping[int, datetime]:
        """Return the recipients that have a message on its way, each with the instant at which it left."""
        with self._lock:
            return dict(self._since)

    def begin(self, recipient: int, at: datetime) -> None:
        """Note that a message leaves."""
        with self._lock:
            self._since[recipient] = at

    def end(self, recipient: int) -> None:
        """Note that its fate is known."""
        with self._lock:
            self._since.pop(recipient, None)


class Senders:
    """As many processes that send as are needed side by side; one that is warm is taken first.

    Each is started at its first message. Who keeps them between deliveries spares the half second that it
    takes, and closes them.
    """

    def __init__(self) -> None:
        self._all = [Sender() for _ in range(_SIDE_BY_SIDE)]
        self._idle: queue.LifoQueue[Sender] = queue.LifoQueue()
        for sender in self._all:
            self._idle.put(sender)

    @contextmanager
    def one(self) -> Iterator[Sender]:
        """Take a process for a while; wait until one is free."""
        sender = self._idle.get()
        try:
            yield sender
        finally:
            self._idle.put(sender)

    def kill(self) -> None:
        """End all of them at once, whatever they are sending."""
        for sender in self._all:
            sender.kill()

    def close(self) -> None:
        """Let all of them end."""
        for sender in self._all:
            sender.close()


def deliver(
    store: Store,
    clock: Callable[[], datetime],
    stop: threading.Event,
    under_way: UnderWay | None = None,
    senders: "Senders | None" = None,
) -> Delivered:
    """Send every message that may be sent now, by `senders` that somebody keeps, or by some for this call.

    1. Look up what waits, by recipient.
    2. For each message: claim it, for two minutes, so that no other program sends it; send it; mark it sent,
       or failed with the next attempt after a pause. A failure ends this round for its recipient; one that
       no later try would mend ends all until the recipient is changed.
    3. Where `stop` is set, let what is being sent end, for some seconds, and leave the rest to the next.

    A program that dies between sending and marking leaves a message that is sent once more: at least once.
    """
    give_up(store, clock())
    pending = waiting(store, clock())
    if not pending:
        return Delivered(0, [])
    recipients = read_recipients(store)
    for number in pending.keys() - recipients.keys():
        forget(store, number)
    hearing = [recipients[number] for number in pending if number in recipients]
    own = senders is None
    senders = senders or Senders()
    rounds = _Rounds(store, senders, clock, stop, under_way or UnderWay())
    with ExitStack() as after, ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="delivery") as pool:
        if own:
            after.enter_context(closing(senders))
        running = [pool.submit(rounds.run, one, pending[one.id]) for one in hearing if not one.stopped]
        left = set(running)
        while left and not stop.is_set():
            left = wait(left, timeout=0.2).not_done
        if left and wait(left, timeout=_GRACE).not_done:
            senders.kill()
    done = [one.result() for one in running]
    return Delivered(
        sum(messages for messages, _ in done), [failure for _, failure in done if failure is not None]
    )


class _Rounds:
    """Sends recipients their messages, each one's until one fails."""

    def __init__(
        self,
        store: Store,
        senders: Senders,
        clock: Callable[[], datetime],
        stop: threading.Event,
        under_way: UnderWay,
    ) -> None:
        self._store, self._senders, self._clock = store, senders, clock
        self._stop, self._under_way = stop, under_way

    def run(self, to: Recipient, parcels: Sequence[str]) -> tuple[int, Failure | None]:
        """Return how many messages were taken, and the failure that ended it."""
        pace, sent = limits_of(to.url).pace, 0
        with self._senders.one() as sender:
            for parcel in parcels:
                if self._stop.is_set() or (sent and self._stop.wait(pace)):
                    break
                taken, failure = self._send(sender, to, parcel)
                sent += taken
                if failure is not None:
                    return sent, failure
        return sent, None

    def _send(self, sender: Sender, to: Recipient, parcel: str) -> tuple[int, Failure | None]:
        if not sender.ready(to.url) and self._stop.is_set():
            return 0, None
        now = self._clock()
        claimed = claim(self._store, parcel, now)
        if claimed is None:
            return 0, None
        self._under_way.begin(to.id, now)
        try:
            refusal = sender.send(to.url, claimed.title, claimed.body, now)
        finally:
            self._under_way.end(to.id)
        if refusal is None:
            mark_delivered(self._store, parcel, self._clock())
            return 1, None
        if refusal.reason == STOPPED:
            # Not the recipient's fault, and perhaps taken: the claim runs out.
            return 0, None
        mark_failed(self._store, claimed, refusal.reason, self._clock())
        if refusal.permanent:
            stop_recipient(self._store, to, refusal.reason)
        return 0, Failure(to.id, *refusal)


def unsent(store: Store) -> Unsent:
    """Tell what the outbox still holds."""
    held = standings(store)
    recipients = read_recipients(store)
    failures = [
        Failure(number, one.last_error or "", number in recipients and recipients[number].stopped is not None)
        for number, one in sorted(held.items())
        if one.failing
    ]
    return Unsent(sum(one.waiting for one in held.values()), failures)


def try_recipient(store: Store, sender: Sender, one: Recipient, now: datetime) -> Words | None:
    """Send a test message; a recipient that was stopped and takes it is sent reminders again."""
    refusal = sender.send(one.url, _TITLE.pick(one.language), _BODY.pick(one.language), now)
    if refusal is not None:
        return told(refusal.reason)
    if one.stopped is not None:
        resume_recipient(store, one.id)
    return None
