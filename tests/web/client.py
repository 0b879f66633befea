"""A browser without a screen: it keeps cookies, sends forms with their tokens, and says what it saw."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.testclient import TestClient

from ledger.access.accounts import add_account, choose_password, grants_for
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from web.app import build
from web.site import Site
from web.words import WORDS

ORIGIN = "http://127.0.0.1:8425"
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
PASSWORD = "four words and more"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: int) -> None:
        self.now += timedelta(**time)


@dataclass
class Browser:
    site: Site
    client: TestClient = field(init=False)
    origin: str = ORIGIN

    def __post_init__(self) -> None:
        self.client = TestClient(build(self.site), base_url=ORIGIN, follow_redirects=False)
        self.client.headers["accept-language"] = "zh"

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, **more)

    def post(self, path: str, data: Mapping[str, Any], *, form: str | None = None, **more: Any) -> Any:
        """Open a form's page, and send it with its token."""
        page = self.get(form or path)
        found = re.search(r'name="token" value="([^"]+)"', page.text)
        token = {"token": found[1]} if found else {}
        return self.client.post(path, data={**token, **data}, headers={"origin": self.origin}, **more)

    def enter(self) -> None:
        """Enter as this machine's holder."""
        answer = self.get(self.site.enter_link().removeprefix(ORIGIN))
        assert answer.status_code == 303

    def log_in(self, code: str, password: str = PASSWORD) -> Any:
        return self.client.post(
            "/login", data={"code": code, "password": password}, headers={"origin": self.origin}
        )


def says(name: str, text: str = "") -> str:
    """What a page says under a name among the door's own words: its wording stands there alone."""
    return WORDS[name].zh.replace("{}", text)


def machine(url: str, clock: Clock | None = None, by: str | None = None) -> Browser:
    return Browser(Site(url, ORIGIN, clock or Clock(), by=by))


def server(url: str, clock: Clock | None = None) -> Site:
    return Site(url, ORIGIN, clock or Clock(), "server")


def account(store: Store, code: str, role: str, *over: str) -> None:
    """Make an account with its password chosen."""
    secret = add_account(store, code, grants_for(role, over, read_tree(store)), by=None, now=NOW)
    assert choose_password(store, secret, PASSWORD, NOW) == code


def entered(url: str, store: Store, code: str, role: str, *over: str) -> Browser:
    """Make an account, and log in with it at a server of one's own."""
    account(store, code, role, *over)
    browser = Browser(server(url))
    assert browser.log_in(code).status_code == 303
    return browser
