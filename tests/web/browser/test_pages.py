"""Every page at 360 px and 1,280 px, in both languages: nothing sticks out, and axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium

from tests.web.browser.conftest import entered
from web.site import Site

FORM = "college-staff-branch-2019"
B, OFFICE = "/b/c0000-b03", "/o/c0000"
PATHS = (
    "/", "/me", "/accounts", "/audit?verify=1", "/audit/visits", "/nothing",
    B, f"{B}/log", f"{B}/log/meeting_held", f"{B}/log/dues_paid", f"{B}/log/finding_recorded",
    f"{B}/dues/2026-09", f"{B}/upload", f"{B}/roster", f"{B}/history", f"{B}/calendar", f"{B}/reminders",
    f"{B}/score/{FORM}/2026", f"{B}/score/{FORM}/2026-Q3",
    f"{OFFICE}/{FORM}/2026", f"{OFFICE}/{FORM}/2026?rank=1",
    f"{OFFICE}/assess/{FORM}/2026", f"{OFFICE}/assess/{FORM}/2026?branch=c0000-b03",
    f"{OFFICE}/compare?branch=c0000-b03&branch_b=c0000-b04&rubric={FORM}&period=2026",
    f"{OFFICE}/seals?rubric={FORM}&period=2026",
    f"{OFFICE}/forms", f"{OFFICE}/recipients", f"{OFFICE}/accounts",
    f"{OFFICE}/draw?branch=c0000-b03&share=0.5",
)  # fmt: skip
# What it asks for is all that axe then works out, which takes half the time.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}


@pytest.mark.parametrize(("wide", "language"), [(False, "zh"), (True, "en")], ids=["phone-zh", "screen-en"])
def test_no_page_sticks_out_and_axe_finds_nothing(
    chromium: Chromium, demo: Site, wide: bool, language: str
) -> None:
    context, page = entered(chromium, demo, wide=wide)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    # On the screen every second page: what differs there is the width alone.
    for path in PATHS[:: 2 if wide else 1]:
        page.goto(f"{demo.public}{path}{'&' if '?' in path else '?'}lang={language}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        wide_by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide_by > 0:
            wrong.append(f"{path} sticks out by {wide_by}")
        wrong += [
            f"{path} {found['id']}: {[node['target'] for node in found['nodes']][:3]}"
            for found in Axe().run(page, options=RULES).response["violations"]
        ]
    context.close()
    assert wrong == []


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
