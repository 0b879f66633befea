"""Whatever is asked for or sent: an answer that was thought of, and never "inside"."""

import re
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote

import pytest

from ledger.store.event_store import Store
from tests.web.client import ORIGIN, Browser, account, server
from tests.web.holding.hostile import FORMS, ID, PATHS, QUERIES
from web.routes import PAGES

VALUES = [
    "9" * 5_000, "-1", "²", "١٢", "\0", "\udcff", "0001-01-01", "9999-12-31", "2019-W01-1", "=1+1", "😀",
    "../x", "",
]  # fmt: skip


@pytest.fixture
def meeting(committee: Store) -> str:
    return next(event.id for event in committee.read(types={"meeting_held"}) if event.branch == "b1")


def spoilt(path: str, values: Iterator[str]) -> Iterator[str]:
    """Replace each part of an address in turn, or each value of its query, by the next value."""
    before, sign, query = path.partition("?")
    parts = query.split("&") if sign else before.split("/")
    for at in range(0 if sign else 2, len(parts)):
        changed = [*parts]
        changed[at] = f"{parts[at].partition('=')[0]}={next(values)}" if sign else next(values)
        yield f"{before}?{'&'.join(changed)}" if sign else "/".join(changed)


def test_no_address_breaks_a_page_down(holder: Browser, committee: Store, meeting: str) -> None:
    account(committee, "sec", "secretary", "b1")
    program = Browser(server(committee.url))
    program.log_in("sec")
    values = cycle(quote(value.encode("utf-8", "surrogateescape")) for value in VALUES)
    for good in [*PATHS, *QUERIES] * 3:
        for path in spoilt(good.replace(ID, meeting), values):
            for client in (holder.client, program.client)[: 1 + path.startswith("/api")]:
                answer = client.get(f"{ORIGIN}/{path.lstrip('/')}")
                assert answer.status_code < 500, path[:200]


def test_no_field_of_a_form_breaks_a_page_down(holder: Browser, meeting: str) -> None:
    values = cycle(VALUES)
    for path, good in FORMS * 3:
        for name in good:
            value = next(values).encode(errors="replace").decode()
            sent = {key: text.replace(ID, meeting) for key, text in good.items()} | {name: value}
            answer = holder.post(path.replace(ID, meeting), sent)
            assert answer.status_code < 500, (path, name, value[:20])


def test_every_page_that_takes_something_is_among_the_forms() -> None:
    taking = {re.sub(r"\{\w+\}", "*", row.path) for row in PAGES if "POST" in row.methods}
    patterns = {path: re.compile(re.escape(path).replace(r"\*", "[^/]+")) for path in taking}
    tried = {
        path
        for path, pattern in patterns.items()
        for form, _ in FORMS
        if pattern.fullmatch(form.partition("?")[0])
    }
    # Nothing is sent with a way out; the invite's link must be a good one.
    assert taking - tried == {"/logout", "/invite/*"}


def test_a_page_of_the_history_whose_number_is_none_is_the_first(holder: Browser) -> None:
    shown = holder.get(f"/b/b1/history?page={'9' * 5_000}")
    assert (shown.status_code, "议题b1" in shown.text) == (200, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "2026-W01-1", "202603"])
def test_a_day_that_nobody_counts_is_refused_in_a_sentence(holder: Browser, day: str) -> None:
    answer = holder.get(f"/b/b1/score/hospital-branch-2019/2026?on={day}")
    assert (answer.status_code, "应为日期" in answer.text) == (422, True)


def test_a_sheet_of_a_type_that_nobody_knows_is_refused(holder: Browser) -> None:
    sent = {"check": "1", "type": "moon_landed"}
    files = {"file": ("a.csv", "姓名,月份,实缴\n甲b1,2026-02,20\n".encode(), "text/csv")}
    assert holder.post("/b/b1/upload", sent, files=files).status_code == 422
