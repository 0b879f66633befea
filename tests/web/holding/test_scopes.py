"""Nothing outside a scope is told: no name, no topic, no organisation, in no answer and no line of the log.

And nothing is fetched from, or sent to, another host.
"""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import web
from ledger.access.tokens import make_token
from ledger.store.event_store import Store
from tests.web.api.programs import MEETING, Program
from tests.web.client import NOW, ORIGIN, PASSWORD, Browser, account, server
from tests.web.holding.hostile import EVENTS
from tests.web.holding.test_rights import API, PLACES, SAMPLES, TABLE
from web.site import Site

# Nothing of these may reach the secretary of b11: names, topics and codes of members elsewhere.
ELSEWHERE = ("c1", "g1", "b1", "b12", "c2", "b2")
FOREIGN = [f"{sign}{code}" for code in ELSEWHERE for sign in ("甲", "乙", "丙", "议题", "组织")]


def told(text: str) -> list[str]:
    """Return what is told of what is foreign; of `b1` not what is the beginning of `b11`."""
    return [word for word in FOREIGN if re.search(re.escape(word) + r"(?!\d)", text)]


@pytest.fixture
def site(committee_url: str, committee: Store) -> Site:
    account(committee, "sec", "secretary", "b11")
    return server(committee_url)


def asked(browser: Browser, committee: Store) -> Iterator[tuple[str, str]]:
    """Ask for every page of every organisation, and yield what each said."""
    meetings = {one.branch: one.id for one in committee.read(types={"meeting_held"})}
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/me").text)
    assert found is not None
    for method, path in TABLE:
        if path == "/logout":
            continue
        for place in (*PLACES, "b12", "c2"):
            about = {**SAMPLES, "branch": place, "organisation": place, "id": meetings.get(place, "zz")}
            data = {"token": found[1], "do": "add", "organisation": "b2", "code": "b2m01", "member": "b2m01"}
            sent = {"data": data, "headers": {"origin": ORIGIN}} if method == "POST" else {}
            answer = browser.client.request(method, path.format(**about), **sent)
            yield f"{method} {path} {place}", answer.text + str(answer.headers)


def test_no_page_and_no_log_tells_a_secretary_of_anything_but_its_own(
    site: Site, committee: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser(site)
    browser.log_in("sec", "a wrong password")
    browser.log_in("sec")
    own = 0
    for what, text in asked(browser, committee):
        assert told(text) == [], what
        own += "甲b11" in text
    assert own >= 5
    said = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith("httpx"))
    said += "".join(capfd.readouterr())
    secrets = [PASSWORD, "a wrong password", *browser.client.cookies.values()]
    assert not re.search("[甲乙丙]b", said)
    assert [secret for secret in secrets if secret in said] == []


def test_no_answer_of_the_json_interface_does_either_nor_any_name(site: Site, committee: Store) -> None:
    token = make_token(committee, "sec", "t", days=1, read_only=False, by=None, now=NOW)
    client = Browser(site).client
    foreign = next(one.id for one in committee.read(branch="b2", types={"meeting_held"}))
    on = "2026-02-10"
    bodies = [
        {"type": "event_retracted", "occurred_on": on, "data": {"target": foreign, "reason": "x"}},
        {"type": "talk_held", "occurred_on": on, "data": {"member": "b2m01", "kind": "heart_to_heart"}},
        {"type": "branch_moved", "occurred_on": on, "data": {"parent": "c2"}},
        {"id": foreign, "type": "meeting_held", "occurred_on": on, "data": {"kind": "study"}},
    ]
    for method, path in API:
        for place in (*PLACES, "b12", "c2"):
            for body in bodies if method == "POST" else [None]:
                sent = {} if body is None else {"json": body}
                headers = {"authorization": f"Bearer {token}"}
                answer = client.request(method, path.format(**SAMPLES, b=place), headers=headers, **sent)
                assert told(answer.text) == [], (method, path, place, body)
                assert not re.search("[甲乙丙]b", answer.text), (method, path, place)
    assert (
        client.get(EVENTS.replace("b1", "b11"), headers={"authorization": f"Bearer {token}"}).status_code
        == 200
    )


def test_nothing_that_pages_are_made_of_names_another_host() -> None:
    folder = Path(web.__file__).parent
    files = [one for kind in ("*.html", "*.css", "*.js", "*.svg") for one in folder.rglob(kind)]
    assert len(files) > 20
    elsewhere = re.compile(r"https?://|[\"'(]//\w|@import|url\((?!#|['\"]?/static|['\"]?data:)")
    for one in files:
        text = one.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not elsewhere.search(text), one.name


def test_an_id_outside_a_scope_is_as_good_as_any_to_who_tries_and_refused_without_a_word_to_who_records(
    site: Site, committee: Store
) -> None:
    browser = Browser(site)
    browser.log_in("sec")
    [elsewhere] = [one for one in committee.read(branch="b2") if one.type == "meeting_held"]
    form, sent = "/b/b11/log/meeting_held", {"occurred_on": "2026-02-10", "kind": "study"}
    before = committee.head()
    for id_ in (elsewhere.id, "0198c0de-0000-7000-8000-00000000000b"):
        assert browser.post(form, {**sent, "id": id_, "check": "1"}).status_code == 200
    refused = browser.post(form, {**sent, "id": elsewhere.id, "save": "1"})
    assert refused.status_code == 422
    said = re.findall(r'<a href="#form">id</a>：(.*?)</li>', refused.text)
    assert said == [f"已用于另一条内容不同的记录，实际为 &#34;{elsewhere.id}&#34;。请省去编号"]
    program = Program(browser, make_token(committee, "sec", "p", days=1, read_only=False, by=None, now=NOW))
    named, place = {**MEETING, "id": elsewhere.id}, "/api/v1/organisations/b11/events"
    assert program.post(f"{place}:check", named).status_code == 200
    conflict = program.post(place, named)
    assert conflict.status_code == 409
    assert [row["field"] for row in conflict.json()["problems"]] == ["id"]
    assert "b2" not in conflict.text
    assert committee.head() == before
    # In sight, the event that bears the id is told of.
    own = next(one for one in committee.read(branch="b11") if one.type == "meeting_held")
    assert f"序号 {own.position}" in browser.post(form, {**sent, "id": own.id, "check": "1"}).text
