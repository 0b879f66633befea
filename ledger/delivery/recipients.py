"""Who hears reminders: addresses, and for which branches and rungs each wants to hear.

In: Apprise URLs and the address of a robot as its chat shows it. Out: recipients by number. Deliberately
absent: what a URL means and how it is shown (the door that delivers knows); reminders (`outbox`).

A URL holds a secret. It lies in the ledger's database, outside the log, its hashes and its exports, and
leaves this module only for delivering. Removing a recipient overwrites it in an SQLite file.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import delete, insert, select, text, update

from ledger.events.vocabularies.papers import RUNGS
from ledger.store.codec import instant_text
from ledger.store.event_store import Store
from ledger.store.sql.connections import is_sqlite
from ledger.store.sql.database_faults import in_our_words
from ledger.store.sql.tables import deliveries, recipients, subscriptions
from ledger.words import Language

LONGEST_URL = 2_000
"""Bytes; longer ones cannot be told apart by an index."""

_ADD = text(
    "INSERT INTO recipients (url, language, added_at) VALUES (:url, :language, :at)"
    " ON CONFLICT (url) DO UPDATE SET language = excluded.language, stopped = NULL RETURNING id"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address. `wants`: the rungs that it hears of, by branch. `repr` leaves the URL out.

    `stopped`: the reason for which no later try would help; it is sent nothing until it is added again or
    takes a test message.
    """

    id: int
    url: str
    language: Language
    wants: Mapping[str, Sequence[str]]
    stopped: str | None = None

    def __repr__(self) -> str:
        return f"Recipient(id={self.id})"


def add_recipient(
    store: Store,
    url: str,
    branches: Collection[str],
    rungs: Sequence[str],
    language: Language,
    now: datetime,
) -> int:
    """Have an address hear some rungs of some branches; return its number.

    An address that is there already keeps its number, what it hears of other branches, and takes the new
    language; of these branches it hears the new rungs instead of the old. One that was tried no more is tried
    again.
    """
    with store.transaction() as connection:
        values = {"url": url, "language": language, "at": instant_text(now)}
        # The row is locked from here on, so that two programs that add one address do so in turn.
        number = connection.execute(_ADD, values).scalar_one()
        mine = subscriptions.c.recipient == number
        connection.execute(delete(subscriptions).where(mine, subscriptions.c.branch.in_(branches)))
        rows = [{"recipient": number, "branch": b, "rung": r} for b in set(branches) for r in set(rungs)]
        connection.execute(insert(subscriptions), rows)
    return int(number)


def remove_recipient(store: Store, number: int, branches: Collection[str] | None = None) -> bool:
    """Stop an address from hearing some branches, or anything at all; return whether it was there.

    An address that hears nothing any more is forgotten with what was on its way to it.
    """
    with store.transaction() as connection:
        if is_sqlite(store.address):
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        there = connection.execute(select(recipients.c.id).where(recipients.c.id == number)).first()
        if there is None:
            return False
        mine = subscriptions.c.recipient == number
        named = mine if branches is None else mine & subscriptions.c.branch.in_(branches)
        removed = connection.execute(delete(subscriptions).where(named)).rowcount
        if connection.execute(select(subscriptions.c.branch).where(mine).limit(1)).first() is None:
            waiting = deliveries.c.next_attempt_at.is_not(None)
            connection.execute(delete(deliveries).where(deliveries.c.recipient == number, waiting))
            connection.execute(delete(recipients).where(recipients.c.id == number))
            return True
    return bool(removed)


def read_recipients(store: Store) -> dict[int, Recipient]:
    """Return every recipient by number."""
    with in_our_words(store.url), store.engine.connect() as connection:
        wanted = connection.execute(select(subscriptions)).all()
        rows = connection.execute(select(recipients).order_by(recipients.c.id)).all()
    wants: dict[int, dict[str, list[str]]] = {}
    ladder = list(RUNGS)
    for number, branch, rung in sorted(wanted, key=lambda row: (row[0], row[1], ladder.index(row[2]))):
        wants.setdefault(number, {}).setdefault(branch, []).append(rung)
    return {
        row.id: Recipient(row.id, row.url, cast("Language", row.language), wants.get(row.id, {}), row.stopped)
        for row in rows
    }


def stop_recipient(store: Store, recipient: Recipient, reason: str) -> None:
    """Try an address no more, for a reason that holds no secret; does nothing where it was changed
    meanwhile.
    """
    same = (recipients.c.id == recipient.id) & (recipients.c.url == recipient.url)
    with store.transaction() as connection:
        connection.execute(update(recipients).where(same).values(stopped=reason))


def resume_recipient(store: Store, number: int) -> None:
    """Try an address again."""
    with store.transaction() as connection:
        connection.execute(update(recipients).where(recipients.c.id == number).values(stopped=None))
