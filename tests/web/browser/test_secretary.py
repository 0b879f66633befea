"""A secretary in a browser: from the first start to the first lost point explained; what was typed kept over
the end of a session; a month's dues in the grid; a messy sheet mended in place."""

import re
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from ledger.access.accounts import choose_password, invite
from ledger.access.secrets import end_secret, secrets_of
from ledger.store.event_store import Store
from tests.web.browser.committee import NOW, committee_server, with_session
from tests.web.browser.conftest import entered
from tests.web.client import PASSWORD, Clock
from tests.web.live import serving
from web.site import Site

B = "/b/c0000-b03"


def test_from_the_first_start_to_the_first_lost_point_explained(chromium: Chromium, tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'new.db'}", clock=Clock(NOW)) as site:
        context, page = entered(chromium, site, wide=False)
        page.get_by_role("button", name="建立").click()
        page.get_by_label("支部名称").fill("医技第一党支部")
        page.get_by_label("支部代码").fill("yj1")
        page.get_by_label("成立日期").fill("2026-01-01")
        page.get_by_label("适用的考核细则").select_option(value="hospital-branch-2019")
        page.get_by_role("button", name="下一步").click()
        page.get_by_label("每行一个姓名").fill("刘芳 书记\n王伟 组织委员\n张敏")
        page.get_by_role("button", name="保存").click()
        page.wait_for_url(f"{site.public}/b/yj1")
        expect(page.locator("h1")).to_have_text("医技第一党支部")
        lost = page.locator(".losses details").first
        lost.locator("summary").click()
        expect(lost.locator(".entry.lost").first).to_contain_text("2026")
        page.get_by_role("link", name="看得分与理由").click()
        expect(page.locator(".entry.lost").first).to_be_visible()
        context.close()


def test_whose_session_ended_in_the_middle_logs_in_and_is_led_back_to_what_was_typed(
    chromium: Chromium, demo_file: Path, tmp_path: Path
) -> None:
    with committee_server(demo_file, tmp_path, {"sec1": ("secretary", "c0000-b03")}) as site:
        store = site.store()
        assert choose_password(store, invite(store, "sec1", by=None, now=NOW), PASSWORD, NOW) == "sec1"
        before = store.head().position
        page = with_session(chromium, site, "sec1")
        page.goto(f"{site.public}{B}/log/meeting_held")
        page.get_by_label("会议类型").select_option(label="集中学习")
        page.get_by_text("其他内容").click()
        page.get_by_label("主题").fill("学习文件")
        for one in secrets_of(store, "sec1", "session", NOW):
            end_secret(store, one.digest)
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("没有保存")
        assert store.head().position == before
        page.get_by_label("账户代码").fill("sec1")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(f"{site.public}{B}/log/meeting_held")
        expect(page.get_by_label("会议类型")).to_have_value("study")
        expect(page.get_by_label("主题")).to_have_value("学习文件")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text(f"序号 {before + 1}")
        page.context.close()


def test_without_script_what_was_sent_too_late_comes_back_after_the_login(
    chromium: Chromium, demo_file: Path, tmp_path: Path
) -> None:
    with committee_server(demo_file, tmp_path, {"sec1": ("secretary", "c0000-b03")}) as site:
        store = site.store()
        assert choose_password(store, invite(store, "sec1", by=None, now=NOW), PASSWORD, NOW) == "sec1"
        before = store.head().position
        page = with_session(chromium, site, "sec1", script=False)
        page.goto(f"{site.public}{B}/log/meeting_held?kind=study")
        page.get_by_label("日期").first.fill("2026-09-18")
        site.clock.forward(hours=9)  # type: ignore[attr-defined]
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("接着填")
        page.get_by_label("账户代码").fill("sec1")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.locator("form[data-resume] button").click()
        expect(page.get_by_label("会议类型")).to_have_value("study")
        assert store.head().position == before
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text(f"序号 {before + 1}")
        page.context.close()


def test_what_it_would_count_for_is_not_told_of_older_typing_while_the_network_is_away(
    chromium: Chromium, demo: Site
) -> None:
    context, page = entered(chromium, demo)
    page.goto(f"{demo.public}{B}/log/meeting_held")
    page.get_by_label("会议类型").select_option(label="支委会")
    expect(page.locator("#preview h2")).to_be_visible()
    context.set_offline(True)
    page.get_by_label("会议类型").select_option(label="集中学习")
    expect(page.locator("[data-away]")).to_be_visible()
    expect(page.locator("#preview h2")).to_have_count(0)
    context.set_offline(False)
    page.get_by_label("会议类型").select_option(label="支委会")
    expect(page.locator("#preview h2")).to_be_visible()
    expect(page.locator("[data-away]")).to_be_hidden()
    context.close()


def test_a_months_dues_are_ticked_in_the_grid_by_keyboard_and_saved_once(
    chromium: Chromium, demo: Site
) -> None:
    context, page = entered(chromium, demo, wide=False)
    page.goto(f"{demo.public}{B}/dues/2026-10")
    count = page.locator("input[name=paid]").count()
    assert count > 3
    page.get_by_role("button", name="全部勾选").focus()
    page.keyboard.press("Enter")
    for amount in page.locator("input[inputmode=decimal]").all():
        amount.fill("10.50")
    expect(page.locator("[data-total]")).to_have_text(f"{1050 * count // 100}.{1050 * count % 100:02}")
    with Store.open(demo.ledger) as store:
        before = store.head().position
        page.get_by_role("button", name="保存", exact=True).dblclick()
        expect(page.get_by_role("status").filter(has_text="已保存")).to_contain_text(str(count))
        paid = [e.payload() for e in store.read(after=before)]
    assert [(one["month"], one["amount"]) for one in paid] == [("2026-10", "10.50")] * count
    context.close()


def test_a_messy_sheet_is_mended_in_place_and_goes_in_whole(chromium: Chromium, demo: Site) -> None:
    context, page = entered(chromium, demo)
    page.goto(f"{demo.public}{B}/roster")
    name = re.split(r"[（(]", page.locator(".people th b").first.inner_text())[0]
    sheet = f"某支部党费收缴表,,,\n姓名,月份,实缴金额,缴费日期\n{name},2026-10,二十,2026-09-19\n"
    page.goto(f"{demo.public}{B}/upload")
    file = {"name": "党费.csv", "mimeType": "text/csv", "buffer": sheet.encode("gbk")}
    page.get_by_label("文件").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="读取").click()
    with Store.open(demo.ledger) as store:
        before = store.head().position
        cell = page.locator(".sheet input[aria-invalid=true]")
        expect(cell).to_have_value("二十")
        expect(page.get_by_role("button", name="保存")).to_have_count(0)
        cell.fill("20")
        page.get_by_role("button", name="先看会怎样").click()
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status")).to_contain_text("已保存 1 条")
        [paid] = store.read(after=before)
    assert (paid.type, paid.payload()["amount"]) == ("dues_paid", "20.00")
    context.close()


def test_an_event_is_corrected_and_then_retracted_and_says_what_it_was(
    chromium: Chromium, demo: Site
) -> None:
    context, page = entered(chromium, demo)
    page.goto(f"{demo.public}{B}/log/meeting_held?kind=committee_meeting&occurred_on=2026-09-01")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="更正").click()
    page.get_by_text("更正", exact=True).first.click()
    page.locator("#c-reason").fill("日期写错了")
    page.get_by_label("发生日期").fill("2026-09-02")
    page.get_by_role("button", name="更正").click()
    expect(page.locator("h1")).to_contain_text("已更正")
    expect(page.locator("main")).to_contain_text("日期写错了")
    expect(page.locator(".note .facts")).to_contain_text("2026-09-01")
    page.get_by_text("撤销", exact=True).first.click()
    page.locator("#r-reason").fill("没有开成")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("h1")).to_contain_text("已撤销")
    expect(page.locator("main")).to_contain_text("没有开成")
    context.close()
