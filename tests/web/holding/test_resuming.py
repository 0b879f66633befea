"""What is sent into a session that is over by itself waits until the same account has logged in, to be looked
at and saved; of anybody else's, of other sites, and of secrets nothing waits."""

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


def logged_in(browser: Browser, late: Any, code: str, password: str = PASSWORD) -> Any:
    """Go where one is led, and log in there."""
    assert late.status_code == 303
    shown = browser.get(late.headers["location"])
    data = {**hidden(shown.text), "code": code, "password": password}
    return browser.client.post("/login", data=data, headers={"origin": browser.origin})


def test_what_was_typed_comes_back_after_the_login_and_is_saved_once(
    browser: Browser, committee: Store
) -> None:
    before = committee.head().position
    late = sent_late(browser)
    wrong = logged_in(browser, late, "sec", "not the password")
    assert wrong.status_code == 422
    entered = logged_in(browser, late, "sec")
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
    entered = logged_in(browser, sent_late(browser), "other")
    assert entered.status_code == 303
    assert "&lt;b&gt;" not in browser.get(entered.headers["location"]).text


def test_it_waits_a_quarter_of_an_hour_and_for_one_login(browser: Browser, clock: Clock) -> None:
    late = sent_late(browser)
    clock.forward(minutes=16)
    assert logged_in(browser, late, "sec").status_code == 303
    late = sent_late(browser)
    over = str(browser.client.cookies.get(browser.site.cookie))
    assert logged_in(browser, late, "sec").status_code == 200
    browser.client.cookies.set(browser.site.cookie, over)
    assert logged_in(browser, late, "sec").status_code == 303


def test_secrets_do_not_wait(browser: Browser) -> None:
    late = sent_late(browser, password="a word that is secret", old="another secret word")
    entered = logged_in(browser, late, "sec")
    assert "学习" in entered.text
    assert "secret" not in entered.text
    [target] = re.findall(r'action="([^"]+)" data-nodraft data-resume', entered.text)
    assert target == LOG


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
def test_what_does_not_wait_leads_to_the_login_all_the_same(browser: Browser, more: dict[str, str]) -> None:
    if "save" in more:
        form = hidden(browser.get("/me").text)
        browser.site.clock.forward(hours=9)  # type: ignore[attr-defined]
        data = {"token": form["token"], **more}
        del data["save"]
        late = browser.client.post("/me", data=data, headers={"origin": browser.origin})
    else:
        late = sent_late(browser, **more)
    assert late.headers["location"].startswith("/login")
    assert logged_in(browser, late, "sec").status_code == 303


def test_nothing_waits_from_another_site_nor_of_a_session_that_was_ended(browser: Browser) -> None:
    late = sent_late(browser, origin="https://elsewhere.example")
    assert logged_in(browser, late, "sec").status_code == 303
    cookie = browser.client.cookies.get(browser.site.cookie)
    form = hidden(browser.get("/me").text)
    browser.post("/logout", {}, form="/me")
    browser.client.cookies.set(browser.site.cookie, str(cookie))
    data = {"token": form["token"], **TYPED}
    late = browser.client.post(LOG, data=data, headers={"origin": browser.origin})
    assert logged_in(browser, late, "sec").status_code == 303
