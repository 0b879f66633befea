"""Judging: which form and period, how much there is to judge by hand, where to go on; and links that carry
the form and the period along."""

import re
from html import unescape

from tests.web.client import Browser
from tests.web.conftest import FORM

ASSESS = f"/o/c1/assess/{FORM}"
COLLEGE = "college-staff-branch-2019"


def links(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', page)]


def tabs(page: str) -> list[str]:
    found = re.search(r'<nav class="tabs".*?</nav>', page, re.DOTALL)
    assert found is not None
    return links(found[0])


def counted(page: str) -> list[int]:
    """Return what the page counts: to be judged by hand, judged, left."""
    [said] = re.findall(r"<p data-counted>(.*?)</p>", page)
    return [int(number) for number in re.findall(r"\d+", said)]


def test_the_way_from_page_to_page_keeps_the_form_and_the_period(office: Browser) -> None:
    about = f"rubric={FORM}&period=2026-Q1"
    branch = ("/b/b1/score", "/b/b1/history")
    for path in (f"/b/b1/score/{FORM}/2026-Q1", f"/b/b1/history?{about}"):
        led = tabs(office.get(path).text)
        assert [one for one in led if one.startswith(branch)] == [
            f"/b/b1/score/{FORM}/2026-Q1",
            f"/b/b1/history?{about}",
        ]
    office_pages = [
        f"/o/c1/{FORM}/2026-Q1",
        f"{ASSESS}/2026-Q1",
        f"/o/c1/compare?{about}",
        f"/o/c1/seals?{about}&choose=1",
    ]
    for path in office_pages:
        assert set(office_pages) <= set(tabs(office.get(path).text)), path


def test_the_log_keeps_them_when_it_is_filtered(office: Browser) -> None:
    page = office.get(f"/b/b1/history?rubric={FORM}&period=2026-Q1&type=meeting_held").text
    assert f'<input type="hidden" name="rubric" value="{FORM}">' in page
    assert '<input type="hidden" name="period" value="2026-Q1">' in page


def test_a_form_or_period_that_there_is_not_is_carried_nowhere(office: Browser) -> None:
    led = tabs(office.get("/b/b1/history?rubric=nothing&period=2026").text)
    assert f"/b/b1/score/{FORM}/2026" in led
    assert "/b/b1/history" in led


def test_a_tab_to_the_seals_fills_in_what_to_seal_and_replays_nothing_yet(office: Browser) -> None:
    page = office.get(f"/o/c1/seals?rubric={FORM}&period=2026-Q1&choose=1").text
    assert 'value="2026-Q1"' in page
    assert 'id="f-name"' not in page


def test_whoever_judges_chooses_form_and_period_on_the_page(office: Browser) -> None:
    sent = {"do": "adopt", "rubric": COLLEGE, "branch": "b1", "on": "2026-02-01"}
    assert office.post("/o/c1/forms", sent).status_code == 303
    led = links(office.get(f"{ASSESS}/2026?branch=b1&clause=6.1&left=1").text)
    assert f"{ASSESS}/2026-Q2?clause=6.1&branch=b1&as=superior&left=1" in led
    # Another form has other clauses.
    assert f"/o/c1/assess/{COLLEGE}/2026?branch=b1&as=superior&left=1" in led
    assert office.get(f"/o/c1/assess/{COLLEGE}/2026?branch=b1&as=superior&left=1").status_code == 200


def test_the_page_counts_what_is_judged_by_hand_and_leads_to_what_is_left(office: Browser) -> None:
    # By hand are 1.1, 12.1 and 16, in b1, b11 and b12.
    page = office.get(f"{ASSESS}/2026").text
    assert counted(page) == [9, 0, 9]
    assert 'id="points.b1.1.1"' in page
    judged = {f"points.{code}.1.1": "1" for code in ("b1", "b11", "b12")}
    office.post(f"{ASSESS}/2026?clause=1.1", {**judged, "save": "1"})
    page = office.get(f"{ASSESS}/2026?clause=1.1").text
    assert counted(page) == [9, 3, 6]
    [onward] = re.findall(r'<a href="([^"]+)" data-next>', page)
    assert unescape(onward) == f"{ASSESS}/2026?clause=12.1&as=superior"
    # Whoever comes without a clause begins with the first of which something is left.
    assert 'id="points.b1.12.1"' in office.get(f"{ASSESS}/2026").text
    assert counted(office.get(f"{ASSESS}/2026?branch=b1").text) == [3, 1, 2]


def test_what_is_left_can_be_looked_at_alone_and_what_was_typed_stays(office: Browser) -> None:
    office.post(f"{ASSESS}/2026?branch=b1", {"points.b1.1.1": "1", "save": "1"})
    page = office.get(f"{ASSESS}/2026?branch=b1&left=1").text
    assert re.findall(r'id="points\.b1\.([\d.]+)"', page) == ["12.1", "16"]
    # Somebody else judged 1.1 meanwhile: what is typed for it is not thrown away.
    told = office.post(
        f"{ASSESS}/2026?branch=b1&left=1", {"points.b1.1.1": "0.5", "seen.b1.1.1": "", "save": "1"}
    )
    assert told.status_code == 422
    assert 'value="0.5"' in told.text


def test_what_nobody_judged_is_called_so_and_not_computed(office: Browser) -> None:
    row = r'<h2><a [^>]*>{} .*?<div class="judge">'

    def chips(clause: str) -> tuple[bool, bool]:
        found = re.search(row.format(re.escape(clause)), page, re.DOTALL)
        assert found is not None
        return "未评" in found[0], "按记录计算" in found[0]

    page = office.get(f"{ASSESS}/2026?branch=b1").text
    assert (chips("1.1"), chips("6.1")) == ((True, False), (False, True))
    office.post(f"{ASSESS}/2026?branch=b1", {"points.b1.1.1": "1", "save": "1"})
    page = office.get(f"{ASSESS}/2026?branch=b1").text
    assert chips("1.1") == (False, False)


def test_a_period_that_nobody_went_by_the_form_in_is_told_to_be_a_trial(office: Browser) -> None:
    for path in (f"/o/c1/{FORM}/", f"{ASSESS}/", f"/o/c1/seals?rubric={FORM}&period="):
        assert "data-untried" in office.get(f"{path}2025").text, path
        assert "data-untried" not in office.get(f"{path}2026").text, path
    assert "data-untried" in office.get(f"{ASSESS}/2026?branch=g1").text


def test_a_branch_that_did_not_go_by_the_form_can_be_judged_and_one_out_of_scope_is_not_there(
    office: Browser,
) -> None:
    assert office.get(f"/o/c1/assess/{COLLEGE}/2026?branch=b1").status_code == 200
    assert office.get(f"/o/c1/assess/{COLLEGE}/2026?branch=b2").status_code == 404
