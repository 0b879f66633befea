"""The outbox: at least once, growing pauses, nobody held up."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from ledger.delivery.outbox import (
    CLAIM,
    PATIENCE,
    PAUSES,
    SKEW,
    Fate,
    Parcel,
    Standing,
    claim,
    enqueue,
    fates,
    forget,
    mark_delivered,
    mark_failed,
    standings,
    waiting,
)
from ledger.delivery.transports.process import TOTAL_SECONDS
from ledger.store.event_store import Store
from ledger.store.sql.connections import LOCK_SECONDS
from tests.ledger.store.drafts import NOW, drafts

SECOND = timedelta(seconds=1)


def put(store: Store, *parcels: Parcel, now: datetime = NOW) -> list[str]:
    with store.appending(now) as appender:
        enqueue(appender, parcels, now)
    return [name for names in waiting(store, now + timedelta(hours=1)).values() for name in names]


def texts(store: Store) -> list[tuple[str, str]]:
    with store.transaction() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT title, body FROM deliveries")]


def parcel(recipient: int = 1, *reminders: str) -> Parcel:
    return Parcel(recipient, "支部提醒", "还缺 1 次", reminders or ("r1",))


def test_a_parcel_waits_until_it_is_delivered_and_then_forgets_its_text(store: Store) -> None:
    (name,) = put(store, parcel())
    claimed = claim(store, name, NOW)
    assert claimed is not None
    assert claimed == (name, 1, "支部提醒", "还缺 1 次", 1, NOW)
    mark_delivered(store, name, NOW + SECOND)
    assert waiting(store, NOW + PATIENCE) == {}
    assert claim(store, name, NOW + PATIENCE) is None
    assert fates(store, ["r1", "r2"]) == {"r1": [Fate(1, NOW + SECOND, None, 1, None)]}
    assert texts(store) == [("", "")]


def test_parcels_and_events_are_written_together_or_not_at_all(store: Store) -> None:
    with suppress(KeyError), store.appending(NOW) as appender:
        appender.append(drafts(1))
        enqueue(appender, [parcel()], NOW)
        raise KeyError
    assert (store.head().position, waiting(store, NOW)) == (0, {})


@pytest.mark.parametrize("count", [1, 25, 700])
def test_any_number_of_parcels_is_put_in(store: Store, count: int) -> None:
    names = put(store, *(parcel(n, f"r{n}", f"s{n}") for n in range(count)))
    assert len(set(names)) == count
    told = fates(store, [f"r{n}" for n in range(count)])
    assert {reminder: fate[0].recipient for reminder, fate in told.items()} == {
        f"r{n}": n for n in range(count)
    }


def test_parts_of_a_digest_come_in_their_order_after_older_parcels(store: Store) -> None:
    put(store, *(Parcel(1, f"{n}", "", ["r1"]) for n in range(30)), now=NOW + SECOND)
    put(store, Parcel(1, "first", "", ["r1"]))
    claimed = [claim(store, name, NOW + SECOND) for name in waiting(store, NOW + SECOND)[1]]
    assert [one.title for one in claimed if one] == ["first", *(f"{n}" for n in range(30))]


def test_what_waits_for_a_recipient_that_is_no_more_is_dropped(store: Store) -> None:
    put(store, parcel(1), parcel(2))
    forget(store, 1)
    assert list(waiting(store, NOW)) == [2]


def test_a_claimed_parcel_is_nobody_elses_until_the_claim_is_over(store: Store) -> None:
    (name,) = put(store, parcel())
    assert claim(store, name, NOW)
    assert claim(store, name, NOW + CLAIM - SECOND) is None
    assert waiting(store, NOW + CLAIM - SECOND) == {}
    again = claim(store, name, NOW + CLAIM)
    assert again is not None
    assert again.attempts == 2


@pytest.mark.parametrize("apart", [-SKEW, -SECOND, SECOND, SKEW])
def test_a_claim_holds_on_machines_whose_clocks_go_apart(store: Store, apart: timedelta) -> None:
    """A second between two clocks must not let both send."""
    (name,) = put(store, parcel(), now=NOW - 2 * SKEW)
    assert claim(store, name, NOW)
    taken = claim(store, name, NOW + apart)
    # One whose clock is far ahead takes it for left behind by a sender that died.
    assert (taken is None) == (apart < CLAIM)


def test_a_claim_outlives_every_wait_of_its_sender() -> None:
    """The lock waited for twice, the message, and the second in which its process is ended."""
    assert timedelta(seconds=2 * LOCK_SECONDS + TOTAL_SECONDS + 1) < CLAIM


def test_of_many_who_claim_at_once_one_gets_it(store: Store) -> None:
    (name,) = put(store, parcel())
    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(lambda _: claim(store, name, NOW), range(24)))
    assert sum(one is not None for one in claimed) == 1


def test_failures_are_followed_by_growing_pauses_up_to_a_day(store: Store) -> None:
    (name,) = put(store, parcel())
    at, pauses = NOW, []
    for _ in range(9):
        claimed = claim(store, name, at)
        assert claimed is not None
        again = mark_failed(store, claimed, "HTTP 500", at)
        assert again is not None
        assert claim(store, name, again - SECOND) is None
        pauses.append(again - at)
        at = again
    assert tuple(pauses) == (*PAUSES, PAUSES[-1], PAUSES[-1])
    assert standings(store) == {1: Standing(1, 1, 0, 9, "HTTP 500", None)}


def test_a_month_old_parcel_is_given_up_and_shown_as_such(store: Store) -> None:
    (name,) = put(store, parcel())
    claimed = claim(store, name, NOW + PATIENCE)
    assert claimed is not None
    assert mark_failed(store, claimed, "HTTP 500", NOW + PATIENCE) is None
    assert waiting(store, NOW + 2 * PATIENCE) == {}
    assert standings(store) == {1: Standing(0, 0, 1, 0, "HTTP 500", None)}
    assert texts(store) == [("", "")]
    assert fates(store, ["r1"]) == {"r1": [Fate(1, None, None, 1, "HTTP 500")]}


def test_a_failing_recipient_has_its_other_parcels_wait_and_nobody_elses(store: Store) -> None:
    put(store, parcel(1, "r1"), parcel(1, "r2"), parcel(2, "r1"))
    first = waiting(store, NOW)[1][0]
    claimed = claim(store, first, NOW)
    assert claimed is not None
    mark_failed(store, claimed, "HTTP 500", NOW)
    assert list(waiting(store, NOW)) == [2]
    assert len(waiting(store, NOW + PAUSES[0])[1]) == 2


def test_pauses_and_claims_of_before_the_clock_was_set_back_hold_nothing_up(store: Store) -> None:
    later = NOW + timedelta(days=40)
    failed, claimed = put(store, parcel(1), parcel(2), now=later)
    one = claim(store, failed, later)
    assert one is not None
    mark_failed(store, one, "HTTP 500", later)
    assert claim(store, claimed, later)
    assert sorted(waiting(store, NOW)) == [1, 2]
    assert claim(store, failed, NOW)
    assert claim(store, claimed, NOW)


def test_what_was_delivered_last_is_told(store: Store) -> None:
    first, second = put(store, parcel(), parcel())
    for name, at in ((first, NOW), (second, NOW + SECOND)):
        assert claim(store, name, at)
        mark_delivered(store, name, at)
    assert standings(store) == {1: Standing(0, 0, 0, 0, None, NOW + SECOND)}
