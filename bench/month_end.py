"""The month's end: two hundred sessions save a thousand events within ten minutes, told in less time.

In: what was made. Out: one `Figure` a database: p95 of the wait for a save beside the median wait for the
static page before anybody else came. Deliberately absent: waiting for ten minutes, unless it is asked for.
Everything comes twice as densely as it would, and the server's clock runs as much faster.

The server is a process of its own, as `zhibu web --serve` is. Two hundred secretaries log in when they first
come; then each looks at the branch's page, opens a form, saves, and sees what it counted for, five times.
Every tenth save is sent twice at once, as by a double click.
"""

import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from threading import Event, Thread
from typing import NamedTuple

from bench.browser import STATIC, Browser
from bench.made import Made
from bench.pages import AT, BRANCHES, EVENTS, copy_of
from bench.timing import QUICK, Figure, zhibu
from cli.__main__ import collect_seldom
from ledger.access.accounts import add_account, choose_password, grants_for
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from tests import postgres
from web.serving import background

_SESSIONS, _EACH = (8, 3) if QUICK else (200, 5)
_DENSER = 2
_RATE = 1_000 / 600
"""Saves a second, where nothing comes more densely than it would."""
_HANDS = 32
_PASSWORD = "month's end"


def sqlite(made: Made) -> Figure:
    """On SQLite."""
    return _month_end(copy_of(made), "SQLite", _DENSER)


def sqlite_unhurried(made: Made) -> Figure:
    """On SQLite, in ten minutes."""
    return _month_end(copy_of(made), "SQLite", 1)


def postgresql(made: Made) -> Figure:
    """On PostgreSQL."""
    return _on_postgresql(made, _DENSER)


def postgresql_unhurried(made: Made) -> Figure:
    """On PostgreSQL, in ten minutes."""
    return _on_postgresql(made, 1)


def _on_postgresql(made: Made, denser: int) -> Figure:
    binaries = postgres.find_binaries()
    if binaries is None:
        raise LookupError(postgres.NO_BINARIES)
    with postgres.running(binaries) as server:
        url = server.create("months_end")
        zhibu("init", "--ledger", url)()
        zhibu("import", "--restore", "--segments", made.segments(BRANCHES, EVENTS), "--ledger", url)()
        return _month_end(url, "PostgreSQL", denser)


class Visit(NamedTuple):
    """How long the pages and the save took, in seconds, and what the save was answered."""

    pages: list[float]
    save: float
    statuses: list[int]
    event_id: str


def _serve(url: str, denser: int, told: Connection) -> None:
    """Serve until the other end hangs up or speaks."""
    collect_seldom()
    begun = time.monotonic()
    with background(
        url, lambda: AT + timedelta(seconds=denser * (time.monotonic() - begun)), "server"
    ) as site:
        told.send(site.public)
        told.poll(None)


@contextmanager
def _served(url: str, denser: int) -> Iterator[str]:
    """Yield the address of a server that runs in a process of its own."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_serve, args=(url, denser, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join(30)


def _secretaries(store: Store) -> list[str]:
    """Give the secretary of each branch an account of the branch's code, and return the codes."""
    tree = read_tree(store)
    codes = [code for code, one in tree.items() if one.kind == "branch"][:_SESSIONS]
    for code in codes:
        secret = add_account(store, code, grants_for("secretary", [code], tree), by=None, now=AT)
        assert choose_password(store, secret, _PASSWORD, AT) == code
    return codes


def _month_end(url: str, database: str, denser: int) -> Figure:
    with Store.open(url) as store:
        codes = _secretaries(store)
        with _served(url, denser) as public:
            sessions = [(code, Browser(public)) for code in codes]
            visits = [pair for pair in sessions for _ in range(_EACH)]
            # Forms are read and pages compiled when they are first asked for, once in the life of a server.
            _visit(0, (codes[0], Browser(public)), len(visits))
            before = store.head().position
            dice = Random(1)
            dice.shuffle(visits)
            alone = Browser(public)
            static = statistics.median(_timed(lambda: alone.get(STATIC)) for _ in range(40))
            with _meanwhile(alone) as meanwhile, ThreadPoolExecutor(_HANDS) as hands:
                begun = time.perf_counter() + 0.5
                at = sorted(begun + dice.random() * len(visits) / (_RATE * denser) for _ in visits)
                told = list(hands.map(_visit, at, visits, range(len(visits))))
                took = time.perf_counter() - begun
        written = store.head().position - before
        ids = store.held(one.event_id for one in told)
        store.verify()
    refused = [status for one in told for status in one.statuses if status != 303]
    saves, pages = sorted(one.save for one in told), sorted(wait for one in told for wait in one.pages)
    note = (
        f"{len(sessions)} sessions, {len(ids)} of {len(told)} events in {took:.0f} s, "
        f"{len(refused)} refused, {written - len(ids)} doubled, chain whole; "
        f"a save's median {_ms(statistics.median(saves))}, p95 of a page {_ms(_p95(pages))}, "
        f"the static page meanwhile {_ms(statistics.median(meanwhile))}"
    )
    work = f"month's end on {database}: p95 of a save"
    return Figure(work, "static page", _p95(saves), static, 20, note=note)


def _p95(waits: list[float]) -> float:
    return waits[int(len(waits) * 0.95)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


@contextmanager
def _meanwhile(browser: Browser) -> Iterator[list[float]]:
    """Yield how long the static page takes, again and again, as long as the block lasts."""
    waits: list[float] = []
    over = Event()

    def look() -> None:
        while not over.wait(0.25):
            waits.append(_timed(lambda: browser.get(STATIC)))

    looking = Thread(target=look)
    looking.start()
    try:
        yield waits
    finally:
        over.set()
        looking.join()


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _visit(at: float, pair: tuple[str, Browser], number: int) -> Visit:
    """Look at the branch's page, open the form, save an event, see the answer."""
    code, browser = pair
    event_id = str(uuid.UUID(int=number, version=4))
    time.sleep(max(0.0, at - time.perf_counter()))
    with browser.alone:
        statuses: list[int] = []
        if not browser.cookies:
            statuses.append(browser.log_in(code, _PASSWORD))
        pages = [_timed(lambda: browser.get(f"/b/{code}")), _timed(lambda: browser.open_form(code))]
        again = browser.twin() if number % 10 == 0 else None
        second = Thread(target=lambda: statuses.append(again.send(code, "save", event_id)) if again else None)
        begun = time.perf_counter()
        second.start()
        statuses.append(browser.send(code, "save", event_id))
        save = time.perf_counter() - begun
        second.join()
        pages.append(_timed(lambda: browser.get(f"/b/{code}/log/meeting_held?logged={event_id}")))
    return Visit(pages, save, statuses, event_id)
