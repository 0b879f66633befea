"""What a page says to do is done on the page: no option of the command line is named there."""

import html
import re
from datetime import date
from typing import Any

import pytest

from projections.text.impacts import Stranger, stranger_words
from tests.web.client import Browser, says

UPLOAD = "/b/b1/upload"


def sent(holder: Browser, text: str, **fields: str) -> Any:
    files = {"file": ("表.csv", text.encode(), "text/csv")}
    return holder.post(UPLOAD, {"check": "1", **fields}, files=files)


def said(answer: Any) -> str:
    text = html.unescape(answer.text)
    return re.sub(r"<[^>]+>", " ", text)


PAID = "姓名,月份,实缴金额,缴费日期\n甲b1,2026-02,20,2026-02-20\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("姓名,月份,实缴金额,缴费日期,血型\n甲b1,2026-02,20,2026-02-20,A\n", "press_column"),
        ("姓名,金额,日期\n甲b1,20,2026-02-20\n", "press_type"),
        ("姓名,入党时间,党内职务\n甲b1,2001-07-01,书记\n", "press_roster"),
        ("姓名,月份,实缴金额,缴费日期\n没有这人,2026-02,20,2026-02-20\n", "press_roster"),
        (PAID + "甲b1,2026-02,20,2026-02-20\n", "press_twice"),
    ],
    ids=[
        "a column that nobody knows",
        "a sheet of no known type",
        "a roster",
        "a name that nobody has",
        "a row twice",
    ],
)
def test_a_refused_sheet_says_what_to_press(holder: Browser, table: str, expected: str) -> None:
    for language in ("zh", "en"):
        answer = holder.post(f"{UPLOAD}?lang={language}", {"check": "1"}, files={
            "file": ("表.csv", table.encode(), "text/csv")})  # fmt: skip
        text = said(answer)
        assert not re.search(r"(?<![\w-])--[a-z]|zhibu [a-z]", text)
        if language == "zh":
            assert says(expected) in text


def test_a_differing_row_says_which_tick_settles_it(holder: Browser) -> None:
    holder.post(UPLOAD, {"save": "1"}, files={"file": ("表.csv", PAID.encode(), "text/csv")})
    answer = sent(holder, PAID.replace(",20,", ",25,"))
    assert says("press_differs") in said(answer)
    assert "--" not in said(answer)


def test_the_type_chosen_on_the_page_reads_the_sheet(holder: Browser) -> None:
    table = "姓名,金额,日期\n甲b1,20,2026-02-20\n"
    refused = sent(holder, table)
    assert re.search(r'<select id="f-type" name="type">', refused.text)
    chosen = sent(holder, table, type="dues_paid")
    assert re.search(r'<option value="dues_paid" selected>', chosen.text)


def test_an_unknown_column_is_left_out_by_clearing_its_name(holder: Browser) -> None:
    refused = sent(holder, "姓名,月份,实缴金额,缴费日期,血型\n甲b1,2026-02,20,2026-02-20,A\n")
    cell = re.search(r'name="(cell[.0-9]+)"[^>]*><option value="血型" selected>', refused.text)
    assert cell is not None
    content = re.search(r'name="content" value="([^"]*)"', refused.text)
    assert content is not None
    kept = {"content": content[1], "name": "表.csv", cell[1]: "", "save": "1"}
    assert holder.post(UPLOAD, kept).headers["location"] == f"{UPLOAD}?saved=1"


def test_a_payment_of_somebody_on_no_roster_names_no_command(holder: Browser) -> None:
    paid = {"member": "b1m09", "month": "2026-02", "amount": "20", "occurred_on": "2026-02-20", "check": "1"}
    text = said(holder.post("/b/b1/log/dues_paid", paid))
    near = stranger_words(Stranger("b1", "dues_paid", "b1m09", date(2026, 2, 20), None), command=False)
    assert near.zh.rpartition("。不")[2] in text
    assert "zhibu log" not in text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("照片.png", b"\x89PNG\r\n\x1a\n", ".xlsx"),
        ("通知.docx", b"PK\x03\x04", "另存为 .xlsx"),
    ],
)
def test_a_file_that_is_no_sheet_is_told_where_another_is_chosen(
    holder: Browser, name: str, content: bytes, says: str
) -> None:
    page = holder.post("/b/b1/upload", {"check": "1"}, files={"file": (name, content)})
    assert page.status_code == 422
    [problem] = re.findall(r'<p class="error" role="alert">(.*?)</p>', page.text, re.DOTALL)
    assert problem.startswith(name)
    assert says in problem
    assert 'id="f-file"' in page.text


@pytest.mark.parametrize("typed", ["nothing", "99999999", "1"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_read_of_a_replay_is_told_by_the_names_of_the_fields(
    holder: Browser, typed: str, language: str
) -> None:
    form = "hospital-branch-2019"
    for page in (
        f"/b/b1/score/{form}/2026?as_of={typed}",
        f"/o/c1/compare?branch=b1&rubric={form}&period=2026&as_of={typed}",
        f"/o/c1/seals?rubric={form}&period=2026&as_of={typed}",
    ):
        answer = holder.get(f"{page}&lang={language}")
        assert answer.status_code in (404, 422), page
        assert "--" not in said(answer).replace("<!--", ""), page
