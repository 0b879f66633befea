"""Every page and state at 360 px and 1,280 px, in both languages, with and without script: nothing sticks
out, and axe finds nothing. Each run looks at every page in one of these ways, `AXE_EVERYWHERE=1` in all."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from ledger.access.accounts import add_account, grants_for
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from tests.web.browser.conftest import PHONE, SCREEN, entered
from tests.web.browser.states import FORM, PAGES, STATES, Step, show_all
from tests.web.client import NOW, Clock
from tests.web.live import serving
from web.site import Site

RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']}"
FOUND = (
    f"axe.run(document, {RULES}).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.target)]))"
)
CUT = "[...document.querySelectorAll('.tabs, .place')].filter((e) => e.scrollWidth > e.clientWidth).length"
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TYPED_TOO = """() => {
  for (const one of document.querySelectorAll('input, option')) {
    one.setAttribute('value', one.value);
    one.toggleAttribute('checked', Boolean(one.checked));
    one.toggleAttribute('selected', Boolean(one.selected));
  }
  return '<!doctype html>' + document.documentElement.outerHTML;
}"""
"""A page as text, with what was typed and chosen. Styles that a script sets would be lost: ours sets none."""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
EVERYWHERE = bool(os.environ.get("AXE_EVERYWHERE"))
"""Either language with and without script, and axe in either width: ten times as long as by default."""
AXE_AT = {("zh", True): 360, ("en", False): 1280}
"""What is looked at by default, in both widths, and where axe looks: every second page in Chinese with
script, axe on the telephone; the others in English without, axe on the screen."""
WAYS = pytest.mark.parametrize(
    ("language", "script"),
    [(language, script) for language in ("zh", "en") for script in (True, False)]
    if EVERYWHERE
    else list(AXE_AT),
)
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def faults(page: Page, axe: Page, what: str, axe_at: int) -> Iterator[str]:
    """Yield what is wrong with the page that is shown: what sticks out, what axe finds."""
    show_all(page)
    # Beginning with the width that it has, a page is laid out once less.
    for size in (PHONE, SCREEN) if page.viewport_size == PHONE else (SCREEN, PHONE):
        if page.viewport_size != size:
            page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        wide_by = page.evaluate(STICKS_OUT)
        if wide_by > 0:
            yield f"{what} sticks out by {wide_by} of {size['width']}"
        if page.evaluate(CUT):
            yield f"{what} at {size['width']}: tabs or the name of the place are cut"
        if EVERYWHERE or size["width"] == axe_at:
            axe.set_viewport_size(size)  # type: ignore[arg-type]
            axe.set_content(page.evaluate(TYPED_TOO))
            for rule, targets in axe.evaluate(FOUND):
                yield f"{what} at {size['width']}: {rule} {targets[:3]}"


def axe_beside(page: Page, site: Site) -> Page:
    """Return a page in which axe stands ready; whatever it shall look at is copied there.

    Loaded with each page anew it takes twice as long.
    """
    for there in page.context.pages:
        if there.evaluate("'axe' in window"):
            return there
    axe = page.context.new_page()
    axe.route("**/static/*.js", lambda route: route.abort())
    axe.goto(f"{site.public}/static/none")
    axe.evaluate(Axe().axe_script)
    return axe


def seen(page: Page, site: Site, named: dict[str, Step], axe_at: int) -> list[str]:
    """Go to each of some pages, and return what is wrong with them."""
    wrong: list[str] = []
    axe = axe_beside(page, site)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    for what, step in named.items():
        step(page, site.public)
        wrong += faults(page, axe, what, axe_at)
    return wrong


def half(pages: dict[str, Step], axe_at: int) -> dict[str, Step]:
    """Return the pages that are looked at this way: every second one, beginning with the first or second."""
    return pages if EVERYWHERE else dict(list(pages.items())[axe_at == SCREEN["width"] :: 2])


@WAYS
def test_no_page_sticks_out_and_axe_finds_nothing(
    chromium: Chromium, demo: Site, script: bool, language: str
) -> None:
    context, page = entered(chromium, demo, ours=script, language=language)
    axe_at = AXE_AT.get((language, script), 0)
    wrong = seen(page, demo, half({path: at(path) for path in PAGES}, axe_at), axe_at)
    context.close()
    assert wrong == []


@WAYS
def test_what_was_sent_is_answered_by_pages_as_whole(
    chromium: Chromium, demo: Site, script: bool, language: str
) -> None:
    context, page = entered(chromium, demo, ours=script, language=language)
    axe_at = AXE_AT.get((language, script), 0)
    wrong = seen(page, demo, half(dict(STATES), axe_at), axe_at)
    context.close()
    assert wrong == []


@LANGUAGES
def test_whoever_begins_or_is_not_known_yet_sees_whole_pages(
    chromium: Chromium, demo_file: Path, tmp_path: Path, language: str
) -> None:
    wrong: list[str] = []
    axe_at = 360 if language == "zh" else 1280
    with serving(f"sqlite:///{tmp_path / 'new.db'}", clock=Clock()) as site:
        context, page = entered(chromium, site, language=language)
        first = {"step 1": at("/start"), "step 2": pressed, "step 2 refused": pressed}
        wrong += seen(page, site, first, axe_at)
        page.locator("#f-code").fill("b1")
        page.locator("#f-name").fill("第一党支部" * 12)
        then = {"step 3": pressed, "an empty branch": at("/b/b1"), "its log": at("/b/b1/history")}
        wrong += seen(page, site, then, axe_at)
        context.close()
    copy = tmp_path / "demo.db"
    copy.write_bytes(demo_file.read_bytes())
    with Store.open(f"sqlite:///{copy}") as store:
        invite = add_account(
            store, "sec1", grants_for("secretary", ["c0000-b03"], read_tree(store)), by=None, now=NOW
        )
    with serving(f"sqlite:///{copy}", "server", Clock()) as site:
        context = chromium.new_context(locale="zh-CN" if language == "zh" else "en-GB")
        page = context.new_page()
        steps = {"login": at("/login"), "login refused": refused, "invite": at(f"/invite/{invite}")}
        more = {"short password": short, "no invite": at("/invite/none")}
        wrong += seen(page, site, {**steps, **more}, axe_at)
        context.close()
    assert wrong == []


def at(path: str) -> Callable[[Page, str], object]:
    return lambda page, site: page.goto(f"{site}{path}")


def pressed(page: Page, site: str) -> None:
    page.locator("main button.main").click()


def refused(page: Page, site: str) -> None:
    page.locator("#code").fill("nobody")
    page.locator("#password").fill("a wrong password")
    page.locator("main button").click()


def short(page: Page, site: str) -> None:
    page.locator("#password").fill("short")
    page.locator("main button").click()


def test_the_first_page_is_light(chromium: Chromium, demo: Site) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "response", lambda answer: sizes.__setitem__(answer.url, int(answer.headers.get("content-length", 0)))
    )
    page.goto(demo.enter_link(), wait_until="networkidle")
    asked = {url: size for url, size in sizes.items() if "/enter" not in url}
    shift = page.evaluate(
        "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const one of "
        "list.getEntries()) sum += one.value; }).observe({ type: 'layout-shift', buffered: true }); "
        "setTimeout(() => done(sum), 300); })"
    )
    context.close()
    assert len(asked) <= 5
    assert sum(asked.values()) <= 60_000
    assert shift == 0


def test_the_board_is_printed_across_and_a_score_upright(chromium: Chromium, demo: Site) -> None:
    context, page = entered(chromium, demo)
    sizes = {}
    for path in (f"/o/c0000/{FORM}/2026", f"/b/c0000-b03/score/{FORM}/2026"):
        page.goto(demo.public + path)
        printed = page.pdf(prefer_css_page_size=True)
        [box] = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed))
        sizes[path.split("/")[1]] = float(box[0]) > float(box[1])
    context.close()
    assert sizes == {"o": True, "b": False}
