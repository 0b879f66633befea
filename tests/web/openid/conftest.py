"""A real provider of identities on this machine, and a site that trusts it."""

from collections.abc import Iterator

import pytest
from joserfc.jwk import RSAKey

from tests.web.client import Clock, server
from tests.web.openid.provider import CLIENT, SECRET, Provider, running
from web.openid.provider import Provider as Trusted
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
