"""The auditor's pages: how far a verification is, what a kept head is held against, what is no head."""

import re
from threading import Event

from ledger.store.event_store import Store
from ledger.store.verify import Verified
from tests.web.client import Browser, account, says, server
from web.verifying import Verify


def auditor_of(url: str, store: Store) -> Browser:
    account(store, "aud", "auditor")
    browser = Browser(server(url))
    assert browser.log_in("aud").status_code == 303
    return browser


def held_until(let_go: Event, started: Event, verify: Verify) -> Verify:
    def held(tell: object) -> Verified:
        assert callable(tell)
        tell(3)
        started.set()
        assert let_go.wait(30)
        return verify(tell)

    return held


def test_a_long_verification_says_how_far_it_is_and_is_followed_to_its_end(
    committee_url: str, committee: Store
) -> None:
    auditor = auditor_of(committee_url, committee)
    runs, let_go, started = auditor.site.verifications, Event(), Event()
    runs.patience = 0
    runs.follow(("aud", None), held_until(let_go, started, lambda tell: committee.verify(None, tell)))
    assert started.wait(30)
    under_way = auditor.get("/audit?verify=1")
    assert under_way.headers["refresh"] == "1"
    head = committee.head().position
    assert f'<progress max="{head}" value="3"' in under_way.text
    assert 'role="status" class=' not in under_way.text
    let_go.set()
    runs.patience = 30
    ended = auditor.get("/audit?verify=1")
    assert "refresh" not in ended.headers
    [verdict] = re.findall(r'role="status" class="done">(.*?)</p>', ended.text)
    assert str(head) in verdict


def test_what_is_no_head_is_refused_and_not_passed_over(committee_url: str, committee: Store) -> None:
    auditor = auditor_of(committee_url, committee)
    third = next(iter(committee.read(after=2)))
    said = {
        f"3 {third.hash}": (200, 'class="done"'),
        f"3 sha256:{'1' * 64}": (200, 'class="error"'),
        f"99999 sha256:{'1' * 64}": (200, 'class="error"'),
        third.hash: (422, says("no_head")),
        "abc": (422, says("no_head")),
    }
    for head, (status, words) in said.items():
        answer = auditor.get("/audit", params={"verify": "1", "against": head})
        assert (answer.status_code, words in answer.text) == (status, True), head
