"""What a secretary and an office do, in a browser: with a keyboard, on a phone, without script."""

import re

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from ledger.store.event_store import Store
from tests.web.browser.conftest import entered
from web.site import Site

FORM = "college-staff-branch-2019"
B = "/b/c0000-b03"


def events(site: Site) -> int:
    with Store.open(site.ledger) as store:
        return store.head().position


def test_a_meeting_is_logged_on_a_phone_by_ticking_who_came_and_a_double_click_logs_once(
    chromium: Chromium, demo: Site
) -> None:
    context, page = entered(chromium, demo, wide=False)
    before = events(demo)
    page.goto(f"{demo.public}{B}")
    page.locator("main").get_by_role("link", name="记一次会议").click()
    page.get_by_label("会议类型").select_option(label="支委会")
    page.get_by_text("点名", exact=True).click()
    page.get_by_role("row").nth(2).get_by_role("radio").nth(1).check()
    expect(page.locator("input[name=roll]")).to_be_checked()
    expect(page.locator("#preview h2")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("3.1")
    page.get_by_role("button", name="保存", exact=True).dblclick()
    expect(page.get_by_role("status")).to_contain_text(f"序号 {before + 1}")
    assert events(demo) == before + 1
    page.get_by_role("link", name="更正").click()
    page.get_by_text("撤销", exact=True).first.click()
    page.locator("#r-reason").fill("记错了")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("h1")).to_contain_text("已撤销")
    context.close()


def test_what_was_typed_comes_back_as_a_draft_and_goes_once_it_is_saved(
    chromium: Chromium, demo: Site
) -> None:
    context, page = entered(chromium, demo)
    page.goto(f"{demo.public}{B}/log/meeting_held")
    page.get_by_text("其他内容").click()
    page.get_by_label("主题").fill("学习文件")
    page.get_by_label("会议类型").select_option(label="集中学习")
    expect(page.locator("#preview h2")).to_be_visible()
    page.goto(f"{demo.public}{B}")
    expect(page.locator("[data-drafts]")).to_contain_text("会议")
    page.locator("[data-drafts] a").click()
    expect(page.get_by_label("主题")).to_have_value("学习文件")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(f"{demo.public}{B}")
    expect(page.locator("[data-drafts]")).to_be_hidden()
    context.close()


def test_everything_works_without_script(chromium: Chromium, demo: Site) -> None:
    context, page = entered(chromium, demo, script=False)
    before = events(demo)
    page.goto(f"{demo.public}{B}/log/meeting_held")
    page.get_by_label("会议类型").select_option(label="支委会")
    page.get_by_role("button", name="先看会怎样").click()
    expect(page.locator("#preview h2")).to_be_in_viewport()
    assert events(demo) == before
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert events(demo) == before + 1
    page.goto(f"{demo.public}{B}/dues/2026-09")
    # What only a script could do is not offered.
    expect(page.locator("[data-tick-all]")).to_be_hidden()
    page.locator("input[name=paid]").first.check()
    page.locator("input[inputmode=decimal]").first.fill("12.00")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    assert events(demo) == before + 2
    # Under 45 clauses, too, one is led to what they would come to.
    page.goto(f"{demo.public}/o/c0000/assess/{FORM}/2026?branch=c0000-b03")
    page.locator(".judging input[inputmode=decimal]").first.fill("1")
    page.get_by_role("button", name="先看会怎样").click()
    expect(page.locator("#preview h2")).to_be_in_viewport()
    context.close()


def test_why_points_were_lost_is_found_from_the_board(chromium: Chromium, demo: Site) -> None:
    context, page = entered(chromium, demo)
    page.goto(f"{demo.public}/o/c0000/{FORM}/2026-Q3")
    page.get_by_role("link", name=re.compile("护理系")).click()
    # Where points were lost the item stands open: nothing needs to be found.
    lost = page.locator("details.item", has=page.locator(".entry.lost")).first
    expect(lost.locator(".entry.lost").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("zoom", [2])
def test_the_log_form_is_whole_at_200_percent(chromium: Chromium, demo: Site, zoom: int) -> None:
    context, page = entered(chromium, demo)
    page.set_viewport_size({"width": 1280 // zoom, "height": 900 // zoom})
    page.goto(f"{demo.public}{B}/log/meeting_held")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()


def test_a_session_that_ends_in_the_middle_keeps_what_was_typed(chromium: Chromium, demo: Site) -> None:
    context, page = entered(chromium, demo)
    page.goto(f"{demo.public}{B}/log/meeting_held")
    page.get_by_label("会议类型").select_option(label="集中学习")
    for digest, _, _ in demo.sessions.all():
        demo.sessions.end(digest)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("h1")).to_contain_text("无法打开")
    page.goto(demo.enter_link())
    page.goto(f"{demo.public}{B}/log/meeting_held")
    expect(page.get_by_label("会议类型")).to_have_value("study")
    context.close()
