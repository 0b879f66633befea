"""Coming in by a provider of identities: bound once under an invite, found by its subject, refused otherwise.

The provider is a real one on this machine (`provider`); nothing of Authlib is replaced.
"""

import re
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey

from ledger.access.accounts import add_account, disable, find_account, grants_for, invite
from ledger.access.identities import account_of
from ledger.access.scopes import read_tree
from ledger.access.visits import read_visits
from ledger.store.event_store import Store
from tests.web.client import NOW, ORIGIN, PASSWORD, Browser, Clock, server
from tests.web.openid.provider import CLIENT, SECRET, Provider, running
from web.openid import wire
from web.openid.provider import Provider as Trusted
from web.serving import Asked, CannotServe, serve
from web.site import Site


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k1"})


@pytest.fixture
def provider(key: RSAKey) -> Iterator[Provider]:
    with running(key) as one:
        yield one


@pytest.fixture
def site(committee_url: str, provider: Provider) -> Site:
    made = server(committee_url, Clock())
    made.provider = Trusted(provider.issuer, CLIENT, SECRET)
    return made


def invited(store: Store, code: str) -> str:
    return add_account(store, code, grants_for("secretary", ["b1"], read_tree(store)), by=None, now=NOW)


def begin(browser: Browser, **sent: str) -> Any:
    """Press the button; the answer is the page that leads onward, or says why not."""
    return browser.client.post("/login/oidc", data=sent, headers={"origin": ORIGIN})


def at_the_provider(onward: Any) -> str:
    """Go where the page leads, log in there, and return where the provider sends the browser."""
    target = onward.headers["refresh"].removeprefix("0; url=")
    parts = urlsplit(target)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    return location.removeprefix(ORIGIN)


def come_in(browser: Browser, **sent: str) -> Any:
    return browser.get(at_the_provider(begin(browser, **sent)))


def bound(site: Site, store: Store, code: str = "sec") -> Browser:
    browser = Browser(site)
    assert come_in(browser, invite=invited(store, code)).status_code == 303
    return browser


def told(answer: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", "", answer.text.partition("<main")[2].partition("</main>")[0]))


def test_an_invite_is_bound_and_from_then_on_the_subject_finds_its_account(
    site: Site, committee: Store, provider: Provider
) -> None:
    secret = invited(committee, "sec")
    browser = Browser(site)
    page = browser.get(f"/invite/{secret}").text
    assert f"绑定统一身份认证（127.0.0.1:{provider.port}）" in page
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
    assert "没有绑定到任何账户" in told(answer)
    assert browser.get("/b/b1").status_code == 303
    assert [(one.what, one.account) for one in read_visits(committee)] == [("refused", None)]
    bound(site, committee)
    assert come_in(Browser(site)).status_code == 303


def test_another_subject_or_a_disabled_account_does_not_come_in(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    provider.who = "1002"
    assert "没有绑定到任何账户" in told(come_in(Browser(site)))
    provider.who = "1001"
    disable(committee, "sec", by=None, now=NOW)
    answer = come_in(Browser(site))
    assert (answer.status_code, "已停用" in told(answer)) == (403, True)


def test_one_subject_has_one_account_until_that_is_disabled(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    second = invited(committee, "sec2")
    answer = come_in(Browser(site), invite=second)
    assert (answer.status_code, "已绑定到另一个账户" in told(answer)) == (403, True)
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
    page = browser.get("/me").text
    assert "没有密码" in page
    assert 'name="old"' not in page
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
        assert "不是在此浏览器中开始的" in told(other)
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


LATER = int(NOW.timestamp()) + 3_600


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"nonce": "another"}, "不是为这次登录签发的"),
        ({"nonce": None}, "不是为这次登录签发的"),
        ({"aud": "another-system"}, "签发给另一个系统"),
        ({"aud": None}, "签发给另一个系统"),
        ({"aud": [CLIENT, "another"]}, "azp"),
        ({"azp": "another"}, "azp"),
        ({"iss": "http://127.0.0.1:1"}, "签发者不是"),
        ({"exp": int(NOW.timestamp()) - 61}, "已过期"),
        ({"exp": None}, "已过期"),
        ({"iat": LATER, "exp": LATER + 300}, "在将来"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 1001}, "sub"),
        ({"sub": "x" * 256}, "无法读懂"),
        ({"at_hash": "AAAA"}, "at_hash"),
    ],
)
def test_a_token_that_does_not_vouch_is_refused_in_a_sentence(
    site: Site, committee: Store, provider: Provider, claims: dict[str, Any], says: str
) -> None:
    bound(site, committee)
    provider.claims = claims
    browser = Browser(site)
    answer = come_in(browser)
    assert answer.status_code in (403, 502)
    assert says in told(answer)
    assert browser.get("/b/b1").status_code == 303
    assert read_visits(committee)[0].what == "refused"


@pytest.mark.parametrize("fault", ["other_key", "by_secret", "by_public_key", "unsigned"])
def test_a_token_that_the_providers_own_key_did_not_sign_is_refused(
    site: Site, committee: Store, provider: Provider, fault: str
) -> None:
    bound(site, committee)
    provider.faults = {fault}
    answer = come_in(Browser(site))
    assert (answer.status_code, "签名不对" in told(answer)) == (403, True)


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        ("broken", 503, "没有应答"),
        ("page", 502, "无法读懂"),
        ("endless", 503, "没有应答"),
        ("elsewhere", 502, "无法读懂"),
        ("drip", 503, "没有应答"),
    ],
)
@pytest.mark.parametrize("step", ["begin", "end"])
def test_a_provider_that_errs_is_told_and_nobody_is_logged_in(
    site: Site,
    committee: Store,
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    status: int,
    says: str,
    step: str,
) -> None:
    monkeypatch.setattr(wire, "TOTAL_SECONDS", 0.5)
    bound(site, committee)
    browser = Browser(site)
    if step == "begin":
        provider.faults = {fault}
        answer = begin(browser)
    else:
        back = at_the_provider(begin(browser))
        provider.faults = {fault}
        answer = browser.get(back)
    assert (answer.status_code, says in told(answer)) == (status, True)
    assert browser.get("/b/b1").status_code == 303


def test_a_provider_that_is_not_there_is_told(site: Site, committee: Store) -> None:
    site.provider = Trusted("http://127.0.0.1:1", CLIENT, SECRET)
    answer = begin(Browser(site))
    assert (answer.status_code, "（127.0.0.1:1）没有应答" in told(answer)) == (503, True)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"issuer": "https://evil.example"}, "自称 https://evil.example"),
        ({"token_endpoint": "http://127.0.0.1:1/token"}, "token_endpoint 不在签发者自己的地址上"),
        ({"jwks_uri": "https://evil.example/keys"}, "jwks_uri 不在签发者自己的地址上"),
        ({"jwks_uri": "file:///etc/passwd"}, "jwks_uri 不在签发者自己的地址上"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint 不在签发者自己的地址上"),
        ({"authorization_endpoint": None}, "authorization_endpoint 不在签发者自己的地址上"),
    ],
)
def test_nothing_is_asked_of_any_host_but_the_named_issuer(
    site: Site, committee: Store, provider: Provider, document: dict[str, Any], says: str
) -> None:
    provider.document = document
    answer = begin(Browser(site))
    assert (answer.status_code, says in told(answer)) == (502, True)
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_proxies_and_passwords_of_the_environment_are_left_alone(
    site: Site, committee: Store, provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login root password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    bound(site, committee)
    sent = [one["Authorization"] for one in provider.agents if "Authorization" in one]
    assert len(sent) == 1  # the client's own, at the token's address


def test_a_cancelled_login_and_what_the_provider_says_are_told_without_its_own_words(
    site: Site, committee: Store, provider: Provider
) -> None:
    bound(site, committee)
    provider.faults = {"cancelled"}
    answer = come_in(Browser(site))
    assert (answer.status_code, "取消了登录" in told(answer)) == (403, True)
    browser = Browser(site)
    state = parse_qs(urlsplit(at_the_provider(begin(browser))).query)["state"][0]
    text = "<script>alert(1)</script>"
    answer = browser.client.get("/login/oidc", params={"state": state, "error": text})
    assert answer.status_code == 403
    assert "alert" not in answer.text
    browser = Browser(site)
    provider.faults = set()
    back = at_the_provider(begin(browser))
    other = browser.get(back.replace("iss=http%3A%2F%2F127.0.0.1", "iss=http%3A%2F%2Fevil.example"))
    assert (other.status_code, "没有让这次登录完成" in told(other)) == (403, True)


def test_without_a_provider_there_is_no_such_login(committee_url: str, committee: Store) -> None:
    browser = Browser(server(committee_url))
    assert "/login/oidc" not in browser.get("/login").text
    assert "/login/oidc" not in browser.get(f"/invite/{invited(committee, 'sec')}").text
    assert begin(browser).status_code == 404
    assert browser.get("/login/oidc?state=x&code=y").status_code == 404


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"issuer": "https://id.example.org"}, "--oidc-client-id is missing"),
        ({"client": "zhibu"}, "--oidc-issuer is missing"),
        ({"issuer": "http://id.example.org", "client": "zhibu"}, "must be an https:// address"),
        ({"issuer": "https://a:b@id.example.org", "client": "zhibu"}, "must be an https:// address"),
        ({"issuer": "https://id.example.org/?a=1", "client": "zhibu"}, "must be an https:// address"),
    ],
)
def test_a_provider_that_cannot_be_trusted_is_refused_at_the_start(
    committee_url: str, asked: dict[str, Any], says: str
) -> None:
    with pytest.raises(CannotServe) as caught:
        serve(Asked(committee_url, "server", port=0, public="https://a.example", **asked), lambda words: None)
    assert says in caught.value.words.en


def test_the_secret_of_the_client_is_shown_nowhere() -> None:
    asked = Asked("sqlite:///x", "server", issuer="https://a.example", client="zhibu", client_secret="hidden")
    assert "hidden" not in repr(asked)
    assert "hidden" not in repr(Trusted("https://a.example", "zhibu", "hidden"))
