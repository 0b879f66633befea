"""Turns of several programs on one ledger."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from ledger.delivery.leases import lease_holder, release_lease, take_lease
from ledger.store.event_store import Store
from tests.ledger.store.drafts import NOW

SPAN = timedelta(seconds=30)


def test_a_lease_has_one_holder_until_it_runs_out(store: Store) -> None:
    assert take_lease(store, "sweep", "one", NOW, SPAN)
    assert not take_lease(store, "sweep", "two", NOW + SPAN / 2, SPAN)
    assert take_lease(store, "sweep", "one", NOW + SPAN / 2, SPAN)
    assert not take_lease(store, "sweep", "two", NOW + SPAN, SPAN)
    assert take_lease(store, "sweep", "two", NOW + 2 * SPAN, SPAN)
    assert lease_holder(store, "sweep") == ("two", NOW + 3 * SPAN)


def test_leases_of_other_names_are_other_leases(store: Store) -> None:
    assert take_lease(store, "sweep", "one", NOW, SPAN)
    assert take_lease(store, "else", "two", NOW, SPAN)
    assert lease_holder(store, "none") is None


def test_a_lease_that_was_let_go_is_free_at_once_and_another_holders_is_not(store: Store) -> None:
    assert take_lease(store, "sweep", "one", NOW, SPAN)
    release_lease(store, "sweep", "two")
    assert not take_lease(store, "sweep", "two", NOW, SPAN)
    release_lease(store, "sweep", "one")
    assert take_lease(store, "sweep", "two", NOW, SPAN)


def test_a_lease_taken_before_the_clock_was_set_back_holds_nobody_up(store: Store) -> None:
    assert take_lease(store, "sweep", "one", NOW + timedelta(days=1), SPAN)
    assert take_lease(store, "sweep", "two", NOW, SPAN)


def test_of_many_who_ask_at_once_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: take_lease(store, "sweep", f"{n}", NOW, SPAN), range(24)))
    assert taken.count(True) == 1
