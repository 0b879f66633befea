"""Programs that come with a token."""

from typing import Any

from ledger.access.accounts import find_account
from ledger.access.tokens import make_token
from ledger.store.event_store import Store
from tests.web.client import NOW, Browser, account

MEETING: dict[str, Any] = {
    "type": "meeting_held",
    "occurred_on": "2026-02-10",
    "data": {"kind": "committee_meeting", "expected": 3, "present": 3},
}
EVENTS = "/api/v1/organisations/b1/events"


class Program:
    """A program with a token."""

    def __init__(self, browser: Browser, token: str) -> None:
        self.client, self.headers = browser.client, {"authorization": f"Bearer {token}"}

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers={**self.headers, **headers})

    def post(self, path: str, sent: Any = None, **more: Any) -> Any:
        headers = {**self.headers, **more.pop("headers", {})}
        if sent is not None:
            more["json"] = sent
        return self.client.post(path, headers=headers, **more)


def a_program(
    browser: Browser, store: Store, code: str, role: str, *over: str, read_only: bool = False
) -> Program:
    if find_account(store, code) is None:
        account(store, code, role, *over)
    name = "ro" if read_only else "rw"
    token = make_token(store, code, name, days=90, read_only=read_only, by=None, now=NOW)
    return Program(browser, token)
