"""Pages as a browser draws them: when the largest thing stands there, what shifts, what was fetched.

In: what was made. Out: one `Figure` a page: its largest contentful paint on a screen beside the end of its
answer, by the wall clock; a phone's, shifts, bytes and requests in the note. Deliberately absent: other
browsers than Chromium, slow lines.
"""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.folds import branch_of_300
from bench.made import FORM_001, YEAR, Made
from bench.pages import AT, copy_of, under_one
from bench.timing import QUICK, Figure
from ledger.store.event_store import Store
from tests.web.browser.conftest import NO_BROWSER, find_chromium
from web.serving import background
from web.site import Site

SCREEN, PHONE = 1280, 360
_RUNS = 1 if QUICK else 5
_WATCH = """
window.told = {lcp: 0, cls: 0};
new PerformanceObserver(list => { for (const one of list.getEntries()) told.lcp = one.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => { for (const one of list.getEntries()) told.cls += one.value; })
  .observe({type: 'layout-shift', buffered: true});
"""
_ASK = "() => ({...told, answered: performance.getEntriesByType('navigation')[0].responseEnd})"


def home(made: Made) -> Figure:
    """A branch's own page."""
    return _branchs(made, "home", lambda code: f"/b/{code}")


def score(made: Made) -> Figure:
    """A branch's whole score."""
    return _branchs(made, "score", lambda code: f"/b/{code}/score/{FORM_001}/{YEAR}")


def board(made: Made) -> Figure:
    """The board of 200 branches, folded for the first look already."""
    url, top = under_one(made)
    return _drawn(url, "board", f"/o/{top}/{FORM_001}/{YEAR}")


def _branchs(made: Made, what: str, path: Callable[[str], str]) -> Figure:
    url = copy_of(made)
    with Store.open(url) as store:
        code, _ = branch_of_300(store)
    return _drawn(url, what, path(code))


def _drawn(url: str, what: str, path: str) -> Figure:
    with background(url, lambda: AT) as site, _chromium() as browser:
        by_width = {}
        _ask(browser, site, path)
        for width in (SCREEN, PHONE):
            looks = [_look(browser, site, path, width) for _ in range(_RUNS)]
            by_width[width] = {name: statistics.median(one[name] for one in looks) for name in looks[0]}
    screen, phone = by_width[SCREEN], by_width[PHONE]
    note = (
        f"at {PHONE} px {phone['lcp']:.0f} ms; layout shifts {screen['cls']:g} and {phone['cls']:g}; "
        f"{screen['requests']:.0f} requests, {screen['bytes'] / 1000:.1f} kB, nothing kept by the browser"
    )
    work = f"browser: {what}, largest contentful paint at {SCREEN} px"
    return Figure(work, "the answer's end", screen["lcp"] / 1000, screen["answered"] / 1000, None, note=note)


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = find_chromium()
    if program is None:
        raise LookupError(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _ask(browser: Any, site: Site, path: str) -> None:
    """Ask for a page and draw nothing: what is told is not the server's first answer."""
    context = browser.new_context()
    context.request.get(site.enter_link())
    context.request.get(site.public + path)
    context.close()


def _look(browser: Any, site: Site, path: str, width: int) -> dict[str, float]:
    """Open a page in a browser that has kept nothing, and return what it tells."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.request.get(site.enter_link())
    page = context.new_page()
    page.add_init_script(_WATCH)
    fetched: list[int] = []
    page.on("requestfinished", lambda request: fetched.append(sum(_sizes(request))))
    page.goto(site.public + path, wait_until="networkidle")
    page.wait_for_timeout(200)
    told: dict[str, float] = page.evaluate(_ASK)
    context.close()
    return {**told, "requests": len(fetched), "bytes": sum(fetched)}


def _sizes(request: Any) -> tuple[int, int]:
    sizes = request.sizes()
    return sizes["responseBodySize"], sizes["responseHeadersSize"]
