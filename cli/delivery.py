"""Sending what the outbox holds.

In: an open ledger, a clock, a way to be told to stop. Out: what was delivered, and who did not take it.
Deliberately absent: what is said (`digests`), how a service is spoken to (`channels`), when (`schedule`).

Recipients are sent to side by side, each one's messages in their order and at its service's pace, so that one
that answers slowly or not at all holds up nobody but itself.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from cli.channels import limits_of, send, warm_up

if TYPE_CHECKING:
    from ledger.delivery.recipients import Recipient
    from ledger.store.event_store import Store

_SIDE_BY_SIDE = 8


class Failure(NamedTuple):
    """A recipient that did not take a message, and why (`channels.told` says it in words)."""

    recipient: int
    reason: str


class Delivered(NamedTuple):
    """How many messages were delivered, and who failed."""

    messages: int
    failures: Sequence[Failure]


def deliver(store: "Store", clock: Callable[[], datetime], stop: threading.Event) -> Delivered:
    """Send every message that may be sent now.

    1. Look up what waits, by recipient.
    2. For each message: claim it, for a minute, so that no other program sends it; send it; mark it sent,
       or failed with the next attempt after a pause. A failure ends this round for its recipient.
    3. Where `stop` is set, finish what is being sent and leave the rest to the next.

    A program that dies between sending and marking leaves a message that is sent once more: at least once.
    """
    from ledger.delivery.outbox import forget, waiting
    from ledger.delivery.recipients import read_recipients

    pending = waiting(store, clock())
    if not pending:
        return Delivered(0, [])
    recipients = read_recipients(store)
    for number in pending.keys() - recipients.keys():
        forget(store, number)
    known = [recipients[number] for number in pending if number in recipients]
    if known:
        warm_up(known[0].url)
    with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="delivery") as pool:
        rounds = pool.map(lambda one: _send_all(store, one, pending[one.id], clock, stop), known)
        done = list(rounds)
    return Delivered(
        sum(messages for messages, _ in done), [failure for _, failure in done if failure is not None]
    )


class Unsent(NamedTuple):
    """How many messages wait, and whose last one was not taken: those in their pause among them."""

    waiting: int
    failures: Sequence[Failure]


def unsent(store: "Store") -> Unsent:
    """Tell what the outbox still holds."""
    from ledger.delivery.outbox import standings

    held = standings(store)
    failures = [Failure(number, one.last_error or "") for number, one in sorted(held.items()) if one.failing]
    return Unsent(sum(one.waiting for one in held.values()), failures)


def _send_all(
    store: "Store",
    recipient: "Recipient",
    parcels: Sequence[str],
    clock: Callable[[], datetime],
    stop: threading.Event,
) -> tuple[int, Failure | None]:
    """Send one recipient's messages until one fails."""
    from ledger.delivery.outbox import claim, mark_delivered, mark_failed

    pace, sent = limits_of(recipient.url).pace, 0
    for parcel in parcels:
        if stop.is_set() or (sent and stop.wait(pace)):
            break
        claimed = claim(store, parcel, clock())
        if claimed is None:
            continue
        reason = send(recipient.url, claimed.title, claimed.body, clock())
        if reason is not None:
            mark_failed(store, claimed, reason, clock())
            return sent, Failure(recipient.id, reason)
        mark_delivered(store, parcel, clock())
        sent += 1
    return sent, None
