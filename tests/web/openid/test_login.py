"""Coming in by a provider of identities: bound once under an invite, found by its subject, refused otherwise.

The provider is a real one on this machine (`provider`); nothing of Authlib is replaced.
"""

import pytest

from ledger.access.accounts import disable, find_account, invite
from ledger.access.identities import account_of
from ledger.access.visits import read_visits
from ledger.store.event_store import Store
from tests.web.client import NOW, ORIGIN, PASSWORD, Browser, Clock, says
from tests.web.openid.logins import at_the_provider, begin, bound, come_in, invited, tells
from tests.web.openid.provider import CLIENT, Provider
from web.site import Site


def test_an_invite_is_bound_and_from_then_on_the_subject_finds_its_account(
    site: Site, committee: Store, provider: Provider
) -> None:
    secret = invited(committee, "sec")
    browser = Browser(site)
    page = browser.get(f"/invite/{secret}").text
    assert says("bind_with", f"127.0.0.1:{provider.port}") in page
    first = come_in(browser, invite=secret)
    assert first.headers["location"] == "/"
    assert browser.get("/b/b1").status_code == 200
    assert account_of(committee, provider.issuer, "1001") == "sec"
    account = find_account(committee, "sec")
    assert account is not None
    assert account.entered
    later = Browser(site)
    assert later.get("/login").text.count('action="/login/oidc"') == 1
    assert come_in(later, next="/b/b1/history").headers["location"] == "/b/b1/history"
    assert later.get("/b/b1/history").status_code == 200
    kinds = [(one.what, one.account) for one in read_visits(committee)]
    assert kinds[:3] == [("login", "sec"), ("login", "sec"), ("bind", "sec")]
    assert Browser(site).get(f"/invite/{secret}").status_code == 404


def test_the_provider_is_asked_for_a_number_alone_with_state_nonce_and_pkce(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    asked = provider.authorised
    assert asked["scope"] == "openid"
    assert asked["response_type"] == "code"
    assert asked["client_id"] == CLIENT
    assert asked["redirect_uri"] == f"{ORIGIN}/login/oidc"
    assert asked["code_challenge_method"] == "S256"
    assert asked["ui_locales"] == "zh-CN"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert all(len(asked[name]) == 43 for name in ("state", "nonce", "code_challenge"))
    assert [path for path in provider.asked if path != "/authorize"] == [
        "/.well-known/openid-configuration", "/.well-known/openid-configuration", "/token", "/keys",
    ]  # fmt: skip
    kept = committee.address.database or ""
    with open(kept, "rb") as file:
        content = file.read()
    assert "张三".encode() not in content
    assert b"13800000000" not in content


def test_no_account_is_made_by_itself(site: Site, committee: Store) -> None:
    browser = Browser(site)
    answer = come_in(browser)
    assert answer.status_code == 403
    assert tells(answer, "unknown_identity")
    assert browser.get("/b/b1").status_code == 303
    assert [(one.what, one.account) for one in read_visits(committee)] == [("refused", None)]
    bound(site, committee)
    assert come_in(Browser(site)).status_code == 303


def test_another_subject_or_a_disabled_account_does_not_come_in(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    provider.who = "1002"
    assert tells(come_in(Browser(site)), "unknown_identity")
    provider.who = "1001"
    disable(committee, "sec", by=None, now=NOW)
    answer = come_in(Browser(site))
    assert (answer.status_code, tells(answer, "account_disabled")) == (403, True)


def test_one_subject_has_one_account_until_that_is_disabled(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    second = invited(committee, "sec2")
    answer = come_in(Browser(site), invite=second)
    assert (answer.status_code, tells(answer, "identity_taken")) == (403, True)
    assert account_of(committee, provider.issuer, "1001") == "sec"
    disable(committee, "sec", by=None, now=NOW)
    assert come_in(Browser(site), invite=second).status_code == 303
    assert account_of(committee, provider.issuer, "1001") == "sec2"


def test_a_fresh_invite_binds_anew_and_ends_the_sessions_that_were(
    site: Site, committee: Store, provider: Provider
) -> None:
    first = bound(site, committee)
    provider.who = "2002"
    again = Browser(site)
    assert come_in(again, invite=invite(committee, "sec", by=None, now=NOW)).status_code == 303
    assert first.get("/b/b1").status_code == 303
    assert again.get("/b/b1").status_code == 200
    assert account_of(committee, provider.issuer, "1001") is None


def test_an_account_without_a_password_is_told_so_and_cannot_be_entered_with_one(
    site: Site, committee: Store
) -> None:
    browser = bound(site, committee)
    page = browser.get("/me")
    assert tells(page, "without_password")
    assert 'name="old"' not in page.text
    for guess in ("", PASSWORD):
        assert Browser(site).log_in("sec", guess).status_code == 422


def test_an_answer_counts_once_in_the_browser_that_began_within_ten_minutes(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    browser, thief, late = Browser(site), Browser(site), Browser(site)
    answer = at_the_provider(begin(browser))
    asked = len(provider.asked)
    for other in (thief.get(answer), browser.get(answer.replace("state=", "state=x"))):
        assert other.status_code == 403
        assert tells(other, "flow_over")
    begin(thief)
    assert thief.get(answer).status_code == 403
    assert browser.get(answer).status_code == 303
    assert browser.get(answer).status_code == 403
    assert provider.asked[asked:].count("/token") == 1
    clock = site.clock
    assert isinstance(clock, Clock)
    answer = at_the_provider(begin(late))
    clock.forward(minutes=10)
    assert late.get(answer).status_code == 403


def test_a_session_that_was_planted_is_not_the_one_that_begins(site: Site, committee: Store) -> None:
    bound(site, committee)
    browser = Browser(site)
    planted = {site.cookie: "planted-by-somebody-else", site.flow_cookie: "planted-too"}
    for name, value in planted.items():
        browser.client.cookies.set(name, value, domain="127.0.0.1")
    assert browser.get("/login/oidc?state=x&code=y").status_code == 403
    answer = come_in(browser)
    assert answer.status_code == 303
    assert "planted" not in str(answer.headers)
    assert browser.client.cookies[site.cookie] != "planted-by-somebody-else"
    for cookie in answer.headers.get_list("set-cookie"):
        assert "httponly" in cookie.lower()
        assert "samesite=lax" in cookie.lower()
    assert site.flow_cookie not in browser.client.cookies


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nx: y"])
def test_it_leads_back_to_this_site_alone(site: Site, committee: Store, back: str) -> None:
    bound(site, committee)
    assert come_in(Browser(site), next=back).headers["location"] == "/"


def test_another_site_cannot_begin_a_login_or_bind(site: Site, committee: Store, provider: Provider) -> None:
    secret = invited(committee, "sec")
    for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        sent = Browser(site).client.post("/login/oidc", data={"invite": secret}, headers=headers)
        assert sent.status_code == 403
    assert provider.asked == []
    assert begin(Browser(site), invite="no-such-invite").status_code == 404


def test_an_invite_that_was_used_meanwhile_is_over(site: Site, committee: Store) -> None:
    from ledger.access.accounts import choose_password

    secret = invited(committee, "sec")
    browser = Browser(site)
    answer = at_the_provider(begin(browser, invite=secret))
    assert choose_password(committee, secret, PASSWORD, NOW) == "sec"
    assert browser.get(answer).status_code == 404
