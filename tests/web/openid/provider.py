"""A small OpenID provider on this machine: real HTTP, real RSA keys, and the faults that a test asks for."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.web.client import NOW

CLIENT, SECRET = "zhibu-web", "a secret of the client"


@dataclass
class Provider:
    """What it knows and how it errs. `who`: the subject that logs in; `claims`: put in the token's place
    (None leaves one out); `document`: likewise in what it says of itself; `faults`: words, see below."""

    key: RSAKey
    port: int = 0
    who: str = "1001"
    claims: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    agents: list[dict[str, str]] = field(default_factory=list)
    authorised: dict[str, str] = field(default_factory=dict)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.document,
        }

    def authorise(self, query: dict[str, str]) -> str:
        """Log the person in at once, and return where the browser is sent."""
        self.authorised = query
        code = f"code-{len(self._codes)}"
        self._codes[code] = query
        answer = {"code": code, "state": query["state"], "iss": self.issuer}
        if "cancelled" in self.faults:
            answer = {"error": "access_denied", "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def trade(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        query = self._codes.pop(form["code"], None)
        expected = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = base64.urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode()
        if query is None or form["redirect_uri"] != query["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if authorization not in (f"Basic {expected}", f"Basic {plain}"):
            return 401, {"error": "invalid_client"}
        if verifier.rstrip("=") != query["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"token_type": "Bearer", "access_token": "of-no-use-here", "id_token": self._token(query)}

    def _token(self, query: dict[str, str]) -> str:
        at = int(NOW.timestamp())
        claims = {
            "iss": self.issuer, "sub": self.who, "aud": CLIENT, "iat": at, "exp": at + 300,
            "nonce": query["nonce"], "name": "张三", "phone_number": "13800000000", **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if "other_key" in self.faults:
            return jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048))
        if "by_secret" in self.faults:
            return _by_hash(claims, SECRET.encode())
        if "by_public_key" in self.faults:
            return _by_hash(claims, self.key.as_pem(private=False))
        if "unsigned" in self.faults:
            return ".".join([*(_text(json.dumps(part).encode()) for part in ({"alg": "none"}, claims)), ""])
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _by_hash(claims: dict[str, Any], key: bytes) -> str:
    """Sign with what should prove nothing: a library would warn."""
    parts = [_text(json.dumps(part).encode()) for part in ({"alg": "HS256"}, claims)]
    return ".".join([*parts, _text(hmac.digest(key, ".".join(parts).encode(), "sha256"))])


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._heard(parts.path)
        if parts.path == "/authorize":
            self.send_response(302)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            self.send_header("Location", self.provider.authorise(query))
            self.end_headers()
        elif parts.path == "/keys":
            self._answer(200, {"keys": [self.provider.key.as_dict(private=False)]})
        elif parts.path == "/.well-known/openid-configuration":
            self._answer(200, self.provider.about())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        self._heard(self.path)
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self._answer(*self.provider.trade(form, self.headers.get("Authorization", "")))

    def _heard(self, path: str) -> None:
        self.provider.asked.append(path)
        self.provider.agents.append(dict(self.headers))

    def _answer(self, status: int, document: Any) -> None:
        faults = self.provider.faults
        content = json.dumps(document).encode()
        if "broken" in faults:
            status, content = 500, b"no"
        elif "page" in faults:
            content = b"<html>maintenance</html>"
        elif "endless" in faults:
            content = b" " * 2_000_000 + content
        elif "elsewhere" in faults:
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/stolen")
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if "drip" in faults:
            self._drip()
            return
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(OSError):  # who asked may have heard enough
            self.wfile.write(content)

    def _drip(self) -> None:
        self.flush_headers()
        with suppress(OSError):
            for at in range(1_000):
                self.wfile.write(f"X-{at}: 1\r\n".encode())
                time.sleep(0.05)


@contextmanager
def running(key: RSAKey) -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider(key)
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    provider.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
