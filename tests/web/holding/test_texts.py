"""Texts that people type: markup and template syntax stay text, line ends make no headers."""

import re
from typing import Any
from urllib.parse import quote

import pytest

from ledger.access.accounts import grants_for, invite
from ledger.access.scopes import read_tree
from ledger.events import fields_of
from ledger.people import set_names
from ledger.store.event_store import Store
from tests.web.branch.test_forms import WORDS, typed
from tests.web.client import NOW, ORIGIN, Browser, account, machine, server

MARK = "<script>alert(1)</script>{{7*7}}{% raw %}\"'><img src=x onerror=alert(1)>"


def clean(page: str) -> bool:
    """Whether none of the mark came through as markup, and no template was run."""
    return not re.search(r"<script>alert|<img src=x|onerror=alert\(1\)>(?!)", page) and "49{%" not in page


def texts(word: str) -> list[str]:
    found = [name for name, info in fields_of(word).items() if info.kind in ("text", "code", "list")]
    return [*found, "refs"]


def test_every_text_field_of_every_form_gives_the_mark_back_as_text(holder: Browser) -> None:
    token = re.search(r'name="token" value="([^"]+)"', holder.get("/me").text)
    assert token is not None
    for word in WORDS:
        for name in texts(word):
            data: dict[str, Any] = {**typed(word), name: [MARK], "token": token[1], "check": "1"}
            answer = holder.client.post(f"/b/b1/log/{word}", data=data, headers={"origin": ORIGIN})
            assert answer.status_code in (200, 422), (word, name)
            assert clean(answer.text), (word, name)
            if name in fields_of(word):
                assert "&lt;script&gt;alert(1)" in answer.text, (word, name)


def test_names_topics_notes_and_reasons_are_shown_as_text_wherever_they_stand(
    holder: Browser, committee: Store
) -> None:
    set_names(committee, "b1", {"b1m02": MARK})
    meeting = {"occurred_on": "2026-02-10", "kind": "committee_meeting", "topic": MARK, "save": "1"}
    led = holder.post("/b/b1/log/meeting_held", meeting).headers["location"]
    event = led.rpartition("=")[2]
    holder.post(f"/e/{event}", {"do": "retract", "reason": MARK, "save": "1"})
    renamed = {"occurred_on": "2026-02-11", "name": MARK, "save": "1"}
    assert holder.post("/b/b1/log/branch_renamed", renamed).status_code == 303
    shown = 0
    for path in (
        "/", "/b/b1", led, f"/e/{event}", "/b/b1/history", "/b/b1/roster", "/b/b1/log/meeting_held",
        "/b/b1/dues/2026-02", "/b/b1/score/hospital-branch-2019/2026", "/o/c1/hospital-branch-2019/2026",
        "/o/c1/compare", "/o/c1/forms", "/o/c1/accounts", "/audit", "/b/b1/calendar", "/b/b1/reminders",
    ):  # fmt: skip
        page = holder.get(path)
        assert page.status_code == 200, path
        assert clean(page.text), path
        shown += "&lt;script&gt;alert(1)" in page.text
    assert shown >= 10


def test_texts_of_queries_and_of_logins_come_back_as_text(committee_url: str, committee: Store) -> None:
    account(committee, "office1", "office", "c1")
    browser = Browser(server(committee_url))
    refused = browser.client.post("/login", data={"code": MARK, "password": MARK}, headers={"origin": ORIGIN})
    assert refused.status_code == 422
    assert clean(refused.text)
    browser.log_in("office1")
    for path in ("/b/b1/history", "/o/c1/compare", "/o/c1/draw", "/b/b1/score/hospital-branch-2019/2026"):
        for name in (
            "type",
            "from",
            "to",
            "member",
            "on",
            "as_of",
            "a",
            "b",
            "seed",
            "number",
            "lang",
            "rank",
        ):
            assert clean(browser.client.get(path, params={name: MARK}).text), (path, name)
    assert clean(browser.client.get(f"/b/{MARK}").text)


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r", "%0d%0a", "\u2028"])
def test_line_ends_make_no_headers(committee_url: str, committee: Store, ends: str) -> None:
    account(committee, "office1", "office", "c1")
    browser = Browser(server(committee_url))
    injected = f"/b/b1{ends}set-cookie: stolen=1"
    sent = {"code": "office1", "password": "four words and more", "next": injected}
    answer = browser.client.post("/login", data=sent, headers={"origin": ORIGIN})
    assert answer.status_code == 303
    assert "stolen" not in str(answer.headers.get_list("set-cookie"))
    assert "\r" not in answer.headers["location"]
    assert "\n" not in answer.headers["location"]
    for path in ("/me?lang=", "/login?next=", "/b/b1/upload?saved=", "/b/b1/history?type="):
        headers = browser.client.get(path + quote(ends) + "x-injected: 1").headers
        assert "x-injected" not in headers
        assert "stolen" not in str(headers)
    back = browser.post("/me", {"do": "language", "language": "zh", "back": injected})
    assert "stolen" not in str(back.headers.get_list("set-cookie"))


def test_an_invites_secret_is_in_no_page_but_its_own(committee_url: str, committee: Store) -> None:
    assert grants_for("secretary", ["b1"], read_tree(committee))
    account(committee, "sec", "secretary", "b1")
    secret = invite(committee, "sec", by=None, now=NOW)
    office = machine(committee_url)
    office.enter()
    for path in ("/accounts", "/audit/visits", "/o/c1/accounts", "/me"):
        assert secret not in office.get(path).text
