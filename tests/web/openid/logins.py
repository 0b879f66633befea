"""How a browser comes in by the provider, step by step."""

import re
from html import unescape
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from ledger.access.accounts import add_account, grants_for
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from tests.web.client import NOW, ORIGIN, Browser, says
from web.site import Site


def invited(store: Store, code: str) -> str:
    return add_account(store, code, grants_for("secretary", ["b1"], read_tree(store)), by=None, now=NOW)


def begin(browser: Browser, **sent: str) -> Any:
    """Press the button; the answer is the page that leads onward, or says why not."""
    return browser.client.post("/login/oidc", data=sent, headers={"origin": ORIGIN})


def at_the_provider(onward: Any) -> str:
    """Go where the page leads, log in there, and return where the provider sends the browser."""
    target = onward.headers["refresh"].removeprefix("0; url=")
    parts = urlsplit(target)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    return location.removeprefix(ORIGIN)


def come_in(browser: Browser, **sent: str) -> Any:
    return browser.get(at_the_provider(begin(browser, **sent)))


def bound(site: Site, store: Store, code: str = "sec") -> Browser:
    browser = Browser(site)
    assert come_in(browser, invite=invited(store, code)).status_code == 303
    return browser


def tells(answer: Any, name: str, text: str = "") -> bool:
    """Whether a page says what stands under a name among the door's own words."""
    shown = unescape(re.sub(r"<[^>]+>", "", answer.text.partition("<main")[2].partition("</main>")[0]))
    return says(name, text) in shown
