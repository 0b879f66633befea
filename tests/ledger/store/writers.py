"""Writers in processes of their own, for the tests of what happens when many write and some are killed."""

import random
import uuid
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from ledger.errors import VersionConflict
from ledger.store.codec import Draft
from ledger.store.event_store import Store

SHARED = 3
BATCH = 40


def make(branch: str, writer: str) -> Draft:
    return Draft(str(uuid.uuid4()), branch, "meeting_held", 1, "2019-03-12", None, '{"kind":"study"}', writer)


def write(url: str, number: int, rounds: int) -> list[str]:
    """Append batches to a stream of one's own and to shared ones; return the ids that were confirmed."""
    chance = random.Random(number)
    confirmed: list[str] = []
    with Store.open(url) as store:
        for _ in range(rounds):
            shared = f"shared{chance.randrange(SHARED)}"
            batch = [
                make(chance.choice([shared, f"own{number}"]), f"writer{number}")
                for _ in range(chance.choice([1, 1, 2, 30]))
            ]
            with store.appending(datetime.now(UTC)) as appender:
                appender.append(batch)
            confirmed += [draft.id for draft in batch]
            # Read, think, append if nobody was quicker: the way of a client that has seen a version.
            seen = sum(1 for _ in store.read(branch=shared))
            draft = make(shared, f"writer{number}")
            try:
                with store.appending(datetime.now(UTC)) as appender:
                    appender.append([draft], expected={shared: seen})
                confirmed.append(draft.id)
            except VersionConflict as conflict:
                if conflict.found <= seen:
                    raise
    return confirmed


def write_for_ever(url: str, told: Connection) -> None:
    """Append batch after batch, telling each confirmed head, until killed."""
    with Store.open(url) as store:
        while True:
            with store.appending(datetime.now(UTC)) as appender:
                appender.append([make("b1", "doomed") for _ in range(BATCH)])
            told.send(appender.head.position)
