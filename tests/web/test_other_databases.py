"""The pages over PostgreSQL; and sheets that would unfold without end."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from ledger.store.event_store import Store
from tests.web.client import Browser, account, server
from tests.web.conftest import furnish


def test_the_pages_serve_a_ledger_on_postgresql(postgres_url: str) -> None:
    with Store.open(postgres_url) as store:
        furnish(store)
        account(store, "sec", "secretary", "b1")
        browser, other = Browser(server(postgres_url)), Browser(server(postgres_url))
        assert browser.log_in("sec").status_code == 303
        before = store.head().position
        data = {"occurred_on": "2026-02-10", "kind": "committee_meeting", "save": "1"}
        saved = browser.post("/b/b1/log/meeting_held", data)
        assert saved.status_code == 303
        assert store.head().position == before + 1
        for path in ("/b/b1", "/b/b1/history", "/b/b1/roster", saved.headers["location"]):
            assert browser.get(path).status_code == 200
        # another process of the same ledger knows the session
        other.client.cookies = browser.client.cookies
        assert other.get("/b/b1").status_code == 200
        browser.site.close()
        other.site.close()


def bomb() -> bytes:
    """Return a small workbook whose one sheet unfolds to 300 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b" " * (1 << 20))
    return packed.getvalue()


def nonsense() -> bytes:
    return b"PK\x03\x04nonsense"


def odd() -> bytes:
    return b"\xff\x00" * 9


@pytest.mark.parametrize(("name", "made"), [("x.xlsx", bomb), ("x.xlsx", nonsense), ("x.csv", odd)])
def test_a_sheet_that_is_none_or_unfolds_without_end_is_refused_at_once(
    holder: Browser, name: str, made: Callable[[], bytes]
) -> None:
    content = made()
    begun = time.monotonic()
    answer = holder.post("/b/b1/upload", {"check": "1"}, files={"file": (name, content)})
    assert answer.status_code in (413, 422)
    assert time.monotonic() - begun < 20
