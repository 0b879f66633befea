"""The pages and the JSON interface, given what nobody means: every answer is one that was thought of.

In: a place for a ledger. Out: doors, as `doors` tries them. Deliberately absent: browsers.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from ledger.access.tokens import make_token
from ledger.events import CATALOGUE
from ledger.store.event_store import Store
from ledger.store.setup import init
from tests.ledger.events.examples import EXAMPLES
from tests.soak.mutations import mutated, mutated_text
from tests.web.client import NOW, ORIGIN, Browser, account, machine, server
from tests.web.conftest import furnish
from tests.web.holding.hostile import EVENTS, FORMS, ID, PATHS, QUERIES

Try = Callable[[Random, int], str | None]

_SHEET = "姓名,月份,实缴金额,缴费日期\n甲b1,2026-02,20,2026-02-20\n乙b1,2026-02,15.50,2026-02-20\n".encode()


def doors(file: Path) -> Iterator[tuple[str, int, Try]]:
    """What each is called, how often it is tried, and a try."""
    url = f"sqlite:///{file}"
    init(url)
    with Store.open(url) as store:
        furnish(store)
        (meeting,) = [event.id for event in store.read(types={"meeting_held"}) if event.branch == "b1"]
        site = server(url)
        account(store, "sec", "secretary", "b1")
        token = make_token(store, "sec", "soak", days=90, read_only=False, by=None, now=NOW)
    api, pages = Browser(site), machine(url)
    pages.enter()
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    yield "JSON interface, bodies", 3_000, _bodies(api, headers)
    yield "JSON interface and pages, addresses", 3_000, _addresses(pages, api, headers, meeting)
    yield "pages, forms", 1_500, _forms(pages, meeting)
    yield "pages, sheets sent", 1_000, _sheets(pages)


def _loss(what: object, answer: Any) -> str | None:
    return f"{what!r}: {answer.status_code} {answer.text[:200]}" if answer.status_code >= 500 else None


def _bodies(api: Browser, headers: dict[str, str]) -> Try:
    good = [
        json.dumps({"type": word, "occurred_on": "2026-02-10", "data": data}, ensure_ascii=False)
        for word in CATALOGUE
        for data in EXAMPLES.get(word, [])
    ]

    def attempt(dice: Random, number: int) -> str | None:
        body = mutated(dice, good[number % len(good)].encode())
        path = EVENTS if number % 4 == 0 else f"{EVENTS}:check"
        return _loss(body, api.client.post(path, content=body, headers=headers))

    return attempt


def _addresses(pages: Browser, api: Browser, headers: dict[str, str], meeting: str) -> Try:
    good = [path.replace(ID, meeting) for path in [*PATHS, *QUERIES]]

    def attempt(dice: Random, number: int) -> str | None:
        path = good[number % len(good)]
        before, sign, query = path.partition("?")
        if sign and dice.random() < 0.7:
            # A name and the value after it, more often than the path.
            pairs = query.split("&")
            at = dice.randrange(len(pairs))
            name, _, value = pairs[at].partition("=")
            pairs[at] = f"{name}={mutated_text(dice, value)}"
            path = f"{before}?{'&'.join(pairs)}"
        else:
            path = mutated_text(dice, path)
        # Bytes that are none of an address are sent as browsers send them.
        sent = quote(path.encode("utf-8", "surrogateescape"), safe="/?&=%:.+")
        client, more = (api.client, headers) if sent.startswith("/api") else (pages.client, {})
        return _loss(sent, client.get(ORIGIN + "/" + sent.lstrip("/"), headers=more))

    return attempt


def _forms(pages: Browser, meeting: str) -> Try:
    def attempt(dice: Random, number: int) -> str | None:
        path, good = FORMS[number % len(FORMS)]
        path, sent = path.replace(ID, meeting), {k: v.replace(ID, meeting) for k, v in good.items()}
        name = dice.choice(sorted(sent))
        value = mutated_text(dice, sent[name])
        if dice.random() < 0.2:
            del sent[name]
            name = mutated_text(dice, name)
        sent[name] = value
        clean = {_sendable(key): _sendable(item) for key, item in sent.items()}
        return _loss((path, clean), pages.post(path, clean))

    return attempt


def _sendable(text: str) -> str:
    return text.encode(errors="replace").decode()


def _sheets(pages: Browser) -> Try:
    def attempt(dice: Random, number: int) -> str | None:
        content = mutated(dice, _SHEET, 5)
        name = mutated_text(dice, "党费.csv") if number % 5 == 0 else "党费.csv"
        name = _sendable(name).replace("\0", "")
        sent = {"save" if number % 3 == 0 else "check": "1", "type": "dues_paid"}
        files = {"file": (name, content, "text/csv")}
        return _loss((name, content), pages.post("/b/b1/upload", sent, files=files))

    return attempt
