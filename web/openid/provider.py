"""Which provider of identities a server trusts, and whether it may be asked at an address at all.

In: an issuer, a client id and its secret, as whoever runs the server was given them. Out: `Provider`, or a
sentence that says what is wrong with them. Deliberately absent: requests; Authlib, which `exchange` loads.
"""

from dataclasses import dataclass, field
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from ledger.words import Words

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_AT_ONCE = 2
"""So many requests ask the provider at a time: should it hang, the other threads go on giving pages."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider. `secret` None: the client is a public one, and PKCE alone proves it."""

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    turns: BoundedSemaphore = field(
        default_factory=lambda: BoundedSemaphore(_AT_ONCE), repr=False, compare=False
    )

    @property
    def name(self) -> str:
        """The provider's host, by which people know it."""
        return urlsplit(self.issuer).netloc


def origin_of(address: str) -> str | None:
    """Return the origin of an address that may be asked: https, or http on this machine; None of "
    "any other."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    plain = address.isascii() and address.isprintable() and " " not in address
    host = parts.hostname
    if not plain or not host or parts.username is not None or parts.fragment:
        return None
    if parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK):
        return f"{parts.scheme}://{host}:{port or (443 if parts.scheme == 'https' else 80)}"
    return None


def problem_of(issuer: str | None, client: str | None) -> Words | None:
    """Return what is wrong with what the server was told of its provider, None where nothing is."""
    if not issuer:
        return Words(
            "给出了 --oidc-client-id，还缺 --oidc-issuer：统一身份认证的签发者地址，如 https://id.example.org。",
            "--oidc-client-id was given, --oidc-issuer is missing: the provider's address, such as "
            "https://id.example.org.",
        )
    if not client:
        return Words(
            "给出了 --oidc-issuer，还缺 --oidc-client-id：在统一身份认证处登记本系统时得到的代号。",
            "--oidc-issuer was given, --oidc-client-id is missing: under which the provider knows this "
            "server.",
        )
    if origin_of(issuer) is None or urlsplit(issuer).query:
        return Words(
            f"--oidc-issuer 应为 https:// 开头、不带参数的地址（本机测试可用 http），实际为 {issuer}。",
            "--oidc-issuer must be an https:// address without a query (http on this machine alone), "
            f"got {issuer}.",
        )
    return None
