"""An auditor in a browser: the log as it was, the chain verified, a head kept and held against it later."""

from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.web.browser.committee import committee_server, with_session


def test_an_auditor_looks_back_verifies_and_holds_a_kept_head_against_the_log(
    chromium: Chromium, demo_file: Path, tmp_path: Path
) -> None:
    with committee_server(demo_file, tmp_path, {"aud": ("auditor",)}) as site:
        last = site.store().head()
        page = with_session(chromium, site, "aud")
        page.goto(site.public)
        page.get_by_role("link", name="审计").click()
        expect(page.locator("code").first).to_have_text(f"{last.position} {last.hash}")
        page.get_by_label("台账截至").fill("12")
        page.get_by_role("button", name="显示").click()
        expect(page.locator("tbody tr")).to_have_count(12)
        kept = page.locator("code").first.inner_text()
        assert kept.startswith("12 sha256:")
        page.get_by_label("以前抄下的末条").fill(kept)
        page.get_by_role("button", name="校验").click()
        expect(page.get_by_role("status")).to_contain_text(f"校验通过：{last.position}")
        page.get_by_label("以前抄下的末条").fill(f"12 sha256:{'0' * 64}")
        page.get_by_role("button", name="校验").click()
        expect(page.locator("main .error")).to_contain_text("12")
        page.locator("tbody a").first.click()
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_text("撤销", exact=True)).to_have_count(0)
        page.context.close()
