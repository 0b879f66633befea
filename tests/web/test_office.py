"""An office: board, judging, comparing, sealing, forms, recipients, accounts; an auditor; a keeper."""

import re
import socket
from html import unescape

import pytest

from ledger.access.accounts import find_account
from ledger.access.visits import read_visits
from ledger.delivery.recipients import add_recipient
from ledger.delivery.transports.reasons import told as told_of
from ledger.store.event_store import Store
from projections.engine.plan import Plan
from projections.engine.replays import obligations
from rubrics.library import load
from tests.web.client import NOW, PASSWORD, Browser, account, says, server
from tests.web.conftest import FORM

BOARD = f"/o/c1/{FORM}/2026"
ASSESS = f"/o/c1/assess/{FORM}/2026"


def entered(url: str, store: Store, code: str, role: str, *over: str) -> Browser:
    account(store, code, role, *over)
    browser = Browser(server(url))
    assert browser.log_in(code).status_code == 303
    return browser


@pytest.fixture
def office(committee_url: str, committee: Store) -> Browser:
    return entered(committee_url, committee, "office1", "office", "c1")


def test_an_office_comes_to_its_board_which_shows_its_scope_and_nobody_else(office: Browser) -> None:
    assert office.get("/").headers["location"] == BOARD
    page = office.get(BOARD).text
    assert "组织b11" in page
    assert "组织b2" not in page
    rank = f"{says('rank')}</th>"
    assert [rank in page, rank in office.get(f"{BOARD}?rank=1").text] == [False, True]


def test_the_board_counts_what_each_branch_has_overdue_as_zhibu_due_lists_it(
    office: Browser, committee: Store
) -> None:
    asked = committee, [Plan(load(FORM).rubric)]
    upto = committee.head().position
    listed = list(obligations(*asked, on=NOW.date(), upto=upto, branches=["b1", "b11"]))
    page = office.get(BOARD).text
    for code in ("b1", "b11"):
        late = [o for o in listed if o.branch == code and o.state == "overdue" and not o.advisory]
        assert late
        row = re.search(rf"<tr><th scope=\"row\"><a[^>]*>组织{code}</a>.*?</tr>", page)
        assert row is not None
        assert row[0].endswith(f'<td class="r"><b class="bad">{len(late)}</b></td></tr>')


@pytest.mark.parametrize(
    ("ending", "begins"), [(".csv", b"\xef\xbb\xbf"), (".xlsx", b"PK"), (".html", b"<!")]
)
def test_the_board_is_given_as_a_file_without_names_and_the_export_is_a_visit(
    office: Browser, committee: Store, ending: str, begins: bytes
) -> None:
    answer = office.get(BOARD + ending)
    assert answer.content.lstrip()[:3].startswith(begins)
    assert "attachment" in answer.headers["content-disposition"]
    assert "甲b1" not in answer.content.decode("utf-8", "replace")
    assert read_visits(committee)[0].what == "export"


def test_clauses_are_judged_all_or_nothing(office: Browser, committee: Store) -> None:
    before = committee.head().position
    typed = {"points.b1.6.1": "0.50", "note.b1.6.1": "缺记录", "points.b1.1.1": "999", "save": "1"}
    refused = office.post(f"{ASSESS}?branch=b1", typed)
    assert refused.status_code == 422
    assert "缺记录" in refused.text
    assert committee.head().position == before
    saved = office.post(f"{ASSESS}?branch=b1", {**typed, "points.b1.1.1": "1"})
    assert saved.status_code == 303
    judged = list(committee.read(after=before))
    assert sorted((e.payload()["clause"], e.payload()["points"]) for e in judged) == [
        ("1.1", "1.00"),
        ("6.1", "0.50"),
    ]
    assert {(e.payload()["assessor"], e.recorded_by) for e in judged} == {("superior", "office1")}


def test_a_note_without_points_is_not_thrown_away_and_nothing_typed_is_no_success(
    office: Browser, committee: Store
) -> None:
    before = committee.head().position
    refused = office.post(f"{ASSESS}?branch=b1", {"note.b1.6.1": "只写备注", "save": "1"})
    assert refused.status_code == 422
    assert 'value="只写备注"' in refused.text
    assert 'aria-describedby="e.b1.6.1"' in refused.text
    page = office.get(office.post(f"{ASSESS}?branch=b1", {"save": "1"}).headers["location"])
    assert 'class="done"' not in page.text
    assert committee.head().position == before


@pytest.mark.parametrize(
    ("typed", "read"), [("2026年第一季度", "2026-Q1"), ("2026年上半年", "2026-H1"), ("２０２６年", "2026")]
)
def test_periods_are_read_as_people_write_them(office: Browser, typed: str, read: str) -> None:
    page = office.get(f"/o/c1/seals?rubric={FORM}&period={typed}")
    assert page.status_code == 200
    assert f"{read}</h2>" in page.text
    assert (
        office.get(f"/o/c1/compare?branch=b1&rubric={FORM}&period={typed}&period_b=2025").status_code == 200
    )


@pytest.mark.parametrize("page", ["compare?branch=b1", "seals?"])
def test_what_is_no_period_is_told_beside_its_field(office: Browser, page: str) -> None:
    told = office.get(f"/o/c1/{page}&rubric={FORM}&period=2026-Q9")
    assert told.status_code == 422
    assert 'value="2026-Q9"' in told.text
    assert 'aria-invalid="true"' in told.text


def test_what_judgements_would_move_is_shown_before_and_nothing_is_recorded(
    office: Browser, committee: Store
) -> None:
    before = committee.head().position
    shown = office.post(
        f"{ASSESS}?clause=6.1", {"points.b1.6.1": "0.10", "points.b11.6.1": "0.20", "check": "1"}
    )
    assert shown.status_code == 200
    assert committee.head().position == before
    preview = shown.text.partition('id="preview"')[2]
    assert preview.count(f"/score/{FORM}/2026") == 2
    assert 'value="0.20"' in shown.text
    assert office.post(f"{ASSESS}?clause=6.1", {"points.b1.6.1": "99", "check": "1"}).status_code == 422


def test_anothers_newer_judgement_is_shown_before_it_is_passed_over(
    office: Browser, committee_url: str, committee: Store
) -> None:
    second = entered(committee_url, committee, "office2", "office", "c1")
    path = f"{ASSESS}?clause=6.1"
    stale = office.get(path).text
    second.post(path, {"points.b1.6.1": "0.80", "save": "1"})
    token = re.search(r'name="token" value="([^"]+)"', stale)
    assert token is not None
    sent = {"token": token[1], "points.b1.6.1": "0.20", "seen.b1.6.1": "", "save": "1"}
    told = office.client.post(path, data=sent, headers={"origin": office.origin})
    assert told.status_code == 422
    assert "0.80" in told.text
    seen = re.search(r'name="seen.b1.6.1" value="([^"]+)"', told.text)
    assert seen is not None
    again = office.client.post(path, data={**sent, "seen.b1.6.1": seen[1]}, headers={"origin": office.origin})
    assert again.status_code == 303
    assert [e.payload()["points"] for e in committee.read(types={"clause_assessed"})] == ["0.80", "0.20"]


def test_a_department_judges_as_department_and_cannot_seal(committee_url: str, committee: Store) -> None:
    department = entered(committee_url, committee, "dep", "department", "c1")
    assert (
        department.post(
            f"{ASSESS}?clause=6.1&as=superior", {"points.b1.6.1": "0.10", "save": "1"}
        ).status_code
        == 303
    )
    [judged] = committee.read(types={"clause_assessed"})
    assert judged.payload()["assessor"] == "department"
    sent = {"rubric": FORM, "period": "2026", "name": "2026"}
    assert department.post("/o/c1/seals", sent).status_code == 403
    assert department.post("/o/c1/forms", {"do": "adopt", "rubric": FORM, "branch": "b1"}).status_code == 403


def test_a_seal_asks_for_the_periods_name_and_can_be_checked(office: Browser, committee: Store) -> None:
    path = f"/o/c1/seals?rubric={FORM}&period=2026"
    sent = {"rubric": FORM, "period": "2026"}
    assert office.post("/o/c1/seals", {**sent, "name": "2025"}, form=path).status_code == 422
    assert (
        office.post("/o/c1/seals", {**sent, "name": "2026"}, form=path).headers["location"]
        == "/o/c1/seals?saved=3"
    )
    sealed = list(committee.read(types={"score_sealed"}))
    assert [one.branch for one in sealed] == ["b1", "b11", "b12"]
    assert {one.recorded_by for one in sealed} == {"office1"}
    page = office.get(f"/o/c1/seals?check={sealed[0].id}")
    assert says("seal_holds") in page.text


def test_a_form_is_adopted_and_dropped_by_its_id_alone(office: Browser, committee: Store) -> None:
    sent = {"do": "adopt", "rubric": "college-staff-branch-2019", "branch": ["b1", "b2"], "on": "2026-02-01"}
    assert office.post("/o/c1/forms", sent).status_code == 303
    adopted = list(committee.read(types={"rubric_adopted"}))[-1]
    assert (adopted.branch, adopted.payload()["rubric"]) == ("b1", "college-staff-branch-2019")
    assert office.post("/o/c1/forms", {**sent, "rubric": "../../etc/passwd.yaml"}).status_code == 422


def test_what_made_the_difference_between_two_prefixes_is_named(office: Browser, committee: Store) -> None:
    before = committee.head().position
    office.post(
        "/b/b1/log/meeting_held", {"occurred_on": "2026-02-10", "kind": "committee_meeting", "save": "1"}
    )
    [new] = committee.read(after=before)
    page = office.get(f"/o/c1/compare?branch=b1&rubric={FORM}&period=2026&as_of={before}")
    assert f"/e/{new.id}" in page.text
    assert office.get(f"/o/c1/compare?branch=b2&rubric={FORM}&period=2026").status_code == 404


def test_a_recipients_address_is_never_shown_again(office: Browser) -> None:
    url = "json://user:secretword@hooks.example.org/path"
    sent = {"do": "add", "url": url, "branch": "b1", "rung": ["day"]}
    assert office.post("/o/c1/recipients", sent).status_code == 303
    page = office.get("/o/c1/recipients").text
    assert "secretword" not in page
    assert "***" in page
    assert office.post("/o/c1/recipients", {**sent, "branch": "b2"}).status_code == 422


def test_a_recipient_is_sent_a_test_message_and_only_by_whose_scope_it_hears(
    office: Browser, committee: Store
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"json://user:secretword@127.0.0.1:{nobody.getsockname()[1]}/"
        mine = add_recipient(committee, url, ["b1"], ["day"], "zh", NOW)
        others = add_recipient(committee, f"{url}b2", ["b2"], ["day"], "zh", NOW)
        told = office.post("/o/c1/recipients", {"do": "test", "number": str(mine)})
    assert told.status_code == 200
    [said] = re.findall(r'<p role="status" class="error">(.*?)</p>', told.text)
    assert said.endswith(f"：{told_of('unreachable').zh}")
    assert "secretword" not in told.text
    assert office.post("/o/c1/recipients", {"do": "test", "number": str(others)}).status_code == 404


def test_an_office_grants_inside_its_scope_and_never_to_itself(office: Browser, committee: Store) -> None:
    made = office.post(
        "/o/c1/accounts", {"do": "add", "code": "new1", "role": "secretary", "organisation": "b1"}
    )
    link = re.search(r"/invite/([\w-]+)", made.text)
    assert link is not None
    invited = Browser(office.site)
    assert invited.post(f"/invite/{link[1]}", {"password": "short"}).status_code == 422
    assert invited.post(f"/invite/{link[1]}", {"password": PASSWORD}).headers["location"] == "/login"
    assert invited.log_in("new1").status_code == 303
    assert invited.get("/").headers["location"] == "/b/b1"

    def post(**data: str) -> int:
        return int(office.post("/o/c1/accounts", data).status_code)

    outside, unknown = (
        office.post(
            "/o/c1/accounts", {"do": "grant", "code": "new1", "role": "reader", "organisation": where}
        )
        for where in ("b2", "zz")
    )
    assert (outside.status_code, unknown.status_code) == (422, 422)
    assert post(do="grant", code="office1", role="reader", organisation="b1") == 403
    assert post(do="add", code="new2", role="auditor") == 403
    assert post(do="revoke", code="new1", role="secretary", organisation="b1") == 200
    found = find_account(committee, "new1")
    assert found is not None
    assert found.grants == ()
    assert invited.get("/b/b1").status_code == 404


def test_an_auditor_reads_everything_verifies_and_changes_nothing(
    committee_url: str, committee: Store
) -> None:
    auditor = entered(committee_url, committee, "aud", "auditor")
    page = auditor.get("/audit?verify=1").text
    assert committee.head().hash in page
    assert 'role="status" class="done"' in page
    assert next(iter(committee.read(after=2))).hash in auditor.get("/audit?as_of=3").text
    against = auditor.get("/audit", params={"verify": "1", "against": f"3 sha256:{'0' * 64}"}).text
    assert 'role="status" class="error"' in against
    assert "甲b1" not in auditor.get("/b/b1/roster").text
    assert auditor.post("/b/b1/roster", {"do": "erase", "code": "b1m01"}).status_code == 403
    assert auditor.get("/audit/visits").status_code == 200


def test_a_keeper_keeps_accounts_and_sees_no_organisation(committee_url: str, committee: Store) -> None:
    keeper = entered(committee_url, committee, "kee", "keeper")
    assert keeper.get("/").headers["location"] == "/accounts"
    assert keeper.post("/accounts", {"do": "add", "code": "aud2", "role": "auditor"}).status_code == 200
    assert find_account(committee, "aud2") is not None
    assert keeper.get("/b/b1").status_code == 404
    assert keeper.get("/audit").status_code == 403


def test_nobody_outside_the_scope_is_named_anywhere(committee_url: str, committee: Store) -> None:
    secretary = entered(committee_url, committee, "sec", "secretary", "b1")
    [foreign] = [one.id for one in committee.read(branch="b2", types={"meeting_held"})]
    pages = [
        "/b/b1",
        "/b/b1/log/member_transferred",
        "/b/b1/history",
        "/b/b1/roster",
        "/b/b2",
        f"/e/{foreign}",
    ]
    for path in pages:
        text = secretary.get(path).text
        for word in ("组织b2", "甲b2", "组织c1", "组织b11", "议题b2"):
            assert word not in text, (path, word)
    reader = entered(committee_url, committee, "rea", "reader", "c1")
    for path in ("/b/b1", "/b/b1/history", "/b/b1/roster"):
        assert "甲b1" not in reader.get(path).text


def test_what_a_comparison_cuts_off_is_a_link_to_all_of_it_what_moved_points_first(
    office: Browser, committee: Store
) -> None:
    # Dues of three members over twelve months are 36 entries on either side, of which 30 are told.
    asked = f"/o/c1/compare?branch=b1&rubric={FORM}&period=2026&period_b=2027&on=2026-12-31&on_b=2026-12-31"
    page = office.get(asked).text
    [onward, *_] = re.findall(r'<a href="([^"]+)" data-all>', page)
    place, _, clause = unescape(onward).partition("#")
    whole = office.get(place).text
    assert "data-all" not in whole

    def lines(text: str) -> list[str]:
        section = text.partition(f'<section id="{clause}">')[2].partition("</section>")[0]
        return re.findall(r'<li class="entry (\w+)">', section)

    assert (len(lines(page)), len(lines(whole))) == (60, 72)
    weight = {"lost": 0, "gained": 1, "open": 2, "waived": 3, "met": 4}
    ranks = [weight[one] for one in lines(whole)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("period=2026-Q9", ["period"]),
        ("period=2026&period_b=2026-Q9", ["period_b"]),
        ("period=x&period_b=y", ["period", "period_b"]),
        ("period=2026&as_of_b=99999999", ["as_of_b"]),
    ],
)
def test_of_two_replays_only_the_fields_that_cannot_be_read_are_marked(
    office: Browser, typed: str, wrong: list[str]
) -> None:
    told = office.get(f"/o/c1/compare?branch=b1&rubric={FORM}&{typed}")
    assert told.status_code == 422
    marked = re.findall(r'<input id="(\w+)"[^>]* aria-invalid="true" aria-describedby="\1-e"', told.text)
    assert marked == wrong
    assert re.findall(r'<li><a href="#(\w+)">', told.text) == wrong
