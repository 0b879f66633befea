"""The outbox: what is on its way to recipients, beside the log.

In: parcels, written in the very transaction that records the reminders they tell of; later, what became of
sending them. Out: what is to be sent now. Deliberately absent: sending, composing, the clock.

A parcel is sent at least once: who sends it claims it for two minutes and marks it when it was delivered;
where the sender dies in between, another claims it when they are over. Failures are followed by growing
pauses; after a month a parcel is given up. A claim or a pause that lasts longer than any is given, by a clock
that goes some minutes wrong, was written before a clock was set back, and counts as over.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from ledger.intake.ready import fresh_id
from ledger.store.append import Appender
from ledger.store.codec import instant_text, parse_instant
from ledger.store.event_store import Store
from ledger.store.sql.database_faults import in_our_words
from ledger.store.sql.tables import bundles, deliveries

CLAIM = timedelta(seconds=120)
"""How long a parcel is its sender's: longer than the half minute to get the database's lock, the half minute
that the message may take, and the half minute to get the lock again and mark it."""
SKEW = timedelta(minutes=10)
"""How far the clocks of two machines that share a ledger may go apart."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""How long to wait after the first failure, the second, …; the last one from then on."""
PATIENCE = timedelta(days=31)
"""How old a parcel may become; a reminder of that age helps nobody."""

_CHUNK = 500


class Parcel(NamedTuple):
    """One message to one recipient. `reminders`: the ids it tells of."""

    recipient: int
    title: str
    body: str
    reminders: Sequence[str]


class Claimed(NamedTuple):
    """A parcel that is this program's to send now; `attempts` counts this one."""

    id: str
    recipient: int
    title: str
    body: str
    attempts: int
    created_at: datetime


class Fate(NamedTuple):
    """What became of telling one recipient of one reminder; `next_attempt_at` is None when all is over."""

    recipient: int
    delivered_at: datetime | None
    next_attempt_at: datetime | None
    attempts: int
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a recipient stands: parcels waiting, those of them that failed already, those given up."""

    waiting: int
    failing: int
    given_up: int
    attempts: int
    last_error: str | None
    last_delivered_at: datetime | None


def enqueue(appender: Appender, parcels: Sequence[Parcel], now: datetime) -> None:
    """Put parcels into the outbox, in the appender's transaction; those of one recipient stay in order."""
    before: dict[int, int] = {}
    named = []
    for parcel in parcels:
        place = before[parcel.recipient] = before.get(parcel.recipient, 0) + 1
        # Ids begin with their instant: those of one recipient shall sort as its parcels come.
        named.append((fresh_id(now + timedelta(milliseconds=place)), parcel))
    at = instant_text(now)
    appender.write_beside(
        appender.statements.deliveries,
        [(name, parcel.recipient, at, parcel.title, parcel.body, 0, at) for name, parcel in named],
    )
    appender.write_beside(
        appender.statements.bundles,
        [(name, reminder) for name, parcel in named for reminder in parcel.reminders],
    )


def waiting(store: Store, now: datetime) -> dict[int, list[str]]:
    """Return the ids of the parcels that may be sent now, by recipient, oldest first."""
    query = select(deliveries.c.recipient, deliveries.c.id).where(_open(now))
    found: dict[int, list[str]] = {}
    with in_our_words(store.url), store.engine.connect() as connection:
        for recipient, name in connection.execute(query.order_by(deliveries.c.created_at, deliveries.c.id)):
            found.setdefault(recipient, []).append(name)
    return found


def forget(store: Store, recipient: int) -> None:
    """Drop what is on its way to a recipient that is no more."""
    unsent = deliveries.c.next_attempt_at.is_not(None)
    with store.transaction() as connection:
        connection.execute(delete(deliveries).where(deliveries.c.recipient == recipient, unsent))


def claim(store: Store, parcel: str, now: datetime) -> Claimed | None:
    """Take a parcel for sending; None where another program has it, or sent it."""
    taking = (
        update(deliveries)
        .where(deliveries.c.id == parcel, _open(now))
        .values(attempts=deliveries.c.attempts + 1, claimed_until=instant_text(now + CLAIM))
        .returning(*(deliveries.c[name] for name in Claimed._fields))
    )
    with store.transaction() as connection:
        row = connection.execute(taking).first()
    if row is None:
        return None
    name, recipient, title, body, attempts, created_at = row
    return Claimed(name, recipient, title, body, attempts, parse_instant(created_at))


def mark_delivered(store: Store, parcel: str, now: datetime) -> None:
    """Mark a parcel as delivered; its text is forgotten.

    What was delivered once stays so, whoever fails at it.
    """
    done = {"delivered_at": instant_text(now), "next_attempt_at": None, "title": "", "body": ""}
    mine = (deliveries.c.id == parcel) & deliveries.c.delivered_at.is_(None)
    _mark(store, mine, {**done, "claimed_until": None, "last_error": None})


def mark_failed(store: Store, claimed: Claimed, error: str, now: datetime) -> datetime | None:
    """Mark an attempt as failed, with a text that holds no secret; return when to try again, None: never.

    The recipient's other parcels wait at least as long. Does nothing where another program has taken the
    parcel since, or delivered it.
    """
    pause = PAUSES[min(claimed.attempts, len(PAUSES)) - 1]
    again = None if now - claimed.created_at >= PATIENCE else now + pause
    text = None if again is None else instant_text(again)
    over: dict[str, str | None] = {"title": "", "body": ""} if again is None else {}
    c = deliveries.c
    mine = (c.id == claimed.id) & (c.attempts == claimed.attempts) & c.delivered_at.is_(None)
    _mark(store, mine, {"next_attempt_at": text, "claimed_until": None, "last_error": error, **over})
    if text is not None:
        others = update(deliveries).where(deliveries.c.recipient == claimed.recipient, _open(now))
        with store.transaction() as connection:
            connection.execute(others.values(next_attempt_at=text))
    return again


def give_up(store: Store, now: datetime) -> None:
    """Give up what has waited for longer than helps anybody, that of recipients tried no more included."""
    c = deliveries.c
    old = c.next_attempt_at.is_not(None) & (c.created_at < instant_text(now - PATIENCE)) & _unclaimed(now)
    with in_our_words(store.url), store.engine.connect() as connection:
        if connection.execute(select(c.id).where(old).limit(1)).first() is None:
            return
    _mark(store, old, {"next_attempt_at": None, "claimed_until": None, "title": "", "body": ""})


def standings(store: Store) -> dict[int, Standing]:
    """Return how every recipient stands that was ever sent anything."""
    pending = deliveries.c.next_attempt_at.is_not(None)
    failed = deliveries.c.last_error.is_not(None)
    counts = select(
        deliveries.c.recipient,
        func.count().filter(pending),
        func.count().filter(pending, failed),
        func.count().filter(~pending, deliveries.c.delivered_at.is_(None)),
        func.max(deliveries.c.attempts).filter(pending),
        func.max(deliveries.c.delivered_at),
    ).group_by(deliveries.c.recipient)
    errors = select(deliveries.c.recipient, deliveries.c.last_error).where(failed)
    with in_our_words(store.url), store.engine.connect() as connection:
        last = dict(connection.execute(errors.order_by(deliveries.c.created_at)).all())
        counted = connection.execute(counts).all()
    return {
        recipient: Standing(open_, failing, given_up, attempts or 0, last.get(recipient), _instant(delivered))
        for recipient, open_, failing, given_up, attempts, delivered in counted
    }


def fates(store: Store, reminders: Collection[str]) -> dict[str, list[Fate]]:
    """Return what became of telling of these reminders, by reminder."""
    found: dict[str, list[Fate]] = {}
    asked = sorted(set(reminders))
    both = bundles.join(deliveries, deliveries.c.id == bundles.c.delivery)
    columns = [bundles.c.reminder, *(deliveries.c[name] for name in Fate._fields)]
    with in_our_words(store.url), store.engine.connect() as connection:
        for start in range(0, len(asked), _CHUNK):
            chunk = asked[start : start + _CHUNK]
            query = select(*columns).select_from(both).where(bundles.c.reminder.in_(chunk))
            for row in connection.execute(query.order_by(deliveries.c.recipient)):
                fate = Fate(row[1], _instant(row[2]), _instant(row[3]), row[4], row[5])
                found.setdefault(row[0], []).append(fate)
    return found


def _open(now: datetime) -> ColumnElement[bool]:
    """What may be sent now: its pause is over, and nobody has it."""
    c, text = deliveries.c, instant_text(now)
    longest_pause = instant_text(now + PAUSES[-1] + SKEW)
    return and_(or_(c.next_attempt_at <= text, c.next_attempt_at > longest_pause), _unclaimed(now))


def _unclaimed(now: datetime) -> ColumnElement[bool]:
    held = deliveries.c.claimed_until
    return or_(held.is_(None), held <= instant_text(now), held > instant_text(now + CLAIM + SKEW))


def _mark(store: Store, which: ColumnElement[bool], values: dict[str, str | None]) -> None:
    with store.transaction() as connection:
        connection.execute(update(deliveries).where(which).values(values))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)
