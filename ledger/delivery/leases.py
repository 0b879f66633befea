"""Turns: of several programs on one ledger, whose turn it is, for a while.

In: a name, a holder, the instant. Out: whether the holder has the lease now. Deliberately absent: the clock,
and any harm where two think they hold it (clocks may differ): what is done under a lease must be safe twice.

A holder that dies lets its lease run out. A lease that lasts longer than any is given was written before a
clock was set back, and counts as run out.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, text

from ledger.store.codec import instant_text, parse_instant
from ledger.store.database_faults import in_our_words
from ledger.store.event_store import Store
from ledger.store.tables import leases

_TAKE = text(
    "INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    " WHERE leases.holder = :holder OR leases.until <= :now OR leases.until > :longest"
)


def take_lease(store: Store, name: str, holder: str, now: datetime, span: timedelta) -> bool:
    """Take a lease, or keep it, until `span` from now; return False where another holds it."""
    until = instant_text(now + span)
    values = {"name": name, "holder": holder, "until": until, "now": instant_text(now), "longest": until}
    with store.transaction() as connection:
        return connection.execute(_TAKE, values).rowcount == 1


def release_lease(store: Store, name: str, holder: str) -> None:
    """Let go of a lease, so that another need not wait; does nothing where another holds it."""
    with store.transaction() as connection:
        connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))


def lease_holder(store: Store, name: str) -> tuple[str, datetime] | None:
    """Return who took the lease last and until when, None where nobody has it."""
    with in_our_words(store.url), store.engine.connect() as connection:
        row = connection.execute(leases.select().where(leases.c.name == name)).first()
    return None if row is None else (row.holder, parse_instant(row.until))
