"""Accounts, passwords, secrets and visits, on both databases."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from ledger.access import accounts, passwords, secrets, tokens, visits
from ledger.access.actors import Grant
from ledger.errors import Refused
from ledger.store.event_store import Store
from tests.ledger.access.committee import NOW, register_all
from tests.program import ROOT


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with Store.open(request.getfixturevalue(request.param)) as opened:
        register_all(opened)
        yield opened


SECRETARY = [Grant("secretary", "b1")]
BOTH = [Grant("department", "b1"), Grant("secretary", "b1")]
PASSWORD = "four words and more"


def test_an_invite_becomes_a_password_once_and_ends_after_seven_days(store: Store) -> None:
    invite = accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    late = NOW + timedelta(days=7, seconds=1)
    assert accounts.choose_password(store, invite, PASSWORD, late) is None
    assert accounts.choose_password(store, invite, PASSWORD, NOW + timedelta(days=6)) == "zhang"
    assert accounts.choose_password(store, invite, PASSWORD, NOW + timedelta(days=6)) is None
    kept = accounts.password_of(store, "zhang")
    assert passwords.is_right(kept, PASSWORD)
    assert not passwords.is_right(kept, PASSWORD + "x")
    assert not passwords.is_right(None, PASSWORD)


@pytest.mark.parametrize("password", ["short", "x" * 1_025])
def test_a_password_too_short_or_too_long_is_refused_and_the_invite_holds(
    store: Store, password: str
) -> None:
    invite = accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    with pytest.raises(Refused):
        accounts.choose_password(store, invite, password, NOW)
    assert accounts.choose_password(store, invite, PASSWORD, NOW) == "zhang"


def test_a_code_is_never_given_twice_even_after_it_was_disabled(store: Store) -> None:
    accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    accounts.disable(store, "zhang", by=None, now=NOW)
    with pytest.raises(Refused):
        accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    found = accounts.find_account(store, "zhang")
    assert found is not None
    assert found.actor.grants == ()


def test_from_the_fifth_failure_on_one_waits_longer_and_longer_up_to_fifteen_minutes(store: Store) -> None:
    waits = []
    for _ in range(18):
        passwords.failed(store, "zhang", NOW)
        waits.append(passwords.wait_of(store, "zhang", NOW))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]
    assert passwords.wait_of(store, "zhang", NOW + timedelta(minutes=15)) == 0
    assert passwords.wait_of(store, "other", NOW) == 0
    passwords.succeeded(store, "zhang")
    assert passwords.wait_of(store, "zhang", NOW) == 0


def test_a_session_ends_after_eight_idle_hours_and_after_seven_days(store: Store) -> None:
    accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    secret = secrets.make_secret(store, "session", "zhang", NOW, lasts=secrets.SESSION)
    assert secrets.find_secret(store, "session", secret, NOW + timedelta(hours=8)) is None
    at = NOW
    for _ in range(27):
        at += timedelta(hours=6)
        kept = secrets.find_secret(store, "session", secret, at)
        assert kept is not None
        secrets.seen(store, kept, at)
    assert secrets.find_secret(store, "session", secret, NOW + timedelta(days=7)) is None


def test_a_session_stands_for_its_account_with_the_grants_of_that_moment(store: Store) -> None:
    accounts.add_account(store, "zhang", [], by=None, now=NOW)
    session = secrets.make_secret(store, "session", "zhang", NOW, lasts=secrets.SESSION)
    told = []
    for change in (lambda: None, lambda: accounts.give(store, "zhang", BOTH, by=None, now=NOW),
                   lambda: accounts.take(store, "zhang", BOTH[:1], by=None, now=NOW)):  # fmt: skip
        change()
        entered = accounts.entered_by(store, "session", session, NOW)
        assert entered is not None
        told.append((entered[0].account, entered[1].code, entered[1].grants))
    assert told == [
        ("zhang", "zhang", ()),
        ("zhang", "zhang", (Grant("department", "b1"), Grant("secretary", "b1"))),
        ("zhang", "zhang", (Grant("secretary", "b1"),)),
    ]
    assert accounts.entered_by(store, "token", session, NOW) is None
    assert accounts.entered_by(store, "session", session, NOW + timedelta(hours=8)) is None
    accounts.disable(store, "zhang", by=None, now=NOW)
    again = secrets.make_secret(store, "session", "zhang", NOW, lasts=secrets.SESSION)
    assert accounts.entered_by(store, "session", again, NOW) is None


def test_no_secret_lies_in_the_ledger_as_it_was_given_out(store: Store) -> None:
    invite = accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    token = tokens.make_token(store, "zhang", "t", days=90, read_only=True, by=None, now=NOW)
    kept = secrets.find_secret(store, "token", token, NOW)
    assert kept is not None
    assert (kept.account, kept.name, kept.read_only) == ("zhang", "t", 1)
    with store.connection() as connection:
        held = repr(connection.execute("SELECT * FROM secrets").fetchall())
        held += repr(connection.execute("SELECT * FROM visits").fetchall())
    assert invite not in held
    assert token not in held


def test_a_revoked_token_holds_no_more_and_its_name_is_free_again(store: Store) -> None:
    accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    token = tokens.make_token(store, "zhang", "t", days=1, read_only=False, by=None, now=NOW)
    with pytest.raises(Refused):
        tokens.make_token(store, "zhang", "t", days=1, read_only=False, by=None, now=NOW)
    assert tokens.revoke_token(store, "zhang", "t", by=None, now=NOW)
    assert secrets.find_secret(store, "token", token, NOW) is None
    assert not tokens.revoke_token(store, "zhang", "t", by=None, now=NOW)
    tokens.make_token(store, "zhang", "t", days=1, read_only=False, by=None, now=NOW)


def test_visits_tell_who_was_granted_what_by_whom_and_go_after_a_year(store: Store) -> None:
    accounts.add_account(store, "zhang", SECRETARY, by="li", now=NOW)
    told = [(v.what, v.account, v.organisation, v.detail) for v in visits.read_visits(store)]
    assert told == [("grant", "li", "b1", "zhang secretary"), ("account", "li", None, "zhang")]
    visits.note(store, NOW + timedelta(days=367), "login", "zhang")
    assert [v.what for v in visits.read_visits(store)] == ["login"]


def test_a_new_password_ends_every_session(store: Store) -> None:
    invite = accounts.add_account(store, "zhang", SECRETARY, by=None, now=NOW)
    accounts.choose_password(store, invite, PASSWORD, NOW)
    session = secrets.make_secret(store, "session", "zhang", NOW, lasts=secrets.SESSION)
    with pytest.raises(Refused):
        accounts.change_password(store, "zhang", "wrong one there", "another long one", NOW)
    assert secrets.find_secret(store, "session", session, NOW) is not None
    accounts.change_password(store, "zhang", PASSWORD, "another long one", NOW)
    assert secrets.find_secret(store, "session", session, NOW) is None


def test_a_password_costs_as_much_to_try_as_is_recommended() -> None:
    script = "from ledger.access.passwords import hashed; print(hashed('four words and more'))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
