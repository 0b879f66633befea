"""Every route has a right, and gives each role what the written table says, over each organisation."""

import pytest

from ledger.access.actors import Right
from ledger.store.event_store import Store
from tests.web.client import Browser, account, server
from web.api.routes import ROWS
from web.routes import PAGES

# GET, for an account whose grant is over g1 (below c1; above b11): own g1, sibling b1, parent c1, child b11,
# a stranger b2, an unknown zz. 2 is 200, 3 is 303, 4 is 404, F is 403.
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
TABLES = {Right.READ: READ, Right.LOG: LOG, Right.OFFICE: OFFICE, Right.ASSESS: ASSESS}
WHOLE = {
    Right.AUDIT: "FFFF2F",
    Right.VISITS: "FFFF22",
    Right.ACCOUNTS: "FFF2F2",
    Right.HOLDER: "FFFFFF",
    Right.ENTERED: "222222",
}
STATUS = {"2": (200, 303), "4": (404,), "F": (403,)}
SAMPLES = {
    "type": "meeting_held", "rubric": "hospital-branch-2019", "period": "2026", "month": "2026-02",
    "token": "none", "secret": "none",
}  # fmt: skip


def test_every_route_has_a_right() -> None:
    assert all(isinstance(row.right, Right) for row in PAGES)
    assert all(isinstance(row.right, Right) for row in ROWS)
    public = {row.path for row in PAGES if row.right is Right.PUBLIC}
    assert public <= {"/enter", "/login", "/invite/{token}", "/c/{secret}.ics"}
    assert {row.path for row in ROWS if row.right is Right.PUBLIC} == {"/api/v1/openapi.json"}


@pytest.mark.parametrize("role", READ)
def test_each_page_is_given_to_whom_the_table_says(committee_url: str, committee: Store, role: str) -> None:
    over = () if role in ("auditor", "keeper") else ("g1",)
    account(committee, "who", role, *over)
    browser = Browser(server(committee_url))
    browser.log_in("who")
    meetings = {one.branch: one.id for one in committee.read(types={"meeting_held"})}
    for row in PAGES:
        if "GET" not in row.methods or row.right is Right.PUBLIC:
            continue
        if row.place is None:
            expected = [WHOLE[row.right][list(READ).index(role)]]
            places: list[dict[str, str]] = [{}]
        else:
            expected = list(TABLES[row.right][role])
            places = [{row.place: place, "id": meetings.get(place, "zz")} for place in PLACES]
        for place, cell in zip(places, expected, strict=True):
            path = row.path.format(**SAMPLES, **place)
            assert browser.get(path).status_code in STATUS[cell], (role, path)


@pytest.mark.parametrize("role", READ)
def test_the_json_interface_gives_each_role_the_same(committee_url: str, committee: Store, role: str) -> None:
    from ledger.access.accounts import make_token
    from tests.web.client import NOW

    over = () if role in ("auditor", "keeper") else ("g1",)
    account(committee, "who", role, *over)
    token = make_token(committee, "who", "t", days=1, read_only=False, by=None, now=NOW)
    browser = Browser(server(committee_url))
    headers = {"authorization": f"Bearer {token}"}
    for row in ROWS:
        if row.place is None:
            continue
        for place, cell in zip(PLACES, TABLES[row.right][role], strict=True):
            path = row.path.format(**SAMPLES, b=place)
            body = {} if row.method == "GET" else {"json": []}
            found = browser.client.request(row.method, path, headers=headers, **body).status_code
            # an office may register what does not exist yet
            founding = row.method == "POST" and place == "zz" and role == "office"
            assert found == 200 if founding else found in STATUS[cell], (role, path)
