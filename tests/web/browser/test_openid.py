"""Logging in by a provider of identities in Chromium, which holds a form's redirects to this site."""

from pathlib import Path

from joserfc.jwk import RSAKey
from playwright.sync_api import Browser as Chromium

from ledger.access.accounts import add_account, grants_for
from ledger.access.scopes import read_tree
from ledger.store.event_store import Store
from tests.web.client import NOW, Clock
from tests.web.live import serving
from tests.web.openid.provider import CLIENT, SECRET, running
from web.openid.provider import Provider


def test_an_invite_is_bound_and_the_button_logs_in_again(
    chromium: Chromium, committee_url: str, committee: Store, tmp_path: Path
) -> None:
    secret = add_account(
        committee, "sec", grants_for("secretary", ["b1"], read_tree(committee)), by=None, now=NOW
    )
    key = RSAKey.generate_key(2048, {"kid": "k1"})
    with running(key) as provider, serving(committee_url, "server", Clock()) as site:
        site.provider = Provider(provider.issuer, CLIENT, SECRET)
        page = chromium.new_page(locale="zh-CN")
        page.goto(f"{site.public}/invite/{secret}")
        page.get_by_role("button", name="绑定统一身份认证").click()
        page.wait_for_url(f"{site.public}/b/b1")
        page.get_by_role("button", name="退出").click()
        page.goto(f"{site.public}/b/b1/history")
        page.get_by_role("button", name="用统一身份认证登录").click()
        page.wait_for_url(f"{site.public}/b/b1/history")
        page.close()
