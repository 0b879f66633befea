"""Every route has a right, and gives each role what the written table says, over each organisation.

The tables are written by address and method, not read off the rights that the routes name: a route without a
row here fails, and so does one that is given another right.
"""

import re
from collections.abc import Iterator

import pytest

from ledger.access.actors import Right
from ledger.access.tokens import make_token
from ledger.intake.batch import record_each
from ledger.store.event_store import Store
from rubrics.known_clauses import KnownClauses
from rubrics.library import Library
from tests.ledger.access.committee import ORGANISATIONS, TODAY, event
from tests.web.client import NOW, ORIGIN, Browser, account, server
from web.api.routes import ROWS
from web.routes import PAGES

# For an account whose grant is over g1 (below c1; above b11): own g1, sibling b1, parent c1, child b11, a
# stranger b2, an unknown zz. 2: let through (what is sent may still be refused for what it says), 4: not
# found, F: forbidden.
PLACES = ("g1", "b1", "c1", "b11", "b2", "zz")
READ = {
    "secretary": "244444", "reader": "244244", "department": "244244",
    "office": "244244", "auditor": "222224", "keeper": "444444",
}  # fmt: skip
LOG = {
    "secretary": "244444", "reader": "F44F44", "department": "F44F44",
    "office": "244244", "auditor": "FFFFF4", "keeper": "444444",
}  # fmt: skip
OFFICE = {
    "secretary": "F44444", "reader": "F44F44", "department": "F44F44",
    "office": "244244", "auditor": "FFFFF4", "keeper": "444444",
}  # fmt: skip
ASSESS = {**OFFICE, "department": "244244"}
ALL = dict.fromkeys(READ, "2")
NONE = dict.fromkeys(READ, "F")
AUDIT = {**NONE, "auditor": "2"}
VISITS = {**NONE, "auditor": "2", "keeper": "2"}
ACCOUNTS = {**NONE, "office": "2", "keeper": "2"}
# a new organisation is registered below one's own: an office may, secretaries and auditors are told nothing
FOUNDING = {**LOG, "office": "244242", "department": "244244"}
BOARD, ASSESSING = "/o/{organisation}/{rubric}/{period}", "/o/{organisation}/assess/{rubric}/{period}"

TABLE = {
    ("GET", "/"): ALL,
    ("POST", "/logout"): ALL,
    ("GET", "/me"): ALL,
    ("POST", "/me"): ALL,
    ("GET", "/start"): NONE,
    ("POST", "/start"): NONE,
    ("GET", "/b/{branch}"): READ,
    ("GET", "/b/{branch}/log"): LOG,
    ("GET", "/b/{branch}/log/{type}"): LOG,
    ("POST", "/b/{branch}/log/{type}"): LOG,
    ("GET", "/b/{branch}/dues/{month}"): LOG,
    ("POST", "/b/{branch}/dues/{month}"): LOG,
    ("GET", "/b/{branch}/upload"): LOG,
    ("POST", "/b/{branch}/upload"): LOG,
    ("GET", "/b/{branch}/roster"): READ,
    ("POST", "/b/{branch}/roster"): LOG,
    ("GET", "/b/{branch}/history"): READ,
    ("GET", "/b/{branch}/score/{rubric}/{period}"): READ,
    ("GET", "/b/{branch}/calendar"): READ,
    ("POST", "/b/{branch}/calendar"): READ,
    ("GET", "/b/{branch}/reminders"): READ,
    ("POST", "/b/{branch}/reminders"): LOG,
    ("GET", ASSESSING): ASSESS,
    ("POST", ASSESSING): ASSESS,
    ("GET", "/o/{organisation}/compare"): READ,
    ("GET", "/o/{organisation}/seals"): READ,
    ("POST", "/o/{organisation}/seals"): OFFICE,
    ("GET", "/o/{organisation}/forms"): READ,
    ("POST", "/o/{organisation}/forms"): OFFICE,
    ("GET", "/o/{organisation}/recipients"): OFFICE,
    ("POST", "/o/{organisation}/recipients"): OFFICE,
    ("GET", "/o/{organisation}/accounts"): OFFICE,
    ("POST", "/o/{organisation}/accounts"): OFFICE,
    ("GET", "/o/{organisation}/draw"): READ,
    ("GET", BOARD): READ,
    ("GET", "/accounts"): ACCOUNTS,
    ("POST", "/accounts"): ACCOUNTS,
    ("GET", "/audit"): AUDIT,
    ("GET", "/audit/visits"): VISITS,
    ("GET", "/e/{id}"): READ,
    ("POST", "/e/{id}"): LOG,
}
PUBLIC = {
    ("GET", "/enter"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("GET", "/login/oidc"),
    ("POST", "/login/oidc"),
    ("GET", "/invite/{token}"),
    ("POST", "/invite/{token}"),
    ("GET", "/c/{secret}.ics"),
}
API = {
    ("GET", "/api/v1/me"): ALL,
    ("GET", "/api/v1/organisations"): ALL,
    ("GET", "/api/v1/catalogue"): ALL,
    ("GET", "/api/v1/organisations/{b}/due"): READ,
    ("GET", "/api/v1/organisations/{b}/scores/{rubric}/{period}"): READ,
    ("GET", "/api/v1/organisations/{b}/events"): READ,
    ("POST", "/api/v1/organisations/{b}/events"): FOUNDING,
    ("POST", "/api/v1/organisations/{b}/events:check"): FOUNDING,
}
SAMPLES = {
    "type": "meeting_held", "rubric": "hospital-branch-2019", "period": "2026", "month": "2026-02",
    "token": "none", "secret": "none",
}  # fmt: skip
LET_THROUGH = (200, 303, 422)


def reminders_of(store: Store) -> dict[str, str]:
    """Raise a reminder in every organisation, and return their ids."""
    about = {"rubric": SAMPLES["rubric"], "clause": "6.1", "obligation": "x", "rung": "day"}
    raised = [
        event(code, "reminder_raised", {**about, "due_on": "2026-02-28"}, "2026-02-28")
        for code in ORGANISATIONS
    ]
    taken = record_each(store, raised, now=NOW, today=TODAY, known=KnownClauses(Library()), own=True)
    return {one.recorded.branch: one.recorded.id for one in taken}


def each(table: dict[tuple[str, str], dict[str, str]], role: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield method, address, organisation ("" for none) and what is expected."""
    for (method, path), roles in table.items():
        cells = roles[role]
        places = PLACES if len(cells) > 1 else ("",)
        for place, cell in zip(places, cells, strict=True):
            yield method, path, place, cell


def met(status: int, cell: str) -> bool:
    return status in LET_THROUGH if cell == "2" else status == {"4": 404, "F": 403}[cell]


def test_every_route_has_a_row_in_the_written_table_and_a_right() -> None:
    pages = {(method, row.path) for row in PAGES for method in row.methods}
    assert pages == set(TABLE) | PUBLIC
    assert {(row.method, row.path) for row in ROWS} == {*API, ("GET", "/api/v1/openapi.json")}
    assert all(isinstance(row.right, Right) for row in (*PAGES, *ROWS))
    public = {(method, row.path) for row in PAGES for method in row.methods if row.right is Right.PUBLIC}
    assert public == PUBLIC
    assert {row.path for row in ROWS if row.right is Right.PUBLIC} == {"/api/v1/openapi.json"}


@pytest.mark.parametrize("role", READ)
def test_each_page_is_given_to_whom_the_table_says(committee_url: str, committee: Store, role: str) -> None:
    over = () if role in ("auditor", "keeper") else ("g1",)
    account(committee, "who", role, *over)
    browser = Browser(server(committee_url))
    browser.log_in("who")
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/me").text)
    assert found is not None
    meetings = {one.branch: one.id for one in committee.read(types={"meeting_held"})}
    reminders = reminders_of(committee)
    for method, path, place, cell in each(TABLE, role):
        if path == "/logout":
            continue
        about = {**SAMPLES, "branch": place, "organisation": place, "id": meetings.get(place, "zz")}
        data = {"token": found[1], "do": "add", "reminder": reminders.get(place, "zz")}
        sent = {"data": data, "headers": {"origin": ORIGIN}} if method == "POST" else {}
        answer = browser.client.request(method, path.format(**about), **sent)
        assert met(answer.status_code, cell), (role, method, path, place, answer.status_code)
    assert browser.post("/logout", {}, form="/me").status_code == 303


@pytest.mark.parametrize("role", READ)
def test_the_json_interface_gives_each_role_the_same(committee_url: str, committee: Store, role: str) -> None:
    over = () if role in ("auditor", "keeper") else ("g1",)
    account(committee, "who", role, *over)
    token = make_token(committee, "who", "t", days=1, read_only=False, by=None, now=NOW)
    client = Browser(server(committee_url)).client
    headers = {"authorization": f"Bearer {token}"}
    for method, path, place, cell in each(API, role):
        body = {} if method == "GET" else {"json": []}
        answer = client.request(method, path.format(**SAMPLES, b=place), headers=headers, **body)
        assert met(answer.status_code, cell), (role, method, path, place, answer.status_code)


def test_who_has_not_entered_is_given_nothing_but_the_way_in(committee_url: str, committee: Store) -> None:
    client = Browser(server(committee_url)).client
    ids = [one.id for one in committee.read(types={"meeting_held"})]
    for method, path in TABLE:
        for place in ("b1", "zz"):
            about = {
                **SAMPLES,
                "branch": place,
                "organisation": place,
                "id": ids[0] if place == "b1" else "zz",
            }
            answer = client.request(method, path.format(**about), headers={"origin": ORIGIN})
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/login")
    for method, path in API:
        for place in ("b1", "zz"):
            answer = client.request(method, path.format(**SAMPLES, b=place))
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"
