"""Coming in by a password: what an unknown code costs, how long one waits, what ends a session."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from ledger.access.accounts import add_account, disable, grants_for
from ledger.access.scopes import read_tree
from ledger.access.visits import read_visits
from ledger.store.event_store import Store
from tests.web.client import NOW, ORIGIN, PASSWORD, Browser, Clock, account, server


def test_an_unknown_a_disabled_and_an_uninvited_code_cost_the_same_work_as_a_known_one(
    committee_url: str, committee: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(committee, "sec", "secretary", "b1")
    account(committee, "gone", "secretary", "b1")
    disable(committee, "gone", by=None, now=NOW)
    add_account(committee, "new", grants_for("secretary", ["b1"], read_tree(committee)), by=None, now=NOW)
    browser = Browser(server(committee_url))
    browser.log_in("nobody", "the first unknown code of a process makes a hash to compare with")
    done: list[str] = []
    verify, hash_ = PasswordHasher.verify, PasswordHasher.hash

    def counted_verify(self: PasswordHasher, kept: str, password: str) -> bool:
        done.append(f"verify {kept[: kept.rindex('$', 0, kept.rindex('$'))]}")  # the parameters, no salt
        return verify(self, kept, password)

    def counted_hash(self: PasswordHasher, password: str) -> str:
        done.append("hash")
        return hash_(self, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted_verify)
    monkeypatch.setattr(PasswordHasher, "hash", counted_hash)
    work = {}
    for code in ("sec", "nobody", "gone", "new", "", "a" * 3_000, "张三"):
        done.clear()
        assert browser.log_in(code, "not the password").status_code == 422
        work[code] = tuple(done)
    assert len(work["sec"]) == 1
    assert work["sec"][0].startswith("verify $argon2id$")
    assert set(work.values()) == {work["sec"]}


def test_a_wait_grows_from_a_second_to_fifteen_minutes_and_locks_nobody_out(
    committee_url: str, committee: Store
) -> None:
    clock = Clock()
    account(committee, "sec", "secretary", "b1")
    stranger = Browser(server(committee_url, clock))
    for _ in range(5):
        assert stranger.log_in("sec", "not the password").status_code == 422
    waits = []
    for _ in range(13):
        refused = stranger.log_in("sec", PASSWORD)
        assert refused.status_code == 429
        waits.append(int(refused.headers["retry-after"]))
        clock.forward(seconds=waits[-1])
        assert stranger.log_in("sec", "not the password").status_code == 422
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    assert stranger.log_in("sec", PASSWORD).status_code == 429
    clock.forward(minutes=15)
    assert stranger.log_in("sec", PASSWORD).status_code == 303


def test_codes_that_nobody_has_wait_as_well(committee_url: str, committee: Store) -> None:
    stranger = Browser(server(committee_url))
    assert [stranger.log_in("nobody", "x").status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_session_ends_after_eight_idle_hours_and_after_seven_days(
    committee_url: str, committee: Store
) -> None:
    clock = Clock()
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url, clock))
    browser.log_in("sec")
    clock.forward(hours=7, minutes=59)
    assert browser.get("/me").status_code == 200
    clock.forward(hours=8)
    assert browser.get("/me").status_code == 303
    browser.log_in("sec")
    for _ in range(23):
        clock.forward(hours=7)
        assert browser.get("/me").status_code == 200
    clock.forward(hours=7)  # 168 hours
    assert browser.get("/me").status_code == 303


def test_sessions_are_listed_and_each_is_ended_by_its_owner_alone(
    committee_url: str, committee: Store
) -> None:
    account(committee, "sec", "secretary", "b1")
    account(committee, "other", "secretary", "b1")
    here, there, other = (Browser(server(committee_url)) for _ in range(3))
    here.log_in("sec")
    there.log_in("sec")
    other.log_in("other")
    page = here.get("/me").text
    listed = [part.partition('"')[0] for part in page.split('name="session" value="')[1:]]
    assert len(listed) == 2
    for digest in listed:
        other.post("/me", {"do": "end", "session": digest})
    assert (here.get("/me").status_code, there.get("/me").status_code) == (200, 200)
    own = next(one for one in page.split("<li>") if "当前会话" in one)
    for digest in sorted(listed, key=lambda digest: digest in own):
        here.post("/me", {"do": "end", "session": digest})
    assert (here.get("/me").status_code, there.get("/me").status_code) == (303, 303)
    assert other.get("/me").status_code == 200


def test_visits_behind_a_proxy_name_the_last_address_that_it_forwards_and_else_the_peer(
    committee_url: str, committee: Store
) -> None:
    account(committee, "sec", "secretary", "b1")
    site = server(committee_url)
    forwarded = {"x-forwarded-for": "203.0.113.9, 198.51.100.7", "x-forwarded-host": "evil.example"}
    told = []
    for behind in (False, True):
        site.behind_proxy = behind
        browser = Browser(site)
        browser.client._transport.client = ("127.0.0.1", 50_000)  # type: ignore[attr-defined]
        sent = {"code": "sec", "password": PASSWORD}
        answer = browser.client.post("/login", data=sent, headers={"origin": ORIGIN, **forwarded})
        assert answer.headers["location"] == "/"
        told.append(read_visits(committee, what="login")[0].origin)
    browser.client._transport.client = ("192.0.2.1", 50_000)  # type: ignore[attr-defined]
    browser.client.post("/login", data=sent, headers={"origin": ORIGIN, **forwarded})
    told.append(read_visits(committee, what="login")[0].origin)
    assert told == ["127.0.0.1", "198.51.100.7", "192.0.2.1"]


@pytest.mark.parametrize(
    ("public", "name", "secure"),
    [("https://a.example", "__Host-zhibu", True), ("http://127.0.0.1:8425", "zhibu-8425", False)],
)
def test_the_cookie_is_bound_to_its_host_under_tls_and_to_its_port_on_this_machine(
    committee_url: str, committee: Store, public: str, name: str, secure: bool
) -> None:
    account(committee, "sec", "secretary", "b1")
    site = server(committee_url)
    site.public = public
    browser = Browser(site, origin=public)
    browser.client.base_url = public
    [session, _] = browser.log_in("sec").headers.get_list("set-cookie")
    assert session.startswith(f"{name}=")
    marks = {part.strip().lower() for part in session.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= marks
    assert ("secure" in marks, any(mark.startswith("domain") for mark in marks)) == (secure, False)


def test_what_is_kept_of_a_session_is_of_no_use_to_whoever_reads_the_file(
    committee_url: str, committee: Store
) -> None:
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url))
    browser.log_in("sec")
    cookies = dict(browser.client.cookies.items())
    assert {len(value) for value in cookies.values()} == {43}  # 256 bits
    with open(committee.address.database or "", "rb") as file:
        content = file.read()
    assert not any(value.encode() in content for value in cookies.values())
    assert PASSWORD.encode() not in content


def test_links_and_waits_last_as_long_as_is_said(committee_url: str) -> None:
    clock = Clock()
    browser = Browser(server(committee_url, clock))
    browser.site.mode = "machine"
    late, used = browser.site.enter_link(), browser.site.enter_link()
    assert browser.get(used.removeprefix(ORIGIN)).status_code == 303
    assert browser.get(used.removeprefix(ORIGIN)).status_code == 403
    clock.now += timedelta(minutes=10)
    assert browser.get(late.removeprefix(ORIGIN)).status_code == 403
