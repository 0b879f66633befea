"""What is sent into a session that is over by itself is carried through the login of the same account, to be
looked at and saved; of anybody else's, of other sites, and of secrets nothing is carried."""

import re
from html import unescape
from typing import Any

import pytest

from ledger.store.event_store import Store
from tests.web.client import PASSWORD, Browser, Clock, account, server

LOG = "/b/b1/log/meeting_held"
TYPED = {"occurred_on": "2026-02-10", "kind": "study", "topic": "学习 <b>文件</b>", "save": "1"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def browser(committee_url: str, committee: Store, clock: Clock) -> Browser:
    """A secretary's browser, whose session will be over."""
    for code in ("sec", "other"):
        account(committee, code, "secretary", "b1")
    made = Browser(server(committee_url, clock))
    assert made.log_in("sec").status_code == 303
    return made


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def sent_late(browser: Browser, path: str = LOG, origin: str | None = None, **more: Any) -> Any:
    form = hidden(browser.get(path).text)
    browser.site.clock.forward(hours=9)  # type: ignore[attr-defined]
    kept = {"id": form["id"]} if "id" in form else {}
    data = {"token": form["token"], **kept, **TYPED, **more}
    return browser.client.post(path, data=data, headers={"origin": origin or browser.origin})


def logged_in(browser: Browser, page: str, code: str, password: str = PASSWORD) -> Any:
    form = hidden(page)
    data = {**form, "code": code, "password": password}
    return browser.client.post("/login", data=data, headers={"origin": browser.origin})


def test_what_was_typed_comes_back_after_the_login_and_is_saved_once(
    browser: Browser, committee: Store
) -> None:
    before = committee.head().position
    late = sent_late(browser)
    assert late.status_code == 401
    wrong = logged_in(browser, late.text, "sec", "not the password")
    assert wrong.status_code == 422
    entered = logged_in(browser, wrong.text, "sec")
    assert entered.status_code == 200
    assert committee.head().position == before
    [target] = re.findall(r'<form method="post" action="([^"]+)" data-nodraft data-resume>', entered.text)
    assert target == LOG
    form = browser.client.post(
        target, data={**hidden(entered.text), "check": "1"}, headers={"origin": browser.origin}
    )
    assert form.status_code == 200
    assert 'value="学习 &lt;b&gt;文件&lt;/b&gt;"' in form.text
    assert '<option value="study" selected>' in form.text
    assert committee.head().position == before
    saved = browser.client.post(LOG, data={**hidden(form.text), **TYPED}, headers={"origin": browser.origin})
    assert saved.status_code == 303
    [event] = committee.read(after=before)
    assert (event.payload()["topic"], event.recorded_by) == ("学习 <b>文件</b>", "sec")


def test_another_account_gets_nothing_of_it(browser: Browser, committee: Store) -> None:
    late = sent_late(browser)
    entered = logged_in(browser, late.text, "other")
    assert entered.status_code == 303
    assert "&lt;b&gt;" not in browser.get(entered.headers["location"]).text


def test_secrets_are_not_carried(browser: Browser) -> None:
    late = sent_late(browser, password="a word that is secret", old="another secret word")
    carried = hidden(late.text)["carried"]
    assert "学习" in carried
    assert "secret" not in carried
    assert '"token"' not in carried


@pytest.mark.parametrize(
    "more",
    [
        {"save": "", "do": "password", "old": "x"},
        {"topic": "长" * 200_001},
        {"drafted": "1"},
        {"part": "preview"},
    ],
    ids=["not saved nor checked", "too much", "kept as a draft by the script", "a preview of the script"],
)
def test_what_is_not_carried_leads_to_the_login_as_before(browser: Browser, more: dict[str, str]) -> None:
    if "save" in more:
        form = hidden(browser.get("/me").text)
        browser.site.clock.forward(hours=9)  # type: ignore[attr-defined]
        data = {"token": form["token"], **more}
        del data["save"]
        late = browser.client.post("/me", data=data, headers={"origin": browser.origin})
    else:
        late = sent_late(browser, **more)
    assert late.status_code == 303
    assert late.headers["location"].startswith("/login")


def test_nothing_is_carried_for_another_site_nor_of_a_session_that_was_ended(browser: Browser) -> None:
    assert sent_late(browser, origin="https://elsewhere.example").status_code == 303
    browser.log_in("sec")
    cookie = browser.client.cookies.get(browser.site.cookie)
    form = hidden(browser.get("/me").text)
    browser.post("/logout", {}, form="/me")
    browser.client.cookies.set(browser.site.cookie, str(cookie))
    data = {"token": form["token"], **TYPED}
    assert browser.client.post(LOG, data=data, headers={"origin": browser.origin}).status_code == 303


@pytest.mark.parametrize(
    "forged",
    ["no json", "[]", '["sec"]', '["sec", "https://elsewhere.example/", [["a", "b"]]]', '["sec", "//x", 3]',
     '["sec", 1, {"a": 1}]', "[" * 90_000],
)  # fmt: skip
def test_what_no_page_of_ours_carried_is_no_way_out_of_the_site(browser: Browser, forged: str) -> None:
    data = {"code": "sec", "password": PASSWORD, "carried": forged}
    entered = browser.client.post("/login", data=data, headers={"origin": browser.origin})
    assert entered.status_code == 303
    assert entered.headers["location"] == "/"
