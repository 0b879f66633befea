"""What strangers, other sites and broken clients cannot do."""

import pytest

from ledger.store.event_store import Store
from tests.web.client import ORIGIN, PASSWORD, Browser, Clock, account, machine, server
from web.site import Site, origin_in

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def office(committee_url: str, committee: Store) -> Browser:
    account(committee, "office1", "office", "c1")
    browser = Browser(server(committee_url))
    assert browser.log_in("office1").status_code == 303
    return browser


def test_every_answer_bears_the_headers_of_this_site(office: Browser) -> None:
    for path in ("/", "/login", "/nope", "/b/b2", "/static/zhibu.css"):
        headers = office.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert office.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "localhost:8425", "127.0.0.1:8425.evil.example"]
)
def test_another_host_is_refused(committee_url: str, host: str) -> None:
    browser = machine(committee_url)
    assert browser.get("/login", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("public", ["https://Zhibu.example.org:443", "https://zhibu.example.org/"])
def test_the_public_host_is_one_host_however_it_is_written(committee_url: str, public: str) -> None:
    site = Site(committee_url, origin_in(public) or "", Clock(), "server")
    client = Browser(site).client
    written = ("zhibu.example.org", "ZHIBU.example.org", "zhibu.example.org:443", "zhibu.example.org:80")
    answers = [client.get("/login", headers={"host": host}).status_code for host in written]
    assert answers == [200, 200, 200, 421]


def test_another_sites_forms_and_forms_without_a_token_do_nothing(office: Browser, committee: Store) -> None:
    before = committee.head()
    data = {"occurred_on": "2026-02-10", "kind": "study", "save": "1"}
    path = "/b/b1/log/meeting_held"
    token = office.get(path).text.partition('name="token" value="')[2].partition('"')[0]
    client = office.client
    assert client.post(path, data={**data, "token": token}).status_code == 403
    other = {"origin": "https://evil.example"}
    assert client.post(path, data={**data, "token": token}, headers=other).status_code == 403
    assert client.post(path, data=data, headers={"origin": ORIGIN}).status_code == 403
    wrong = {**data, "token": "A" * len(token)}
    assert client.post(path, data=wrong, headers={"origin": ORIGIN}).status_code == 403
    assert committee.head() == before
    assert client.post(path, data={**data, "token": token}, headers={"origin": ORIGIN}).status_code == 303


def test_a_form_token_looks_different_each_time_and_holds_for_its_session_alone(
    office: Browser, committee: Store
) -> None:
    def token(browser: Browser) -> str:
        return browser.get("/me").text.partition('name="token" value="')[2].partition('"')[0]

    assert token(office) != token(office)
    account(committee, "other", "office", "c1")
    stranger = Browser(office.site)
    stranger.log_in("other")
    sent = stranger.client.post(
        "/me", data={"do": "language", "language": "en", "token": token(office)}, headers={"origin": ORIGIN}
    )
    assert sent.status_code == 403


def test_logging_in_begins_a_new_session_whatever_cookie_was_planted(
    committee_url: str, committee: Store
) -> None:
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url))
    browser.client.cookies.set("zhibu-8425", "planted-by-somebody-else")
    answer = browser.log_in("sec")
    assert answer.status_code == 303
    assert "planted" not in answer.headers["set-cookie"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_after_five_failures_one_waits_and_a_known_browser_does_not(
    committee_url: str, committee: Store
) -> None:
    clock = Clock()
    account(committee, "sec", "secretary", "b1")
    site = server(committee_url, clock)
    owner = Browser(site)
    owner.log_in("sec")
    stranger = Browser(site)
    for _ in range(5):
        assert stranger.log_in("sec", "wrong password").status_code == 422
    refused = stranger.log_in("sec", PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "1"
    assert owner.log_in("sec", PASSWORD).status_code == 303
    clock.forward(seconds=1)
    assert stranger.log_in("sec", PASSWORD).status_code == 303


def test_unknown_and_known_codes_are_refused_in_the_same_words(committee_url: str, committee: Store) -> None:
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url))
    known, unknown = (browser.log_in(code, "not the password").text for code in ("sec", "nobody"))
    assert known.replace("sec", "") == unknown.replace("nobody", "")


def test_without_a_session_a_page_leads_to_the_login_and_back_to_this_site_only(
    committee_url: str, committee: Store
) -> None:
    account(committee, "sec", "secretary", "b1")
    browser = Browser(server(committee_url))
    assert browser.get("/b/b1").headers["location"] == "/login?next=%2Fb%2Fb1"
    for back, led in (
        ("/b/b1", "/b/b1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
    ):
        sent = browser.client.post(
            "/login", data={"code": "sec", "password": PASSWORD, "next": back}, headers={"origin": ORIGIN}
        )
        assert sent.headers["location"] == led


def test_a_session_ends_by_logging_out_by_a_new_password_and_by_being_ended(office: Browser) -> None:
    second = Browser(office.site)
    second.log_in("office1")
    changed = {"do": "password", "old": PASSWORD, "password": "another long one"}
    assert office.post("/me", changed).headers["location"] == "/login"
    assert second.get("/me").status_code == 303
    assert office.log_in("office1", "another long one").status_code == 303
    assert office.post("/logout", {}, form="/me").headers["location"] == "/login"
    assert office.get("/me").status_code == 303


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_is_too_large_is_refused_with_and_without_a_length(office: Browser, kind: str) -> None:
    headers = {"content-type": kind, "origin": ORIGIN}
    body = b"a=" + b"b" * (3 * 1024 * 1024)
    assert office.client.post("/me", content=body, headers=headers).status_code == 413
    parts = (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    assert office.client.post("/me", content=parts, headers=headers).status_code == 413


MARKUP = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>"


def test_markup_and_template_syntax_in_texts_stay_text(office: Browser) -> None:
    data = {"occurred_on": "2026-02-10", "kind": "study", "topic": MARKUP, "refs": MARKUP, "save": "1"}
    led = office.post("/b/b1/log/meeting_held", data).headers["location"]
    event = led.rpartition("=")[2]
    for path in (led, f"/e/{event}", "/b/b1/history", "/b/b1"):
        page = office.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "49" not in page.partition("&lt;script&gt;")[2][:60]
    refused = office.post("/b/b1/log/meeting_held", {**data, "kind": MARKUP, "save": "1"})
    assert refused.status_code == 422
    assert "<script>alert" not in refused.text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/b/..%2f..", "/e/..%2f"]
)
def test_no_path_leads_out_of_where_it_belongs(office: Browser, path: str) -> None:
    assert office.get(path).status_code in (404, 405)
