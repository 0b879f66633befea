"""The made-up committee as a server for several people, each logged in with a browser of their own.

In: the demo's file, codes with roles. Out: a site; pages of browsers that have logged in.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from ledger.access.accounts import add_account, grants_for
from ledger.access.scopes import read_tree
from ledger.access.secrets import SESSION, make_secret
from ledger.store.event_store import Store
from tests.web.browser.conftest import PHONE, SCREEN
from tests.web.client import Clock
from tests.web.live import serving
from web.site import Site

NOW = datetime(2026, 9, 20, 4, tzinfo=UTC)


@contextmanager
def committee_server(demo_file: Path, folder: Path, people: Mapping[str, tuple[str, ...]]) -> Iterator[Site]:
    """Serve a copy of the committee for accounts by code, each with a role and organisations."""
    copy = folder / "server.db"
    copy.write_bytes(demo_file.read_bytes())
    with Store.open(f"sqlite:///{copy}") as store:
        for code, (role, *over) in people.items():
            add_account(store, code, grants_for(role, over, read_tree(store)), by=None, now=NOW)
    with serving(f"sqlite:///{copy}", "server", Clock(NOW)) as site:
        yield site


def with_session(
    chromium: Chromium, site: Site, code: str, *, wide: bool = True, script: bool = True
) -> Page:
    """Return a page of a browser of its own in which somebody's session runs.

    Passwords are slow on purpose, and have tests of their own.
    """
    context = chromium.new_context(
        viewport=SCREEN if wide else PHONE,  # type: ignore[arg-type]
        locale="zh-CN",
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    secret = make_secret(site.store(), "session", code, NOW, lasts=SESSION)
    context.add_cookies([{"name": site.cookie, "value": secret, "url": site.public}])
    return context.new_page()
