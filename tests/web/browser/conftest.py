"""Chromium for the tests of pages: where there is none, they say so, loudly, and are skipped."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.web.live import serving
from web.demo import make_demo
from web.site import Site

NO_BROWSER = (
    "NO BROWSER: the tests of pages in Chromium were skipped. "
    "Install one: apt-get install chromium fonts-noto-cjk"
)

QUICK = "--js-flags=--no-opt,--no-maglev,--single-threaded"
"""No script of a test runs for so long that translating it well, on a core beside, is paid back."""


def find_chromium() -> str | None:
    """Return Chromium's program, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    program = find_chromium()
    if program is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", QUICK])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import UTC, datetime

    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, datetime(2026, 9, 20, 4, tzinfo=UTC))
    return folder / "demo.db"


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Site]:
    """The made-up committee, served over a copy of its own."""
    from tests.web.client import Clock

    copy = tmp_path / "demo.db"
    copy.write_bytes(demo_file.read_bytes())
    from datetime import UTC, datetime

    with serving(f"sqlite:///{copy}", clock=Clock(datetime(2026, 9, 20, 4, tzinfo=UTC))) as site:
        yield site


PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def entered(
    chromium: Chromium,
    site: Site,
    *,
    script: bool = True,
    wide: bool = True,
    ours: bool = True,
    language: str = "zh",
) -> tuple[BrowserContext, Page]:
    """Return a page of a browser that has entered; requests to other hosts fail the test.

    Without `ours` the site's own script does not come, though the browser would run one (axe needs that).
    """
    context = chromium.new_context(
        viewport=SCREEN if wide else PHONE,
        locale="zh-CN" if language == "zh" else "en-GB",
        java_script_enabled=script,  # type: ignore[arg-type]
    )
    context.set_default_timeout(45_000)
    page = context.new_page()
    if not ours:
        page.route("**/static/*.js", lambda route: route.abort())
    page.on("request", lambda request: _stay(request.url, site))
    page.goto(site.enter_link())
    return context, page


def _stay(url: str, site: Site) -> None:
    assert url.startswith(site.public), f"a request left the host: {url}"
