"""An office: board, judging, comparing, sealing, forms."""

import re
from html import unescape

import pytest

from ledger.access.visits import read_visits
from ledger.store.event_store import Store
from projections.engine.plan import Plan
from projections.engine.replays import obligations
from rubrics.library import load
from tests.web.client import NOW, Browser, entered, says
from tests.web.conftest import FORM

BOARD = f"/o/c1/{FORM}/2026"
SCORE = f"/b/b1/score/{FORM}/2026"
ASSESS = f"/o/c1/assess/{FORM}/2026"


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
def test_the_board_and_a_branchs_score_are_given_as_files_and_that_is_a_visit(
    office: Browser, committee: Store, ending: str, begins: bytes
) -> None:
    for page in (BOARD, SCORE):
        answer = office.get(page + ending)
        assert answer.content.lstrip()[:3].startswith(begins)
        assert "attachment" in answer.headers["content-disposition"]
        assert read_visits(committee)[0].what == "export"
        assert f"{page}{ending}?on=2026-03-02" in unescape(office.get(page).text)


def test_a_score_as_a_file_stands_at_the_day_and_position_of_its_page(office: Browser) -> None:
    # Committee meetings of January and February: the one of January was logged last, at the head.
    head = re.search(r'placeholder="(\d+)"', office.get(SCORE).text)
    assert head is not None
    asked = f"on=2026-02-28&as_of={int(head[1]) - 1}"
    link = f"{SCORE}.html?{asked}"
    assert link in unescape(office.get(f"{SCORE}?{asked}").text)
    file = office.get(link).text
    total = re.search(r'class="big">([\d.]+)', office.get(f"{SCORE}?{asked}").text)
    assert total is not None
    assert all(one in file for one in (total[1], "2026-02-28", f"{int(head[1]) - 1}"))
    assert office.get(f"{SCORE}.pdf").status_code == 404


def test_a_file_names_whom_the_reader_may_see_and_csv_nobody(
    office: Browser, committee_url: str, committee: Store
) -> None:
    # Unpaid dues of January and February are lost under each member.
    reader = entered(committee_url, committee, "r1", "reader", "c1")
    asked = "?on=2026-03-02"
    assert "甲b1" in office.get(f"{SCORE}.html{asked}").text
    assert "甲b1" not in office.get(f"{SCORE}.csv{asked}").text
    told = reader.get(f"{SCORE}.html{asked}").text
    assert "b1m01" in told
    assert "甲b1" not in told


def test_a_csv_from_a_page_has_its_columns_in_the_readers_language(office: Browser) -> None:
    chinese, english = (office.get(f"{SCORE}.csv?lang={lang}").text.splitlines() for lang in ("zh", "en"))
    assert chinese[0].lstrip("\ufeff") == (
        "党组织,层级,序号,分组,考核内容,分值,得分,待落实,未评,本期涉及分值,等次,名次"
    )
    assert english[0].lstrip("\ufeff").split(",")[:3] == ["branch", "level", "item"]
    assert [line.split(",")[1] for line in (chinese[1], chinese[-1])] == ["考核项", "合计"]


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
    ("typed", "read"),
    [("2026-Q1", "2026年第一季度"), ("2026年上半年", "2026年上半年"), ("２０２６", "2026年")],
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
        == f"/o/c1/seals?saved=3&rubric={FORM}&period=2026&choose=1"
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


def test_of_two_that_were_open_alike_the_one_that_was_met_since_is_told_with_what_met_it(
    office: Browser, committee: Store
) -> None:
    # In the first quarter a general meeting and a lecture are both open; the general meeting is held.
    before, form = committee.head().position, "college-staff-branch-2019"
    held = {"occurred_on": "2026-02-10", "kind": "general_meeting", "save": "1"}
    office.post("/b/b1/log/meeting_held", held)
    page = office.get(f"/o/c1/compare?branch=b1&rubric={form}&period=2026-Q1&as_of={before}").text
    told = page.partition('<section id="c-3.1.a">')[2].partition("</section>")[0]
    lines = [line for line in told.splitlines() if "第一季度" in line]
    assert [("党课" in line, "支部党员大会" in line) for line in lines] == [(False, True), (False, True)]
    assert "2026-02-10 会议 支部党员大会 · 新记</a>" in told


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


def test_comparing_and_sealing_begin_with_the_form_by_which_most_go(office: Browser) -> None:
    for page in ("/o/c1/compare", "/o/c1/seals"):
        assert f'<option value="{FORM}" selected>' in office.get(page).text


def test_a_comparison_of_nobody_says_what_is_to_be_chosen(office: Browser) -> None:
    told = office.get(f"/o/c1/compare?branch=&rubric={FORM}&period=2026")
    assert told.status_code == 422
    assert re.findall(r'<li><a href="#(\w+)">', told.text) == ["branch"]
    assert re.findall(r'<select id="(\w+)"[^>]* aria-invalid="true"', told.text) == ["branch"]


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
