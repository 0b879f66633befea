"""Events that claim something by their id: the first one wins, whatever the others say."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ledger.errors import Refused
from ledger.events import Event, parse_event
from ledger.intake.batch import record_new
from ledger.store.append import Appender
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from tests.ledger.intake.said import KNOWN, NOW, TODAY, log, registered, said

IDS = [f"dddddddd-0000-5000-8000-{number:012d}" for number in range(6_000)]


@pytest.fixture(autouse=True)
def _registered(store: Store) -> None:
    log(store, registered())


def raised(number: int, missing: str = "1") -> Event:
    payload: dict[str, Any] = {"rubric": "form-001", "clause": "6.1", "obligation": "o", "rung": "lead"}
    payload |= {"due_on": "2019-03-31", "missing": missing}
    return parse_event(said("reminder_raised", payload, id=IDS[number]))


def claims(store: Store, *events: Event, **changes: Any) -> list[Recorded]:
    given = {"now": NOW, "today": TODAY, "known": KNOWN, "own": True, **changes}
    return record_new(store, lambda _: events, **given)


def test_only_what_was_not_there_is_recorded_and_returned(store: Store) -> None:
    assert [one.id for one in claims(store, raised(1), raised(2))] == [IDS[1], IDS[2]]
    assert [one.id for one in claims(store, raised(2, "7"), raised(3), raised(3))] == [IDS[3]]
    assert claims(store, raised(1), raised(3)) == []
    stored = store.find(IDS[2])
    assert stored is not None
    assert stored.payload()["missing"] == "1"
    assert store.held(IDS) == {IDS[1], IDS[2], IDS[3]}


def test_thousands_are_claimed_in_one_go(store: Store) -> None:
    assert len(claims(store, *map(raised, range(6_000)))) == 6_000
    assert store.held([*IDS, "absent"]) == set(IDS)
    assert claims(store, *map(raised, range(6_000))) == []


def test_of_many_who_claim_at_once_each_claim_has_one_winner(store: Store) -> None:
    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(lambda n: claims(store, *(raised(k, f"{n}") for k in range(20))), range(12)))
    assert sorted(one.id for each in won for one in each) == IDS[:20]


def test_what_is_written_beside_goes_the_way_of_the_claims(store: Store) -> None:
    told: list[list[str]] = []

    def beside(appender: Appender, recorded: Any) -> None:
        told.append([one.id for one in recorded])
        appender.write_beside(store.statements.bundles, [("d1", one.id) for one in recorded])

    claims(store, raised(1), beside=beside)
    claims(store, raised(1), beside=beside)
    assert told == [[IDS[1]]]

    def fail(appender: Appender, recorded: Any) -> None:
        beside(appender, recorded)
        raise KeyError

    with pytest.raises(KeyError):
        claims(store, raised(2), beside=fail)
    assert store.held(IDS) == {IDS[1]}
    with store.transaction() as connection:
        assert connection.exec_driver_sql("SELECT reminder FROM bundles").scalars().all() == [IDS[1]]


def test_claims_are_chosen_when_nobody_else_can_append_any_more(store: Store) -> None:
    def choose(appender: Appender) -> list[Event]:
        return [raised(n) for n in (1, 2) if IDS[n] not in appender.held(IDS)]

    claims(store, raised(1))
    won = record_new(store, choose, now=NOW, today=TODAY, known=KNOWN, own=True)
    assert [one.id for one in won] == [IDS[2]]


def test_claims_are_checked_like_every_event(store: Store) -> None:
    with pytest.raises(Refused, match="raised by `zhibu remind`"):
        claims(store, raised(1), own=False)
    with pytest.raises(ValueError, match="needs an id"):
        claims(store, raised(1).model_copy(update={"id": None}))
    assert store.head().position == 1
