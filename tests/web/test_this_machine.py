"""This machine's own page: enter by a link, begin, log, correct, see why points were lost."""

import re

from ledger.store.event_store import Store
from projections.text.rules import asked_words
from rubrics.library import load
from tests.web.client import ORIGIN, Browser, Clock, machine, says

EVENT = "0198c0de-0000-7000-8000-000000000001"
MEETING = {"id": EVENT, "occurred_on": "2026-02-10", "kind": "committee_meeting"}


def test_the_link_enters_once_and_for_ten_minutes(committee_url: str) -> None:
    clock = Clock()
    browser = machine(committee_url, clock)
    assert browser.get("/").headers["location"] == "/login"
    assert browser.get("/b/b1").headers["location"] == "/login?next=%2Fb%2Fb1"
    assert browser.get("/login").status_code == 200
    link = browser.site.enter_link().removeprefix(ORIGIN)
    assert browser.get(link).status_code == 303
    assert browser.get("/").status_code == 200
    assert machine(committee_url).get(link).status_code == 403
    late = browser.site.enter_link().removeprefix(ORIGIN)
    clock.forward(minutes=10)
    assert browser.get(late).status_code == 403


def test_a_missing_ledger_is_made_in_three_steps(tmp_path: object) -> None:
    browser = machine(f"sqlite:///{tmp_path}/new.db")
    browser.enter()
    assert browser.get("/").headers["location"] == "/start"
    assert browser.post("/start", {}).headers["location"] == "/start"
    typed = {
        "name": "药学党支部",
        "code": "yx",
        "founded_on": "2026-01-01",
        "organization": "branch",
        "rubric": "hospital-branch-2019",
    }
    assert browser.post("/start", {**typed, "code": "YX"}).status_code == 422
    assert browser.post("/start", typed).headers["location"] == "/start?branch=yx"
    names = {"names": "刘芳 书记\n王伟\n李娜", "on": "2026-01-01"}
    assert browser.post("/start?branch=yx", names).headers["location"] == "/b/yx"
    with Store.open(browser.site.ledger) as store:
        told = [(one.type, one.payload().get("role")) for one in store.read(branch="yx")]
    assert told[0][0] == "branch_registered"
    assert told[1][0] == "rubric_adopted"
    assert sorted(role or "" for type_, role in told if type_ == "member_joined") == ["", "", "secretary"]
    assert "刘芳" in browser.get("/b/yx/history?type=member_joined").text


def test_what_is_checked_is_not_recorded_and_what_is_saved_twice_is_one_event(
    committee_url: str, committee: Store
) -> None:
    browser = machine(committee_url, by="sec")
    browser.enter()
    before = committee.head().position
    checked = browser.post("/b/b1/log/meeting_held", {**MEETING, "check": "1"})
    assert checked.status_code == 200
    assert "6.1" in checked.text.partition('id="preview"')[2]
    assert committee.head().position == before
    for _ in range(2):
        saved = browser.post("/b/b1/log/meeting_held", {**MEETING, "save": "1"})
        assert saved.headers["location"] == f"/b/b1/log/meeting_held?logged={EVENT}"
    assert committee.head().position == before + 1
    stored = committee.find(EVENT)
    assert stored is not None
    assert stored.recorded_by == "sec"
    assert browser.get(f"/b/b1/log/meeting_held?logged={EVENT}").status_code == 200


def test_who_was_called_is_named_before_saving_and_what_is_kept_of_it_is_said(
    holder: Browser, committee: Store
) -> None:
    seats = {"seat.b1m01": "present", "seat.b1m02": "leave", "seat.b1m03": "absent"}
    shown = holder.post("/b/b1/log/meeting_held", {**MEETING, **seats, "roll": "1", "check": "1"}).text
    called = re.findall(r"<dt>([^<]+) (\d+)</dt><dd>([^<]+)</dd>", shown.partition('id="preview"')[2])
    assert called == [("到会", "1", "甲b1"), ("请假", "1", "乙b1"), ("缺席", "1", "丙b1")]
    assert "<dl" not in holder.post("/b/b1/log/meeting_held", {**MEETING, "check": "1"}).text
    holder.post("/b/b1/log/meeting_held", {**MEETING, **seats, "roll": "1", "save": "1"})
    event = list(committee.read(branch="b1", types={"meeting_held"}))[-1]
    page = holder.get(f"/e/{event.id}").text
    assert "<dt>请假成员</dt><dd>乙b1</dd>" in page
    assert "姓名不保存" in page
    # Of a meeting without numbers there is nothing to say.
    [bare] = [e for e in committee.read(branch="b1", types={"meeting_held"}) if "present" not in e.payload()]
    assert "姓名不保存" not in holder.get(f"/e/{bare.id}").text


def test_numbers_come_from_the_roll_that_was_called(holder: Browser, committee: Store) -> None:
    roll = {"roll": "1", "seat.b1m01": "present", "seat.b1m02": "leave", "seat.b1m03": "absent"}
    holder.post("/b/b1/log/meeting_held", {**MEETING, **roll, "save": "1"})
    stored = committee.find(EVENT)
    assert stored is not None
    assert stored.payload() == {
        "kind": "committee_meeting", "expected": 3, "present": 1,
        "excused": 1, "absent": 1, "on_leave": ["b1m02"],
    }  # fmt: skip


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(holder: Browser) -> None:
    typed = {
        **MEETING,
        "occurred_on": "2027-01-01",
        "topic": "年度 <b>总结</b>",
        "present": "-3",
        "save": "1",
    }
    answer = holder.post("/b/b1/log/meeting_held", typed)
    assert answer.status_code == 422
    assert 'href="#f-present"' in answer.text
    assert re.search(r'name="present" value="-3"[^>]*aria-invalid="true"', answer.text)
    assert "年度 &lt;b&gt;总结&lt;/b&gt;" in answer.text
    assert "<b>总结" not in answer.text


def test_an_event_is_corrected_and_retracted_with_a_reason(holder: Browser, committee: Store) -> None:
    [target] = [one.id for one in committee.read(branch="b1", types={"meeting_held"})]
    changed = {
        "do": "correct",
        "occurred_on": "2026-01-21",
        "kind": "committee_meeting",
        "topic": "新议题",
        "save": "1",
    }
    refused = holder.post(f"/e/{target}", {**changed, "reason": ""})
    assert refused.status_code == 422
    assert "新议题" in refused.text
    assert holder.post(f"/e/{target}", {**changed, "reason": "抄错"}).status_code == 303
    page = holder.get(f"/e/{target}").text
    assert "新议题" in page
    assert "议题b1" in page
    assert "抄错" in page
    assert holder.post(f"/e/{target}", {"do": "retract", "reason": "重复", "save": "1"}).status_code == 303
    assert "重复" in holder.get("/b/b1/history").text
    assert [one.type for one in committee.read(branch="b1")][-2:] == ["event_corrected", "event_retracted"]


def test_the_score_names_what_was_lost_and_the_events_behind_it(holder: Browser, committee: Store) -> None:
    [meeting] = [one.id for one in committee.read(branch="b1", types={"meeting_held"})]
    page = holder.get("/b/b1/score/hospital-branch-2019/2026")
    assert page.status_code == 200
    assert f"/e/{meeting}" in page.text
    assert holder.get("/b/b1/score/hospital-branch-2019/2026?as_of=1").status_code == 422
    assert holder.get("/b/b1/score/hospital-branch-2019/nope").status_code == 404
    assert holder.get("/b/b1/score/..%2F..%2Fetc%2Fpasswd/2026").status_code == 404


def test_a_clause_that_earned_nothing_says_what_would_earn(holder: Browser, committee: Store) -> None:
    page = holder.get("/b/b1/score/college-staff-branch-2019/2026").text
    clause = page.partition('id="c-7.4"')[2].partition('<div class="clause"')[0]
    [essays] = next(
        one for one in load("college-staff-branch-2019").rubric.clauses() if one.id == "7.4"
    ).rules
    assert asked_words(essays).zh in clause


def test_every_page_speaks_both_languages(holder: Browser) -> None:
    for path in ("/", "/b/b1", "/b/b1/log", "/b/b1/log/meeting_held", "/b/b1/history", "/me"):
        english = holder.get(f"{path}?lang=en")
        assert '<html lang="en">' in english.text
        assert '<html lang="zh-Hans">' in holder.get(path).text


def test_a_branch_without_form_and_roster_is_told_so_and_where_to_begin(tmp_path: object) -> None:
    browser = machine(f"sqlite:///{tmp_path}/empty.db")
    browser.enter()
    browser.post("/start", {})
    sent = {"code": "b1", "name": "第一党支部", "founded_on": "2026-01-01", "organization": "branch"}
    assert browser.post("/start", {**sent, "code": ""}).text.count(says("needed")) == 1
    assert browser.post("/start", sent).status_code == 303
    home = browser.get("/b/b1").text
    assert says("no_form") in home
    assert says("nothing_presses") not in home
    assert 'href="/o/b1/forms"' in home
    assert 'href="/b/b1/roster"' in home
    assert says("nothing_presses") not in browser.get("/b/b1/calendar").text
    dues = browser.get("/b/b1/dues/2026-03").text
    assert says("nobody") in dues
    assert 'name="save"' not in dues


def test_what_was_recorded_last_stands_first_whatever_its_day(holder: Browser, committee: Store) -> None:
    for day in ("2026-02-20", "2026-02-05"):
        sent = {"occurred_on": day, "kind": "committee_meeting", "save": "1"}
        holder.post("/b/b1/log/meeting_held", sent)
    late, early = [one.id for one in committee.read(branch="b1", types={"meeting_held"})][-2:]
    for path in ("/b/b1", "/b/b1/history"):
        listed = re.findall(r'href="/e/([\w-]+)"><time', holder.get(path).text)
        assert listed[:2] == [early, late]
        assert "按录入先后" in holder.get(path).text


def test_a_correction_keeps_that_nobody_was_on_leave(holder: Browser, committee: Store) -> None:
    meeting = {"occurred_on": "2026-01-22", "kind": "committee_meeting", "on_leave": "[]"}
    assert holder.post("/b/b1/log/meeting_held", {**meeting, "save": "1"}).status_code == 303
    *_, target = [one.id for one in committee.read(branch="b1", types={"meeting_held"})]
    assert '<input type="hidden" name="on_leave" value="[]">' in holder.get(f"/e/{target}").text
    changed = {**meeting, "do": "correct", "reason": "抄错", "save": "1"}
    for ticked, kept in ((["[]"], []), (["[]", "b1m02"], ["b1m02"])):
        assert holder.post(f"/e/{target}", {**changed, "on_leave": ticked}).status_code == 303
        *_, correction = [one.payload() for one in committee.read(branch="b1", types={"event_corrected"})]
        assert correction["data"]["on_leave"] == kept  # type: ignore[index]
