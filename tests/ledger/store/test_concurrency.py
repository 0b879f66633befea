"""Many writers and a reader at once, and a writer that is killed."""

import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress

import pytest

from ledger.store.event_store import Store
from tests.forked import CONTEXT
from tests.ledger.store.drafts import NOW, draft
from tests.ledger.store.writers import BATCH, write, write_for_ever

WRITERS = 5
ROUNDS = 10


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(WRITERS, mp_context=CONTEXT) as executor:
        yield executor


def test_five_writers_and_a_tailing_reader_lose_double_and_skip_nothing(
    store: Store, pool: ProcessPoolExecutor
) -> None:
    writing = [pool.submit(write, store.url, number, ROUNDS) for number in range(WRITERS)]
    tailed = list(store.read())
    done = False
    while not done:
        done = all(future.done() for future in writing)
        tailed += store.read(after=len(tailed))
        assert tailed == [] or tailed[-1].position == len(tailed)
    confirmed = [future.result() for future in writing]

    assert [row.position for row in tailed] == list(range(1, len(tailed) + 1))
    assert sorted(row.id for row in tailed) == sorted(one for ids in confirmed for one in ids)
    for number, ids in enumerate(confirmed):
        assert [row.id for row in tailed if row.recorded_by == f"writer{number}"] == ids
    streams: dict[str, list[int]] = {}
    for row in tailed:
        streams.setdefault(row.branch, []).append(row.version)
    assert all(versions == list(range(1, len(versions) + 1)) for versions in streams.values())
    instants = [row.recorded_at for row in tailed]
    assert instants == sorted(instants)
    assert tailed == list(store.read())
    assert store.verify().head == store.head()


def test_a_writer_that_is_killed_leaves_whole_batches_and_all_that_was_confirmed(store: Store) -> None:
    chance = random.Random(7)
    for _ in range(3):
        before = store.head().position
        heard, told_by = CONTEXT.Pipe(duplex=False)
        writer = CONTEXT.Process(target=write_for_ever, args=(store.url, told_by))
        writer.start()
        told_by.close()
        told = [heard.recv()]
        time.sleep(chance.uniform(0, 0.1))
        writer.kill()
        writer.join()
        with suppress(EOFError):
            while True:
                told.append(heard.recv())
        assert writer.exitcode == -signal.SIGKILL
        wait_for_the_lock(store)
        position = store.head().position
        assert position >= told[-1]
        assert (position - before) % BATCH == 0
        assert store.verify().head.position == position
    with store.appending(NOW) as appender:
        assert appender.append([draft(1)])[0].position == position + 1


def wait_for_the_lock(store: Store) -> None:
    """A server may still be finishing what a killed client had sent."""
    with store.appending(NOW):
        pass
