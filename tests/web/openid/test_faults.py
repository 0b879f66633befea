"""What a provider of identities answers wrongly is believed by nobody, and told in a sentence."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ledger.access.visits import read_visits
from ledger.store.event_store import Store
from tests.web.client import NOW, Browser, server
from tests.web.openid.logins import at_the_provider, begin, bound, come_in, invited, tells
from tests.web.openid.provider import CLIENT, SECRET, Provider
from web.openid import wire
from web.openid.provider import Provider as Trusted
from web.serving import Asked, CannotServe, serve
from web.site import Site

LATER = int(NOW.timestamp()) + 3_600
HERE = "127.0.0.1:0"
"""The provider's own host and port, whatever that is."""


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"nonce": "another"}, ("token_nonce",)),
        ({"nonce": None}, ("token_nonce",)),
        ({"aud": "another-system"}, ("token_aud",)),
        ({"aud": None}, ("token_aud",)),
        ({"aud": [CLIENT, "another"]}, ("token_claim", "azp")),
        ({"azp": "another"}, ("token_claim", "azp")),
        ({"iss": "http://127.0.0.1:1"}, ("token_iss",)),
        ({"exp": int(NOW.timestamp()) - 61}, ("token_exp",)),
        ({"exp": None}, ("token_exp",)),
        ({"iat": LATER, "exp": LATER + 300}, ("token_iat",)),
        ({"sub": None}, ("token_claim", "sub")),
        ({"sub": ""}, ("token_claim", "sub")),
        ({"sub": 1001}, ("token_claim", "sub")),
        ({"sub": "x" * 256}, ("provider_odd", HERE)),
        ({"at_hash": "AAAA"}, ("token_claim", "at_hash")),
    ],
)
def test_a_token_that_does_not_vouch_is_refused_in_a_sentence(
    site: Site, committee: Store, provider: Provider, claims: dict[str, Any], says: tuple[str, ...]
) -> None:
    bound(site, committee)
    provider.claims = claims
    browser = Browser(site)
    answer = come_in(browser)
    assert answer.status_code in (403, 502)
    assert tells(answer, *(f"127.0.0.1:{provider.port}" if word == HERE else word for word in says))
    assert browser.get("/b/b1").status_code == 303
    assert read_visits(committee)[0].what == "refused"


@pytest.mark.parametrize("fault", ["other_key", "by_secret", "by_public_key", "unsigned"])
def test_a_token_that_the_providers_own_key_did_not_sign_is_refused(
    site: Site, committee: Store, provider: Provider, fault: str
) -> None:
    bound(site, committee)
    provider.faults = {fault}
    answer = come_in(Browser(site))
    assert (answer.status_code, tells(answer, "token_signature")) == (403, True)


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        ("broken", 503, "provider_down"),
        ("page", 502, "provider_odd"),
        ("endless", 503, "provider_down"),
        ("elsewhere", 502, "provider_odd"),
        ("drip", 503, "provider_down"),
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
    assert (answer.status_code, tells(answer, says, f"127.0.0.1:{provider.port}")) == (status, True)
    assert browser.get("/b/b1").status_code == 303


def test_a_provider_that_is_not_there_is_told(site: Site, committee: Store) -> None:
    site.provider = Trusted("http://127.0.0.1:1", CLIENT, SECRET)
    answer = begin(Browser(site))
    assert (answer.status_code, tells(answer, "provider_down", "127.0.0.1:1")) == (503, True)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"issuer": "https://evil.example"}, ("provider_other_issuer", "https://evil.example")),
        ({"token_endpoint": "http://127.0.0.1:1/token"}, ("provider_elsewhere", "token_endpoint")),
        ({"jwks_uri": "https://evil.example/keys"}, ("provider_elsewhere", "jwks_uri")),
        ({"jwks_uri": "file:///etc/passwd"}, ("provider_elsewhere", "jwks_uri")),
        ({"authorization_endpoint": "javascript:alert(1)"}, ("provider_elsewhere", "authorization_endpoint")),
        ({"authorization_endpoint": None}, ("provider_elsewhere", "authorization_endpoint")),
    ],
)
def test_nothing_is_asked_of_any_host_but_the_named_issuer(
    site: Site, committee: Store, provider: Provider, document: dict[str, Any], says: tuple[str, str]
) -> None:
    provider.document = document
    answer = begin(Browser(site))
    assert (answer.status_code, tells(answer, *says)) == (502, True)
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
    assert (answer.status_code, tells(answer, "provider_cancelled")) == (403, True)
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
    assert (other.status_code, tells(other, "provider_said", "error")) == (403, True)


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
