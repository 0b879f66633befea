"""The way to the provider: one session, to its own origin alone, that ends in time.

In: a provider. Out: Authlib's session of requests. No redirects, no proxy and no netrc of the environment, so
many bytes of an answer (`bounded`), and a total of seconds, after which the connections are cut: a server
that drips a byte at a time holds nobody. Deliberately absent: what is asked; looking a name up, which the
system's resolver bounds.
"""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NotReached
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from ledger.delivery.transports.bounded import bounded
from web.openid.provider import Provider, origin_of

TOTAL_SECONDS = 15.0
"""How long all that is asked for one step of a login may take."""
_SILENCE = (5.0, 10.0)
_BUNDLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


class _Ends:
    """The connections of one session, to be cut all at once."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []
        self.over = False
        self._lock = threading.Lock()

    def watch(self, connection: socket.socket) -> None:
        """Keep a hold on a connection, whatever wraps it in TLS later."""
        with self._lock:
            if self.over:
                raise TimeoutError
            self._open.append(connection.dup())

    def cut(self) -> None:
        """End what is open and whatever would be opened."""
        with self._lock:
            self.over = True
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()
            self._open.clear()


class _Adapter(HTTPAdapter):
    """Opens connections that `ends` can cut."""

    def __init__(self, ends: _Ends) -> None:
        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                made = super()._new_conn()
                ends.watch(made)
                return made

        class Secured(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                made = super()._new_conn()
                ends.watch(made)
                return made

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecuredPool(HTTPSConnectionPool):
            ConnectionCls = Secured

        self._pools = {"http": PlainPool, "https": SecuredPool}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        """Have the connections of this adapter made by its own pools."""
        super().init_poolmanager(*given, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools


@contextmanager
def wired(provider: Provider, redirect: str) -> Iterator[Any]:
    """Give a session for one step of a login; when its time is over, its requests fail as if not answered."""
    ends = _Ends()
    session = OAuth2Session(
        provider.client,
        provider.secret,
        scope="openid",
        redirect_uri=redirect,
        code_challenge_method="S256",
        default_timeout=_SILENCE,
    )
    session.trust_env = False
    session.verify = next(filter(None, map(os.environ.get, _BUNDLES)), True)
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Adapter(ends))
    session.send = _to_its_origin(bounded(session.send), provider)
    timer = threading.Timer(TOTAL_SECONDS, ends.cut)
    timer.daemon = True
    timer.start()
    try:
        with session:
            yield session
    except Exception as error:
        # A connection that was cut looks like an answer that ends early.
        if ends.over:
            raise NotReached("not answered in time") from error
        raise
    finally:
        timer.cancel()
        ends.cut()


def _to_its_origin(send: Any, provider: Provider) -> Any:
    own = origin_of(provider.issuer)

    def send_there(request: PreparedRequest, **options: Any) -> Response:
        if origin_of(str(request.url)) != own:
            raise NotReached("not the provider's own address", request=request)
        answer: Response = send(request, **options)
        return answer

    return send_there
