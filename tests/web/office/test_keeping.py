"""Who keeps what of an office: recipients, accounts; an auditor, a keeper; and who is named to nobody."""

import re
import socket

from ledger.access.accounts import find_account
from ledger.access.roles import POWERS, ROLES
from ledger.delivery.recipients import add_recipient
from ledger.delivery.transports.transport import told as told_of
from ledger.store.event_store import Store
from tests.web.client import NOW, PASSWORD, Browser, entered


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


def test_the_page_of_accounts_says_what_each_role_that_may_be_given_does(
    office: Browser, committee_url: str, committee: Store
) -> None:
    keeper = entered(committee_url, committee, "keeper1", "keeper")
    for page, given in (
        (office.get("/o/c1/accounts").text, ("secretary", "reader", "department", "office")),
        (keeper.get("/accounts").text, ROLES),
    ):
        told = re.findall(r'<dt>(.*?)</dt><dd class="about">(.*?)</dd>', page.partition("data-roles")[2])
        assert told == [(POWERS[role].label.zh, POWERS[role].does.zh) for role in given]


def test_an_office_grants_inside_its_scope_and_never_to_itself(office: Browser, committee: Store) -> None:
    made = office.post(
        "/o/c1/accounts", {"do": "add", "code": "new1", "role": "secretary", "organisation": "b1"}
    )
    link = re.search(r"/invite/([\w-]+)", made.text)
    assert link is not None
    invited = Browser(office.site)
    assert invited.post(f"/invite/{link[1]}", {"password": "short"}).status_code == 422
    assert invited.post(f"/invite/{link[1]}", {"password": PASSWORD}).headers["location"] == "/login?set=new1"
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
