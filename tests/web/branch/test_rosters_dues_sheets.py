"""A branch's roster, a month's dues in one grid, a messy sheet mended in place."""

import re

from ledger.people import names
from ledger.store.event_store import Store
from tests.web.client import Browser, account, server

BASE = "0198c0de-0000-7000-8000-00000000000a"


def test_people_are_put_on_a_roster_by_their_names_and_found_again(holder: Browser, committee: Store) -> None:
    sent = {"do": "add", "names": "赵敏 副书记\n孙平", "since": "2026-02-01"}
    assert holder.post("/b/b1/roster", sent).status_code == 303
    page = holder.get("/b/b1/roster").text
    assert "赵敏" in page
    assert "副书记" in page
    count = committee.head().position
    assert holder.post("/b/b1/roster", sent).status_code == 303
    assert committee.head().position == count
    refused = holder.post("/b/b1/roster", {**sent, "names": ""})
    assert refused.status_code == 422


def test_a_name_is_set_and_erased_beside_the_log(holder: Browser, committee: Store) -> None:
    before = committee.head()
    holder.post("/b/b1/roster", {"do": "name", "code": "b1m02", "name": "改名者"})
    assert names(committee, "b1")["b1m02"] == "改名者"
    holder.post("/b/b1/roster", {"do": "erase", "code": "b1m02"})
    assert "b1m02" not in names(committee, "b1")
    assert committee.head() == before
    stranger = holder.post("/b/b1/roster", {"do": "name", "code": "b2m01", "name": "别支部的人"})
    assert stranger.status_code == 404


def test_a_months_dues_are_saved_at_once_and_a_second_click_adds_nothing(
    holder: Browser, committee: Store
) -> None:
    before = committee.head().position
    sent = {
        "id": BASE, "occurred_on": "2026-02-20", "paid": ["b1m01", "b1m02"],
        "amount.b1m01": "20", "amount.b1m02": "15.50", "save": "1",
    }  # fmt: skip
    for _ in range(2):
        holder.post("/b/b1/dues/2026-02", sent)
        assert committee.head().position == before + 2
    told = sorted((e.payload()["member"], e.payload()["amount"]) for e in committee.read(types={"dues_paid"}))
    assert told == [("b1m01", "20.00"), ("b1m02", "15.50")]
    page = holder.get("/b/b1/dues/2026-02").text
    assert "35.50" in page
    assert 'name="save"' in page
    assert "data-all-there" not in page
    last = {"occurred_on": "2026-02-20", "paid": "b1m03", "amount.b1m03": "9", "save": "1"}
    assert holder.post("/b/b1/dues/2026-02", last).status_code == 303
    whole = holder.get("/b/b1/dues/2026-02").text
    assert "data-all-there" in whole
    assert 'name="save"' not in whole
    march = holder.get("/b/b1/dues/2026-03").text
    assert re.search(r'name="amount.b1m02" value="15.50"', march)
    # Who missed a month is offered what was paid in the one before; who never paid, nothing.
    april = holder.get("/b/b1/dues/2026-04").text
    assert re.search(r'name="amount.b1m02" value="15.50"', april)
    assert re.search(r'name="amount.b1m02" value=""', holder.get("/b/b1/dues/2026-01").text)


def test_a_month_of_dues_is_chosen_from_those_of_the_branch(holder: Browser) -> None:
    # On 2 March 2026: the next month, and back to January 2025, in which the branch was founded.
    page = holder.get("/b/b1/dues/2026-03").text
    offered = re.findall(r'<option value="(\d{4}-\d\d)"( selected)?>([^<]+)', page)
    assert (offered[0], offered[1]) == (("2026-04", "", "2026年4月"), ("2026-03", " selected", "2026年3月"))
    assert (len(offered), offered[-1][0]) == (16, "2025-01")
    assert holder.get("/b/b1/dues/2026-03?month=2025-12").headers["location"] == "/b/b1/dues/2025-12"
    assert holder.get("/b/b1/dues/2026-03?month=2025-13").status_code == 404
    assert 'value="2019-01" selected' in holder.get("/b/b1/dues/2019-01").text


def test_one_bad_amount_keeps_the_whole_grid_out_and_stands_beside_its_member(
    holder: Browser, committee: Store
) -> None:
    before = committee.head()
    sent = {"occurred_on": "2026-02-20", "paid": ["b1m01", "b1m02"], "amount.b1m01": "20", "save": "1"}
    answer = holder.post("/b/b1/dues/2026-02", {**sent, "amount.b1m02": "二十"})
    assert answer.status_code == 422
    assert 'id="e-b1m02"' in answer.text
    assert 'id="e-b1m01"' not in answer.text
    assert committee.head() == before


def test_lines_pasted_from_a_spreadsheet_fill_the_grid_by_name(holder: Browser) -> None:
    page = holder.post("/b/b1/dues/2026-02", {"paste": "甲b1\t12.00\n乙b1 ￥8", "fill": "1"})
    assert page.status_code == 200
    assert re.search(r'name="paid" value="b1m01" checked', page.text)
    assert re.search(r'name="amount.b1m02" value="8"', page.text)
    wrong = holder.post("/b/b1/dues/2026-02", {"paste": "没有这人 12", "fill": "1"})
    assert wrong.status_code == 422
    assert "没有这人 12" in wrong.text


SHEET = "姓名,月份,实缴金额,缴费日期\n甲b1,2026-02,20,2026-02-20\n乙b1,2026-02,二十,2026-02-20\n"


def test_a_sheet_is_mended_in_place_and_saved_whole(holder: Browser, committee: Store) -> None:
    before = committee.head().position
    files = {"file": ("党费.csv", SHEET.encode(), "text/csv")}
    shown = holder.post("/b/b1/upload", {"check": "1"}, files=files)
    assert shown.status_code == 422
    cell = re.search(r'name="(cell[.0-9]+)" value="二十"', shown.text)
    assert cell is not None
    carried = {name: _hidden(shown.text, name) for name in ("content", "name", "type")}
    mended = holder.post("/b/b1/upload", {**carried, cell[1]: "18", "check": "1"})
    assert mended.status_code == 200
    assert committee.head().position == before
    kept = {**carried, cell[1]: "18", "save": "1"}
    saved = holder.post("/b/b1/upload", kept)
    assert saved.headers["location"] == "/b/b1/upload?saved=2"
    assert committee.head().position == before + 2
    again = holder.post("/b/b1/upload", {**kept, "save": "1"})
    assert again.headers["location"] == "/b/b1/upload?saved=0"
    assert committee.head().position == before + 2


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_sheet_may_hold_only_what_its_sender_may_write(committee_url: str, committee: Store) -> None:
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url))
    browser.log_in("sec")
    before = committee.head()
    waiver = "类型,日期,成员,免除事项\n免除硬性要求,2026-02-20,甲b1,全部\n"
    files = {"file": ("x.csv", waiver.encode(), "text/csv")}
    refused = browser.post("/b/b1/upload", {"save": "1", "type": "member_exempted"}, files=files)
    assert refused.status_code in (403, 422)
    foreign = "支部,姓名,月份,实缴金额,缴费日期\nb2,甲b2,2026-02,20,2026-02-20\n"
    files = {"file": ("y.csv", foreign.encode(), "text/csv")}
    unknown = browser.post("/b/b1/upload", {"save": "1"}, files=files)
    assert unknown.status_code == 422
    assert "组织b2" not in unknown.text
    other = "支部,会议类型,日期,记录人\nb1,支委会,2026-02-20,somebody\n"
    files = {"file": ("z.csv", other.encode(), "text/csv")}
    named = browser.post("/b/b1/upload", {"save": "1"}, files=files)
    assert named.status_code == 422 or "somebody" not in named.text
    assert committee.head() == before or all(
        one.recorded_by != "somebody" for one in committee.read(branch="b1")
    )
