"""A branch's score as a page: what its points come to, and what must be said beside them."""

import re
from decimal import Decimal
from html import unescape

import pytest

from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from tests.ledger.access.committee import NOW, TODAY, event
from tests.web.client import Browser, account, machine, says, server

COLLEGE = "college-staff-branch-2019"
SCORE = f"/b/b1/score/{COLLEGE}"


@pytest.fixture
def holder(committee_url: str, committee: Store) -> Browser:
    adopted = [event("b1", "rubric_adopted", {"rubric": COLLEGE}, "2026-01-01")]
    record_each(committee, adopted, now=NOW, today=TODAY, known=KnownClauses(Library()))
    browser = machine(committee_url)
    browser.enter()
    return browser


def block(page: str, clause: str) -> str:
    return page.partition(f'id="c-{clause}"')[2].partition('<div class="clause"')[0]


def test_losses_beyond_a_clauses_points_are_told_to_stop_there(holder: Browser) -> None:
    # Of 12 committee meetings 1 was held, of 4 general meetings and 4 lectures none: 19 times 0.30 is 5.70.
    page = holder.get(f"{SCORE}/2026?on=2026-12-31").text
    told = block(page, "3.1.a")
    assert told.count("−0.30") == 19
    [bound] = re.findall(r"<p class=\"about\" data-bound>(.*?)</p>", told)
    assert "3.00" in bound
    assert "data-bound" not in block(page, "3.1.b")
    english = holder.get(f"{SCORE}/2026?on=2026-12-31&lang=en").text
    assert "in all at most 3.00 are lost" in block(english, "3.1.a")


def test_sections_whose_rows_come_to_less_say_so(holder: Browser) -> None:
    # Section 6 prints 10.00, and its rows come to 9.00; so the whole form to 99.00 of 100.00.
    page = holder.get(f"{SCORE}/2026").text
    apart = dict(re.findall(r'<p class="about" data-apart(?:="(\d+)")?>(.*?)</p>', page))
    assert sorted(apart) == ["", "6"]
    assert re.findall(r"\d+\.\d\d", apart["6"])[:3] == ["10.00", "9.00", "1.00"]
    assert re.findall(r"\d+\.\d\d", apart[""])[:3] == ["100.00", "99.00", "1.00"]
    assert "/ 99.00" in page
    assert "/ 99.00" in holder.get("/b/b1").text


def test_items_whose_clauses_come_to_less_say_what_becomes_of_the_rest(holder: Browser) -> None:
    page = holder.get(f"{SCORE}/2026?lang=en").text
    assert "The clauses come to 1.00 of the item&#39;s 2.00: the other 1.00 cannot be lost." in page


def test_a_period_before_the_adoption_is_told_to_be_a_trial(holder: Browser) -> None:
    before = holder.get(f"{SCORE}/2025").text
    [told] = re.findall(r"<p class=\"note\" data-untried>(.*?)</p>", before)
    assert "2026-01-01" in told
    assert f"/o/b1/forms?rubric={COLLEGE}" in told
    assert "data-untried" not in holder.get(f"{SCORE}/2026").text
    assert "data-untried" in holder.get("/b/b11/score/college-staff-branch-2019/2026").text


def test_what_nobody_judged_is_shown_as_such(holder: Browser) -> None:
    assert says("unjudged") in block(holder.get(f"{SCORE}/2026").text, "11.1")
    assert says("unjudged") not in block(holder.get(f"{SCORE}/2026").text, "11.2")


def test_a_score_leads_to_comparing_and_judging_it_for_who_may(
    holder: Browser, committee_url: str, committee: Store
) -> None:
    compare = f"compare?branch=b1&rubric={COLLEGE}&period=2026"
    judge = f"/o/c1/assess/{COLLEGE}/2026?branch=b1"
    page = unescape(holder.get(f"{SCORE}/2026").text)
    assert f'href="/o/c1/{compare}"' in page
    assert f'href="{judge}"' in page
    account(committee, "sec", "secretary", "b1")
    secretary = Browser(server(committee_url))
    secretary.log_in("sec")
    page = unescape(secretary.get(f"{SCORE}/2026").text)
    # The superior is out of sight: a secretary compares the branch with itself.
    assert f'href="/o/b1/{compare}"' in page
    assert "/assess/" not in page
    assert secretary.get(f"/o/b1/{compare}&period_b=2025").status_code == 200


def test_what_still_saves_points_stands_under_the_lost_ones_with_its_form(holder: Browser) -> None:
    # On 2 March January and February are over; the general meeting of the first quarter is not.
    told = unescape(block(holder.get(f"{SCORE}/2026").text, "3.1.a"))
    assert told.index("−0.30") < told.index(says("still_saves")) < told.index('class="entry open"')
    [first, *_] = re.findall(r'<li class="save">(.*?)</li>', told)
    assert "2026-03-31" in first
    assert "0.30 分" in first
    [form] = re.findall(r'href="(/b/b1/log/meeting_held[^"]*)"', first)
    assert holder.get(form).status_code == 200
    # Who looks from a day before is offered no form: it may have been done since.
    before = unescape(block(holder.get(f"{SCORE}/2026?on=2026-02-01").text, "3.1.a"))
    assert 'class="save"' in before
    assert "/log/" not in before


def test_where_nothing_can_be_won_back_it_says_so(holder: Browser) -> None:
    over = block(holder.get(f"{SCORE}/2026?on=2026-12-31").text, "3.1.a")
    assert over.count("data-gone") == 1
    assert says("still_saves") not in over
    assert "data-gone" not in block(holder.get(f"{SCORE}/2026").text, "3.1.a")


BUREAU, HOSPITAL = "bureau-direct-organization", "hospital-branch-2019"
ASKED = ("document_requested", {"ref": "2026-07", "due_on": "2026-02-10"})
UNFIT = ("document_submitted", {"ref": "2026-07", "kind": "brief", "conforming": False})
LATE = ("document_submitted", {"ref": "2026-07", "kind": "brief"})
PAID = [
    ("dues_paid", {"member": f"b1m0{n}", "month": month, "amount": "10"})
    for month in ("2026-01", "2026-02")
    for n in (1, 2, 3)
]
Logged = tuple[str, dict[str, object]]
LEAVE = ("meeting_held", {"kind": "study", "on_leave": ["b1m02"], "present": 2, "excused": 1})


@pytest.mark.parametrize(
    ("form", "clause", "events", "lost", "won"),
    [
        # A paper costs 0.50 missing, 0.30 unfit, 0.20 late: what is won back is the difference.
        (COLLEGE, "1.1", [(ASKED, 5)], "−0.50", "0.30"),
        (COLLEGE, "1.1", [(ASKED, 5), (UNFIT, 8)], "−0.30", "0.10"),
        (COLLEGE, "1.1", [(ASKED, 5), (LATE, 12)], "−0.20", None),
        # Unpaid dues cost 2 at once, late ones 1 each: of one it wins back 1, of two nothing.
        (BUREAU, "5", [(one, 20) for one in PAID[:5]], "−2.00", "1.00"),
        (BUREAU, "5", [(one, 20) for one in PAID[:4]], "−2.00", None),
        # On leave three times running costs the whole point; a note makes up for it at any time.
        (HOSPITAL, "1.3", [(LEAVE, day) for day in (3, 4, 5)], "−1.00", "1.00"),
    ],
)
def test_what_doing_it_late_still_wins_back_is_told_where_late_costs_less_than_never(
    holder: Browser,
    committee: Store,
    form: str,
    clause: str,
    events: list[tuple[Logged, int]],
    lost: str,
    won: str | None,
) -> None:
    adopted = event("b1", "rubric_adopted", {"rubric": BUREAU}, "2026-01-01")
    logged = [event("b1", kind, data, f"2026-02-{day:02}") for (kind, data), day in events]
    record_each(committee, [adopted, *logged], now=NOW, today=TODAY, known=KnownClauses(Library()))
    told = block(holder.get(f"/b/b1/score/{form}/2026").text, clause)
    assert lost in told
    said = re.findall(r"data-gone>(.*?)<", told)
    if won is None:
        assert not any("现在补办" in one for one in said)
    else:
        [one] = said
        assert "现在补办" in one
        assert points_said(one) == (won,)


@pytest.mark.parametrize("day", ["2026年3月1日", "2026/3/1", "2026-03-01"])
def test_days_are_read_as_sheets_read_them(holder: Browser, day: str) -> None:
    page = holder.get(f"{SCORE}/2026", params={"on": day, "as_of": day})
    assert page.status_code == 200
    assert 'value="2026-03-01"' in page.text


def points_said(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+\.\d\d", text))


def test_home_says_how_the_points_come_to_the_full_mark(holder: Browser) -> None:
    page = holder.get("/b/b1").text
    told = {one[0]: one[1:] for one in map(points_said, re.findall(r"data-sum>(.*?)[；。]", page))}
    assert sum(map(Decimal, told["99.00"])) == 99
    assert f">{says('whole_history')}</a>" in page


def test_periods_are_called_as_one_says_them(holder: Browser) -> None:
    page = holder.get(f"{SCORE}/2026-H1").text
    assert "2026年上半年</h1>" in page
    assert f'href="{SCORE}/2026-Q3">2026年第三季度</a>' in page
    assert "2026-Q3</a>" in holder.get(f"{SCORE}/2026-H1?lang=en").text
    # A year that has not begun has nothing to look at; from last year's page this one is a step away.
    assert f"{SCORE}/2027" not in page
    assert f'href="{SCORE}/2026">2026年</a>' in holder.get(f"{SCORE}/2025").text


def test_an_event_shows_its_fields_in_the_order_of_its_form(holder: Browser, committee: Store) -> None:
    fields = {"topic": "补学", "present": 11, "kind": "study"}
    meeting = event("b1", "meeting_held", fields, "2026-02-10")
    record_each(committee, [meeting], now=NOW, today=TODAY, known=KnownClauses(Library()))
    page = holder.get(f"/e/{committee.last('b1', 1)[-1].id}").text
    facts = re.findall(r"<dt>(.*?)</dt>", page.partition('<dl class="facts">')[2].partition("</dl>")[0])
    form = re.findall(r'<(?:label for="f-|legend)[^>]*>([^< ]+)', holder.get("/b/b1/log/meeting_held").text)
    shown = [label for label in facts if label in form]
    assert shown == [label for label in form if label in shown]
    assert len(shown) == 4


def test_a_preview_tells_what_the_clause_bears(holder: Browser) -> None:
    meeting = {"occurred_on": "2026-02-10", "kind": "general_meeting", "check": "1"}
    page = holder.post("/b/b1/log/meeting_held", meeting).text
    [full, *_] = re.findall(r"<span>[\d.]+ → [\d.]+ 分</span> <span class=\"about\">(.*?)</span>", page)
    assert full == says("of_full", "3.00")
