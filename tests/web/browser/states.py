"""Every page, and what it looks like once something was sent: how to get there, in a browser.

Out: `PAGES` (addresses of the made-up committee) and `STATES` (a name, and steps without script's help).
Deliberately absent: what is looked at once there.
"""

from collections.abc import Callable

from playwright.sync_api import Page

FORM = "college-staff-branch-2019"
B, OFFICE = "/b/c0000-b03", "/o/c0000"
PAGES = (
    "/", "/me", "/accounts", "/audit?verify=1", "/audit?as_of=12", "/audit/visits", "/nothing",
    B, f"{B}/log", f"{B}/log/meeting_held", f"{B}/log/dues_paid", f"{B}/log/finding_recorded",
    f"{B}/dues/2026-09", f"{B}/dues/2026-08", f"{B}/upload", f"{B}/roster", f"{B}/roster?on=2010-01-01",
    f"{B}/history", f"{B}/history?type=meeting_held", f"{B}/history?member=nobody", f"{B}/calendar",
    f"{B}/reminders", "/b/c0000",
    f"{B}/score/{FORM}/2026", f"{B}/score/{FORM}/2026-Q3", f"{B}/score/{FORM}/2026?as_of=99999999",
    f"{OFFICE}/{FORM}/2026", f"{OFFICE}/{FORM}/2026?rank=1", f"{OFFICE}/{FORM}/2026?find=nobody",
    f"{OFFICE}/assess/{FORM}/2026", f"{OFFICE}/assess/{FORM}/2026?branch=c0000-b03",
    f"{OFFICE}/assess/{FORM}/2026-Q1?branch=c0000-b03&left=1", f"{B}/score/{FORM}/2025",
    f"{B}/history?rubric={FORM}&period=2026-Q1", f"{OFFICE}/seals?rubric={FORM}&period=2026&choose=1",
    f"{OFFICE}/compare", f"{OFFICE}/compare?branch=c0000-b03&rubric={FORM}&period=x&as_of_b=y",
    f"{OFFICE}/compare?branch=c0000-b03&branch_b=c0000-b04&rubric={FORM}&period=2026",
    f"{OFFICE}/seals", f"{OFFICE}/seals?rubric={FORM}&period=2026",
    f"{OFFICE}/forms", f"{OFFICE}/recipients", f"{OFFICE}/accounts",
    f"{OFFICE}/draw", f"{OFFICE}/draw?branch=c0000-b03&share=0.5",
)  # fmt: skip

Step = Callable[[Page, str], object]
PAID = "姓名,月份,实缴金额,缴费日期,血型\n{},2026-07,二十,2026-07-20,A\n没有这人,2026-07,20,2026-07-20,B\n"


def form_refused(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/log/dues_paid")
    page.locator("main button[name=save]").click()


def form_checked(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/log/meeting_held?kind=committee_meeting")
    page.locator("main button[name=check]").click()


def form_saved(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/log/meeting_held?kind=committee_meeting")
    page.locator("main button[name=save]").click()


def event_shown(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/history")
    page.locator(".events a").first.click()


def correction_refused(page: Page, site: str) -> None:
    event_shown(page, site)
    show_all(page)
    page.locator("main button[value=retract], main button[name=save]").last.click()


def dues_refused(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/dues/2026-09")
    page.locator("main button[name=save]").click()


def sheet_refused(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/upload")
    file = {"name": "党费.csv", "mimeType": "text/csv", "buffer": PAID.format("m01").encode()}
    page.locator("#f-file").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main button[name=check]").click()


def sheet_not_chosen(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/upload")
    page.locator("main button[name=check]").click()


def judgement_refused(page: Page, site: str) -> None:
    page.goto(f"{site}{OFFICE}/assess/{FORM}/2026?branch=c0000-b03")
    page.locator(".judging input[inputmode=decimal]").first.fill("999")
    page.locator("main button[name=save]").click()


def judgement_saved(page: Page, site: str) -> None:
    page.goto(f"{site}{OFFICE}/assess/{FORM}/2026?branch=c0000-b03")
    page.locator(".judging input[inputmode=decimal]").first.fill("1")
    page.locator("main button[name=save]").click()


def seal_refused(page: Page, site: str) -> None:
    page.goto(f"{site}{OFFICE}/seals?rubric={FORM}&period=2026")
    page.locator("#f-name").fill("2025")
    page.locator("main form[method=post] button").click()


def seal_made(page: Page, site: str) -> None:
    page.goto(f"{site}{OFFICE}/seals?rubric={FORM}&period=2026-Q1")
    page.locator("#f-name").fill("2026-Q1")
    page.locator("main form[method=post] button").click()


def roll_called(page: Page, site: str) -> None:
    page.goto(f"{site}{B}/log/meeting_held?kind=committee_meeting")
    show_all(page)
    page.locator("input[value=absent]").first.check()
    page.locator("input[name=roll]").check()
    page.locator("main button[name=check]").click()


def token_made(page: Page, site: str) -> None:
    page.goto(f"{site}{OFFICE}/accounts")
    if not page.locator("#tn-prog1").count():
        page.locator("#f-code").fill("prog1")
        page.locator("#f-role").select_option(value="reader")
        page.locator("main form").last.locator("input[value=c0000-b03]").check()
        page.locator("main form").last.locator("button").click()
    page.locator("#tn-prog1").wait_for(state="attached")
    page.wait_for_load_state()
    show_all(page)
    page.locator("#tn-prog1").fill("oa")
    page.locator("main button[value=token]").click()


STATES: dict[str, Step] = {
    "a roll called": roll_called,
    "a token made": token_made,
    "a form refused": form_refused,
    "a form checked": form_checked,
    "a form saved": form_saved,
    "an event": event_shown,
    "a correction refused": correction_refused,
    "dues refused": dues_refused,
    "a sheet refused": sheet_refused,
    "no sheet chosen": sheet_not_chosen,
    "a judgement refused": judgement_refused,
    "a judgement saved": judgement_saved,
    "a seal refused": seal_refused,
    "a seal made": seal_made,
}


def show_all(page: Page) -> None:
    """Open everything that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
