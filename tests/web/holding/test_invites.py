"""Invites as makers and owners meet them: on this machine, on a server, and after the password."""

import html
import re

from ledger.access.secrets import PUBLIC_URL
from ledger.store.event_store import Store
from tests.web.client import ORIGIN, PASSWORD, Browser, account, says, server

NEW = {"do": "add", "code": "newsec", "role": "secretary", "organisation": "b1"}
LINK = re.compile(r"<code>([^<]*/invite/[^<]+)</code>")
PLACE = "https://zhibu.example.org"


def test_on_this_machine_no_link_is_given_that_would_lead_nowhere(holder: Browser) -> None:
    page = html.unescape(holder.get("/accounts").text)
    assert says("accounts_served") in page
    made = holder.post("/accounts", NEW)
    assert made.status_code == 200
    assert "/invite/" not in made.text
    assert says("invite_later", "newsec") in html.unescape(made.text)


def test_on_this_machine_an_invite_names_the_address_where_the_ledger_is_served(
    holder: Browser, committee: Store, committee_url: str
) -> None:
    committee.set_setting(PUBLIC_URL, PLACE)
    made = holder.post("/accounts", NEW)
    assert says("accounts_served_at", PLACE) in made.text
    link = LINK.search(made.text)
    assert link is not None
    assert link[1].startswith(f"{PLACE}/invite/")
    there = Browser(server(committee_url)).get(link[1].removeprefix(PLACE))
    assert there.status_code == 200


def test_branches_ticked_for_one_account_are_not_ticked_for_the_next(holder: Browser) -> None:
    ticked = re.compile(r'value="b1" checked')
    assert not ticked.search(holder.post("/accounts", NEW).text)
    refused = holder.post("/accounts", {**NEW, "code": "新 书记"})
    assert refused.status_code == 422
    assert len(ticked.findall(refused.text)) == 1


def test_whoever_set_a_password_is_told_so_where_the_code_stands_filled_in(
    committee: Store, committee_url: str
) -> None:
    account(committee, "keeper", "keeper")
    browser = Browser(server(committee_url))
    browser.log_in("keeper")
    made = browser.post("/accounts", NEW)
    assert says("accounts_served") not in made.text
    link = LINK.search(made.text)
    assert link is not None
    owner = Browser(server(committee_url))
    path = link[1].removeprefix(ORIGIN)
    sent = owner.post(path, {"password": PASSWORD})
    assert sent.status_code == 303
    page = owner.get(sent.headers["location"]).text
    assert says("password_set") in page
    assert re.search(r'name="code" value="newsec"', page)
    assert owner.log_in("newsec").headers["location"] == "/"


def test_the_login_page_fills_in_nothing_that_is_no_code(committee_url: str) -> None:
    page = Browser(server(committee_url)).get('/login?set="><b>x').text
    assert says("password_set") not in page
    assert re.search(r'name="code" value=""', page)
