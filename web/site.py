"""What a running server is: which ledger, under which address, for whom.

In: what the command line said. Out: `Site`, the same for every request. Deliberately absent: requests, the
clock's reading (handed in as a function), rights.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from ledger.access.secrets import new_secret
from ledger.errors import LedgerMissing
from ledger.store.event_store import Store
from web.kept import Kept
from web.openid.provider import Provider
from web.sessions import EnterLinks, MemorySessions, Waiting
from web.verifying import Verifications

Mode = Literal["machine", "server"]
_PORTS = {"http": 80, "https": 443}


def same_host(host: str, scheme: str) -> str:
    """Return a Host header as browsers write it: in small letters, without the scheme's own port."""
    return host.lower().removesuffix(f":{_PORTS[scheme]}")


def origin_in(text: str) -> str | None:
    """Return the origin that an address names, as browsers write it; None where it names none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or port == 0:
        return None
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        return None
    return f"{parts.scheme}://{same_host(parts.netloc, parts.scheme)}"


@dataclass
class Site:
    """One server. `public`: the origin under which browsers know it. `by`: what the holder's events bear."""

    ledger: str
    public: str
    clock: Callable[[], datetime]
    mode: Mode = "machine"
    by: str | None = None
    behind_proxy: bool = False
    provider: Provider | None = None
    sessions: MemorySessions = field(default_factory=MemorySessions)
    links: EnterLinks = field(default_factory=EnterLinks)
    kept: Kept = field(default_factory=Kept)
    waiting: Waiting = field(default_factory=Waiting)
    verifications: Verifications = field(default_factory=Verifications)
    _store: Store | None = None
    _opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def host(self) -> str:
        """The Host header of requests to the public address."""
        return urlsplit(self.public).netloc

    @property
    def scheme(self) -> str:
        """How browsers come: `http`, or `https` where they come over TLS."""
        return "https" if self.secure else "http"

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.public.startswith("https://")

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; ports share cookies, so it bears the port on this machine."""
        if self.secure:
            return "__Host-zhibu"
        return f"zhibu-{urlsplit(self.public).port or 80}"

    @property
    def browser_cookie(self) -> str:
        """The name of the cookie by which a browser that has logged in before is known."""
        return f"{self.cookie}-known"

    @property
    def flow_cookie(self) -> str:
        """The name of the cookie that binds a login at the provider of identities to its browser."""
        return f"{self.cookie}-flow"

    @property
    def redirect(self) -> str:
        """Where the provider of identities sends browsers back to."""
        return f"{self.public}/login/oidc"

    def store(self) -> Store:
        """Return the ledger, opened once. Raises LedgerError where there is none yet."""
        with self._opening:
            if self._store is None:
                self._store = Store.open(self.ledger)
            return self._store

    def store_or_none(self) -> Store | None:
        """Return the ledger, None where it is still to be made on this machine. Raises LedgerError."""
        try:
            return self.store()
        except LedgerMissing:
            if self.mode == "server":
                raise
            return None

    def close(self) -> None:
        """Let go of the ledger."""
        with self._opening:
            if self._store is not None:
                self._store.dispose()
                self._store = None

    def enter_link(self) -> str:
        """Make a link by which this machine's holder enters, once, within ten minutes."""
        secret = new_secret()
        self.links.add(secret, self.clock())
        return f"{self.public}/enter?t={secret}"
