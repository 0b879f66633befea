"""The auditor's pages: how far a verification is, what a kept head is held against, what is no head."""

from threading import Event

from ledger.store.event_store import Store
from ledger.store.verify import Verified
from tests.web.client import Browser, account, server
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
    assert f"已核对 3 / {head} 条" in under_way.text
    assert "校验通过" not in under_way.text
    let_go.set()
    runs.patience = 30
    ended = auditor.get("/audit?verify=1")
    assert "refresh" not in ended.headers
    assert f"校验通过：{head} 条" in ended.text


def test_what_is_no_head_is_refused_and_not_passed_over(committee_url: str, committee: Store) -> None:
    auditor = auditor_of(committee_url, committee)
    third = next(iter(committee.read(after=2)))
    said = {
        f"3 {third.hash}": (200, "校验通过"),
        f"3 sha256:{'1' * 64}": (200, "与留存的校验码不符"),
        f"99999 sha256:{'1' * 64}": (200, "末尾的记录被删去"),
        third.hash: (422, "请整行粘贴"),
        "abc": (422, "请整行粘贴"),
    }
    for head, (status, words) in said.items():
        answer = auditor.get("/audit", params={"verify": "1", "against": head})
        assert (answer.status_code, words in answer.text) == (status, True), head
