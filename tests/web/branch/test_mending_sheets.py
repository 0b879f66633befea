"""A sheet mended on its page: names to choose for a header, a year for all days, rows named, a way onward."""

import re
from typing import Any

from ledger.store.event_store import Store
from tests.web.client import Browser, says

UPLOAD = "/b/b1/upload"
HEADER = re.compile(r'<select id="(cell[.0-9]+)".*?</select>', re.DOTALL)


def check(holder: Browser, table: str, **fields: str) -> Any:
    return holder.post(
        UPLOAD, {"check": "1", **fields}, files={"file": ("表.csv", table.encode(), "text/csv")}
    )


def again(holder: Browser, page: Any, **fields: str) -> Any:
    """Send a page's form once more with what was typed into it."""
    hidden = {
        name: found[1]
        for name in ("content", "name")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page.text))
    }
    return holder.post(UPLOAD, {**hidden, **fields})


def test_an_unknown_header_is_mended_by_choosing_among_the_names_that_no_column_bears(
    holder: Browser,
) -> None:
    table = "姓名,月份,哪天收的,备忘事项,实缴金额\n甲b1,2026-02,2026-02-20,x,20\n"
    page = check(holder, table, type="dues_paid")
    boxes = {found[1]: found[0] for found in HEADER.finditer(page.text)}
    assert len(boxes) == 2
    for box in boxes.values():
        names = re.findall(r'<option value="([^"]*)"', box)
        assert "发生日期" in names
        assert "金额" not in names
        assert names[1] == ""
    assert says("press_column") in page.text
    day, other = boxes
    mended = again(holder, page, **{"type": "dues_paid", day: "发生日期", other: "", "check": "1"})
    assert mended.status_code == 200
    assert not HEADER.search(mended.text)
    english = holder.post(
        f"{UPLOAD}?lang=en", {"check": "1"}, files={"file": ("a.csv", table.encode(), "text/csv")}
    )
    assert '<option value="occurred on">' in english.text


DAYS = "姓名,月份,实缴金额,缴费日期\n甲b1,2026-02,20,2月20日\n乙b1,2026-02,20,2月21日\n丙b1,2026-02,20,2.22\n"


def test_days_without_a_year_are_all_filled_in_by_one_field(holder: Browser, committee: Store) -> None:
    before = committee.head().position
    page = check(holder, DAYS)
    assert page.status_code == 422
    assert says("sheet_year_about", "3") in page.text
    assert again(holder, page, year="去年", check="1").status_code == 422
    filled = again(holder, page, year="2026", check="1")
    assert filled.status_code == 200
    assert 'name="year" value="2026"' in filled.text
    saved = again(holder, filled, year="2026", save="1")
    assert saved.headers["location"] == f"{UPLOAD}?saved=3"
    paid = list(committee.read(after=before))
    assert [str(one.occurred_on) for one in paid] == ["2026-02-20", "2026-02-21", "2026-02-22"]


def test_two_days_without_a_year_are_mended_each_in_its_cell(holder: Browser) -> None:
    page = check(holder, DAYS.rpartition("丙")[0])
    assert page.status_code == 422
    assert 'name="year"' not in page.text


def test_rows_that_are_no_events_are_named(holder: Browser) -> None:
    paid = "姓名,月份,实缴金额,缴费日期\n甲b1,2026-02,20,2026-02-20\n"
    table = f"{paid}乙b1,2026-02,,\n丙b1,2026-02,0,\n合计,,20,\n"
    page = check(holder, table)
    assert "未计的行： 第 3、4 行（未缴）、第 5 行（合计）" in page.text


def test_a_saved_sheet_leads_on_to_the_history(holder: Browser) -> None:
    page = holder.get(f"{UPLOAD}?saved=2").text
    assert re.search(rf'已保存 2 条。 <a href="/b/b1/history">{says("see_history")}</a>', page)


def test_a_lecture_that_nobody_gave_is_mended_where_the_register_says_that_it_was_one(
    holder: Browser, committee: Store
) -> None:
    before = committee.head().position
    page = check(
        holder, "三会一课台账,,\n时间,会议名称,主题\n2026-02-03,支委会,议事\n2026-02-17,党课,讲党课\n"
    )
    assert page.status_code == 422
    assert says("press_lecturer") in page.text
    [cell] = re.findall(r'name="(cell[.0-9]+)" value="党课"', page.text)
    saved = again(holder, page, **{cell: "党课（书记）", "save": "1"})
    assert saved.status_code == 303
    told = [(one.type, one.payload().get("lecturer")) for one in committee.read(after=before)]
    assert told == [("meeting_held", None), ("lecture_given", "secretary")]
