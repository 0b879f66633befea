"""The month's end: two hundred sessions save a thousand events within ten minutes, told in less time.

In: what was made. Out: one `Figure` a database: p95 of the wait for a save beside that for the static page.
Deliberately absent: waiting for ten minutes; the events come six times as densely as they would, and every
tenth is sent twice at once, as by a double click.
"""

import statistics
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Thread

from bench.made import Made
from bench.pages import AT, BRANCHES, EVENTS, STATIC, Browser, copy_of
from bench.timing import QUICK, Figure, zhibu
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from tests import postgres
from web.serving import background

_SESSIONS, _EACH = 200, 1 if QUICK else 5
_RATE = 10.0
"""Saves a second; the contract has 1,000 in ten minutes, 1.7 a second."""
_HANDS = 32


def sqlite(made: Made) -> Figure:
    """On SQLite."""
    return _month_end(copy_of(made), "SQLite")


def postgresql(made: Made) -> Figure:
    """On PostgreSQL."""
    binaries = postgres.find_binaries()
    if binaries is None:
        raise LookupError(postgres.NO_BINARIES)
    with postgres.running(binaries) as server:
        url = server.create("months_end")
        zhibu("init", "--ledger", url)()
        zhibu("import", "--restore", "--segments", made.segments(BRANCHES, EVENTS), "--ledger", url)()
        return _month_end(url, "PostgreSQL")


@contextmanager
def _sessions(url: str) -> Iterator[list[tuple[str, Browser]]]:
    with background(url, lambda: AT) as site, Store.open(url) as store:
        codes = [code for code, one in read_tree(store).items() if one.kind == "branch"][:_SESSIONS]
        yield [(code, Browser(site)) for code in codes]


def _month_end(url: str, database: str) -> Figure:
    with _sessions(url) as sessions, Store.open(url) as store:
        before = store.head().position
        static = _static(sessions[0][1])
        visits = [pair for pair in sessions for _ in range(_EACH)]
        dice = Random(1)
        dice.shuffle(visits)
        begun = time.perf_counter() + 0.5
        at = [begun + dice.random() * len(visits) / _RATE for _ in visits]
        with ThreadPoolExecutor(_HANDS) as hands:
            told = list(hands.map(_visit, sorted(at), visits, range(len(visits))))
        took = time.perf_counter() - begun
        written = store.head().position - before
        ids = store.held(event_id for _, _, event_id in told)
        store.verify()
    refused = [status for _, statuses, _ in told for status in statuses if status != 303]
    times = sorted(seconds for seconds, _, _ in told)
    doubled = written - len(ids)
    middle = statistics.median(times) * 1000
    note = (
        f"{len(sessions)} sessions, {len(ids)} of {len(told)} events in {took:.0f} s, "
        f"{len(refused)} refused, {doubled} doubled, chain whole; median {middle:.0f} ms"
    )
    work = f"month's end on {database}: p95 of a save"
    return Figure(work, "static page", times[int(len(times) * 0.95)], static, 20, note=note)


def _static(browser: Browser) -> float:
    """Return the median wait for the static page, before anybody else comes."""
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        browser.get(STATIC)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _visit(at: float, pair: tuple[str, Browser], number: int) -> tuple[float, list[int], str]:
    """Open the form, save an event, see the answer; return how long the save took, and what was answered."""
    code, browser = pair
    event_id = str(uuid.UUID(int=number, version=4))
    time.sleep(max(0.0, at - time.perf_counter()))
    with browser.alone:
        browser.open_form(code)
        statuses: list[int] = []
        again = browser.twin() if number % 10 == 0 else None
        second = Thread(target=lambda: statuses.append(again.send(code, "save", event_id)) if again else None)
        begun = time.perf_counter()
        second.start()
        statuses.append(browser.send(code, "save", event_id))
        seconds = time.perf_counter() - begun
        second.join()
        browser.get(f"/b/{code}/log/meeting_held?logged={event_id}")
    return seconds, statuses, event_id
