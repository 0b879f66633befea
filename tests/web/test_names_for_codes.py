"""Pages say what things are called: members, organisations, forms, clauses, other events; not their codes."""

import re
from html import unescape

from ledger.intake.batch import record_each
from ledger.people import set_name
from ledger.store.event_store import Store
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library, load
from tests.ledger.access.committee import NOW, TODAY, event
from tests.web.client import Browser
from tests.web.conftest import FORM

TITLE = load(FORM).rubric.title.zh
COMMITTEE_FORM = "hospital-committee-standard"


def record(store: Store, *events: object) -> None:
    record_each(store, list(events), now=NOW, today=TODAY, known=KnownClauses(Library()))  # type: ignore[arg-type]


def main_of(page: str) -> str:
    """Return what a page says, without marks and addresses."""
    inner = page.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"<[^>]+>", " ", inner))


def test_lists_of_events_name_members_forms_and_superiors(holder: Browser) -> None:
    text = main_of(holder.get("/b/b1/history").text)
    assert "甲b1" in text
    assert "组织c1" in text
    assert TITLE in text
    for code in ("b1m01", FORM):
        assert code not in text
    assert not re.search(r"\bc1\b", text)


def test_two_of_one_name_are_told_apart_by_their_codes(holder: Browser, committee: Store) -> None:
    set_name(committee, "b1m02", "甲b1", "b1")
    text = main_of(holder.get("/b/b1/history").text)
    assert "甲b1 b1m01" in text
    assert "甲b1 b1m02" in text
    assert "丙b1 b1m03" not in text
    assert '<option value="b1m02">甲b1 b1m02</option>' in holder.get("/b/b1/log/dues_paid").text


def test_a_retraction_names_what_it_retracts_and_leads_there(holder: Browser, committee: Store) -> None:
    [meeting] = committee.read(branch="b1", types={"meeting_held"})
    record(
        committee, event("b1", "event_retracted", {"target": meeting.id, "reason": "没有开"}, "2026-02-01")
    )
    [retraction] = committee.read(branch="b1", types={"event_retracted"})
    assert meeting.id not in main_of(holder.get("/b/b1/history").text)
    page = holder.get(f"/e/{retraction.id}").text
    assert f'<a href="/e/{meeting.id}">会议 2026-01-20</a>' in page
    assert meeting.id not in main_of(page)


def test_a_correction_says_what_it_puts_in_place(holder: Browser, committee: Store) -> None:
    [meeting] = committee.read(branch="b1", types={"meeting_held"})
    new = {"kind": "committee_meeting", "on_leave": ["b1m02"]}
    data = {"target": meeting.id, "reason": "补记请假", "data": new}
    record(committee, event("b1", "event_corrected", data, "2026-02-01"))
    [correction] = committee.read(branch="b1", types={"event_corrected"})
    text = main_of(holder.get(f"/e/{correction.id}").text)
    assert "乙b1" in text
    for word in ("committee_meeting", "b1m02", meeting.id):
        assert word not in text


def test_judgements_and_seals_name_their_form_and_clause(holder: Browser, committee: Store) -> None:
    judged = {"rubric": FORM, "clause": "1.1", "assessor": "superior", "points": "1", "period": "2026"}
    record(committee, event("b1", "clause_assessed", judged))
    [assessed] = committee.read(types={"clause_assessed"})
    for path in ("/b/b1/history?type=clause_assessed", f"/e/{assessed.id}"):
        text = main_of(holder.get(path).text)
        assert TITLE in text
        assert FORM not in text
        assert re.search(r"条款\s+1\.1 \S", text)
    path = f"/o/c1/seals?rubric={FORM}&period=2026"
    holder.post("/o/c1/seals", {"rubric": FORM, "period": "2026", "name": "2026"}, form=path)
    listed = holder.get("/o/c1/seals").text.rpartition("<h2>")[2]
    assert TITLE in listed
    assert FORM not in main_of(f"<main{listed}</main>")


def test_what_is_missing_has_a_unit_and_says_of_whom_by_name(holder: Browser, committee: Store) -> None:
    record(committee, event("c1", "rubric_adopted", {"rubric": COMMITTEE_FORM}, "2026-01-01"))
    # What is directly below checks itself every month: in February neither b1 nor g1 did.
    text = main_of(holder.get("/b/c1").text)
    english = main_of(holder.get("/b/c1?lang=en").text)
    assert "2 个党组织 · 组织b1、组织g1" in text
    assert not re.search(r"\d/\d", text + english)


def test_an_event_that_no_form_counts_is_told_by_the_forms_title(holder: Browser) -> None:
    sent = {"occurred_on": "2026-02-02", "category": "leadership_incomplete", "check": "1"}
    text = main_of(holder.post("/b/b1/log/finding_recorded", sent).text)
    assert f"（{TITLE}）" in text
    assert f"（{TITLE} 6.2）" in text
    assert FORM not in text
