"""What is due by month, the subscription, reminders acknowledged."""

import re

from ledger.access import accounts
from ledger.access.actors import Grant
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from tests.ledger.access.committee import NOW, TODAY, event
from tests.web.client import Browser, account, machine, server
from tests.web.conftest import FORM


def test_a_subscription_holds_without_a_session_names_nobody_and_ends_with_its_owners_grant(
    committee_url: str, committee: Store
) -> None:
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url))
    browser.log_in("sec")
    page = browser.post("/b/b1/calendar", {"do": "subscribe"}).text
    link = re.search(r"(/c/[\w-]+\.ics)", page)
    assert link is not None
    anybody = Browser(browser.site)
    calendar = anybody.get(link[1])
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in calendar.text
    assert "甲b1" not in calendar.text
    assert "b1m01" not in calendar.text
    accounts.take(committee, "sec", [Grant("secretary", "b1")], by=None, now=NOW)
    assert anybody.get(link[1]).status_code == 404
    # Granted again, the account does not bring the old address back to life; it makes a new one.
    accounts.give(committee, "sec", [Grant("secretary", "b1")], by=None, now=NOW)
    assert anybody.get(link[1]).status_code == 404
    page = browser.post("/b/b1/calendar", {"do": "subscribe"}).text
    again = re.search(r"(/c/[\w-]+\.ics)", page)
    assert again is not None
    assert anybody.get(again[1]).status_code == 200
    browser.post("/b/b1/calendar", {"do": "revoke"})
    assert anybody.get(again[1]).status_code == 404
    assert anybody.get("/c/nothing.ics").status_code == 404


def test_a_subscription_outlives_a_grant_that_was_not_the_only_one_to_read_by(
    committee_url: str, committee: Store
) -> None:
    account(committee, "off", "office", "c1")
    accounts.give(committee, "off", [Grant("reader", "b1")], by=None, now=NOW)
    browser = Browser(server(committee_url))
    browser.log_in("off")
    links = {}
    for code in ("b1", "b11"):
        found = re.search(r"(/c/[\w-]+\.ics)", browser.post(f"/b/{code}/calendar", {"do": "subscribe"}).text)
        assert found is not None
        links[code] = found[1]
    accounts.take(committee, "off", [Grant("office", "c1")], by=None, now=NOW)
    accounts.give(committee, "off", [Grant("office", "c1")], by=None, now=NOW)
    assert {code: browser.get(link).status_code for code, link in links.items()} == {"b1": 200, "b11": 404}


def raise_one(store: Store) -> str:
    data: dict[str, object] = {
        "rubric": FORM, "clause": "6.1", "obligation": "x", "rung": "day", "due_on": "2026-02-28",
    }  # fmt: skip
    raised = event("b1", "reminder_raised", data, "2026-02-28")
    known = KnownClauses(Library())
    return record_each(store, [raised], now=NOW, today=TODAY, known=known, own=True)[0].recorded.id


def test_a_reminder_is_acknowledged_on_its_page(committee_url: str, committee: Store) -> None:
    reminder = raise_one(committee)
    browser = machine(committee_url, by="sec")
    browser.enter()
    assert browser.post("/b/b1/reminders", {"reminder": reminder, "note": "去办"}).status_code == 303
    [taken] = committee.read(types={"reminder_acknowledged"})
    assert (taken.payload()["target"], taken.payload()["note"], taken.recorded_by) == (
        reminder,
        "去办",
        "sec",
    )
    assert "去办" in browser.get("/b/b1/reminders").text
    assert browser.post("/b/b2/reminders", {"reminder": reminder}, form="/me").status_code == 404
