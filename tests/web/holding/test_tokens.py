"""Tokens of the JSON interface on the page of accounts: made, shown once, listed, ended; by and for whom."""

import re

import pytest

from ledger.access.accounts import add_account, grants_for
from ledger.access.scopes import read_tree
from ledger.access.tokens import make_token
from ledger.access.visits import read_visits
from ledger.store.event_store import Store
from tests.web.client import NOW, Browser, Clock, account, server

MEETING = [
    {"type": "meeting_held", "occurred_on": "2026-02-10", "data": {"kind": "committee_meeting"}},
]
# Whose tokens may be made, by an office over g1 (below c1, above b11): those whose every grant lies there.
# 2: made, F: forbidden, 4: not found.
OF_WHOM = {
    "inside": (("secretary", "b11"), "2"),
    "itself": (("office", "g1"), "2"),
    "above": (("reader", "c1"), "4"),
    "beside": (("secretary", "b1"), "4"),
    "elsewhere": (("secretary", "b2"), "4"),
    "auditing": (("auditor",), "4"),
    "keeping": (("keeper",), "4"),
}


def prepared(store: Store) -> None:
    tree = read_tree(store)
    for code, ((role, *over), _) in OF_WHOM.items():
        add_account(store, code, grants_for(role, over, tree), by=None, now=NOW)
    # Half of its grants lie outside.
    half = [*grants_for("reader", ["b11"], tree), *grants_for("reader", ["b2"], tree)]
    add_account(store, "half", half, by=None, now=NOW)


def entered(url: str, store: Store, role: str, *over: str, clock: Clock | None = None) -> Browser:
    account(store, "who", role, *over)
    browser = Browser(server(url, clock))
    assert browser.log_in("who").status_code == 303
    return browser


def asked(code: str, **more: str) -> dict[str, str]:
    return {"do": "token", "code": code, "name": "oa", "days": "30", "scope": "read", **more}


def token_in(page: str) -> str:
    [token] = re.findall(r"<code data-token>(zhibu_[\w-]+)</code>", page)
    return str(token)


def bearer(
    browser: Browser, token: str, method: str = "GET", path: str = "/api/v1/me", **more: object
) -> int:
    headers = {"authorization": f"Bearer {token}"}
    return int(Browser(browser.site).client.request(method, path, headers=headers, **more).status_code)


def test_a_token_is_shown_once_and_listed_without_its_secret(committee_url: str, committee: Store) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, "office", "g1")
    token = token_in(browser.post("/o/g1/accounts", asked("inside")).text)
    listed = browser.get("/o/g1/accounts").text
    assert token not in listed
    assert "<b>oa</b> · 只能读取 · 有效至 2026-04-01 12:00 · 尚未用过" in listed
    assert bearer(browser, token) == 200
    assert (
        "<b>oa</b> · 只能读取 · 有效至 2026-04-01 12:00 · 最近使用 2026-03-02"
        in browser.get("/o/g1/accounts").text
    )
    assert [(one.what, one.account, one.detail) for one in read_visits(committee) if one.what == "token"][
        -1
    ] == (
        "token",
        "who",
        "+ inside oa",
    )


@pytest.mark.parametrize(("scope", "status"), [("read", 403), ("write", 201), ("anything", 403)])
def test_a_token_writes_only_where_that_was_asked_for(
    committee_url: str, committee: Store, scope: str, status: int
) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, "office", "g1")
    token = token_in(browser.post("/o/g1/accounts", asked("inside", scope=scope)).text)
    assert bearer(browser, token, "POST", "/api/v1/organisations/b11/events", json=MEETING) == status


def test_a_token_ends_with_its_days_and_when_it_is_revoked(committee_url: str, committee: Store) -> None:
    prepared(committee)
    clock = Clock()
    browser = entered(committee_url, committee, "office", "g1", clock=clock)
    short = token_in(browser.post("/o/g1/accounts", asked("inside", name="short", days="1")).text)
    long = token_in(browser.post("/o/g1/accounts", asked("inside", name="long", days="2")).text)
    assert (bearer(browser, short), bearer(browser, long)) == (200, 200)
    clock.forward(days=1)
    browser.log_in("who")
    assert (bearer(browser, short), bearer(browser, long)) == (401, 200)
    ended = {"do": "revoke_token", "code": "inside", "name": "long"}
    assert browser.post("/o/g1/accounts", ended).status_code == 200
    assert bearer(browser, long) == 401
    assert browser.post("/o/g1/accounts", ended).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "两 个"}, {"days": "0"}, {"days": "3651"}, {"days": "x"}, {"days": "-1"}]
)
def test_what_makes_no_token_is_told_and_nothing_typed_is_lost(
    committee_url: str, committee: Store, wrong: dict[str, str]
) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, "office", "g1")
    typed = asked("inside", **wrong)
    told = browser.post("/o/g1/accounts", typed)
    assert told.status_code == 422
    assert "data-token" not in told.text
    for name in ("name", "days"):
        assert re.search(rf'id="t{name[0]}-inside" name="{name}" value="{re.escape(typed[name])}"', told.text)


def test_two_tokens_of_an_account_do_not_share_a_name(committee_url: str, committee: Store) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, "office", "g1")
    first = token_in(browser.post("/o/g1/accounts", asked("inside")).text)
    assert browser.post("/o/g1/accounts", asked("inside")).status_code == 422
    assert bearer(browser, first) == 200


@pytest.mark.parametrize("do", ["token", "revoke_token"])
def test_an_office_keeps_the_tokens_of_accounts_that_lie_wholly_in_its_scope(
    committee_url: str, committee: Store, do: str
) -> None:
    prepared(committee)
    for code in (*OF_WHOM, "half"):
        make_token(committee, code, "old", days=9, read_only=True, by=None, now=NOW)
    browser = entered(committee_url, committee, "office", "g1")
    name = "old" if do == "revoke_token" else "new"
    statuses = {"2": 200, "4": 404, "F": 403}
    for code, (_, cell) in {**OF_WHOM, "half": ((), "F")}.items():
        answer = browser.post("/o/g1/accounts", asked(code, do=do, name=name))
        assert answer.status_code == statuses[cell], code


def test_a_keeper_keeps_the_tokens_of_every_account(committee_url: str, committee: Store) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, "keeper")
    for code in OF_WHOM:
        assert token_in(browser.post("/accounts", asked(code)).text)


@pytest.mark.parametrize("role", ["secretary", "reader", "department", "auditor"])
def test_no_other_role_makes_or_sees_tokens(committee_url: str, committee: Store, role: str) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, role, *(() if role == "auditor" else ("b11",)))
    for place in ("/accounts", "/o/b11/accounts"):
        answer = browser.post(place, asked("inside"), form="/me")
        assert answer.status_code in (403, 404)


def test_nobody_makes_tokens_for_themselves_but_everybody_ends_their_own(
    committee_url: str, committee: Store
) -> None:
    browser = entered(committee_url, committee, "office", "g1")
    mine = make_token(committee, "who", "mine", days=9, read_only=True, by=None, now=NOW)
    assert browser.post("/o/g1/accounts", asked("who")).status_code == 403
    assert "<b>mine</b>" in browser.get("/o/g1/accounts").text
    assert browser.post("/o/g1/accounts", asked("who", do="revoke_token", name="mine")).status_code == 200
    assert bearer(browser, mine) == 401


def test_a_page_of_another_site_makes_no_token(committee_url: str, committee: Store) -> None:
    prepared(committee)
    browser = entered(committee_url, committee, "office", "g1")
    token = re.search(r'name="token" value="([^"]+)"', browser.get("/o/g1/accounts").text)
    assert token is not None
    sent = asked("inside")
    with_token = {**sent, "token": token[1]}
    for data, origin in ((with_token, "https://elsewhere.example"), (sent, browser.origin)):
        answer = browser.client.post("/o/g1/accounts", data=data, headers={"origin": origin})
        assert answer.status_code == 403
    assert "<b>oa</b>" not in browser.get("/o/g1/accounts").text


def test_tokens_of_accounts_that_are_not_ones_own_to_change_are_not_listed(
    committee_url: str, committee: Store
) -> None:
    prepared(committee)
    make_token(committee, "half", "hidden", days=9, read_only=True, by=None, now=NOW)
    browser = entered(committee_url, committee, "office", "g1")
    page = browser.get("/o/g1/accounts").text
    assert "<h2>half" in page
    assert "hidden" not in re.sub(r'(type|class)="hidden"', "", page)
