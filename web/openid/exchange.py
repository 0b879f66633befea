"""What is asked of the provider: where to send a browser, and who came back with a code.

In: a provider, one secret of a login under way, a code. Out: an address; a subject, vouched for by a token
whose signature, issuer, audience, nonce and times were checked. Deliberately absent: accounts, cookies,
pages; anything else that the provider could tell of a person: `openid` is all that is asked for.

State, nonce and code verifier are made of the one secret that the browser keeps in its cookie: who has no
part in the login has none of them, and the server need not keep three.
"""

import base64
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

from ledger.words import Language, Words
from web.openid.provider import Provider, origin_of
from web.words import WORDS, filled

_LEEWAY = 60
_SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that a provider's public key proves: never `none`, never one made with the client's secret."""
_LONGEST_SUBJECT = 255
_TURN_SECONDS = 1.0


class NotVouched(Exception):
    """The provider cannot be asked, or does not vouch for anybody; the words say why."""

    def __init__(self, status: int, words: Words) -> None:
        super().__init__(words.en)
        self.status, self.words = status, words


def matches_state(secret: str, state: str) -> bool:
    """Whether an answer belongs to the login of which a browser keeps the secret."""
    return hmac.compare_digest(_made_of(secret, "state").encode(), state.encode("utf-8", "surrogatepass"))


def where_to(provider: Provider, redirect: str, secret: str, language: Language) -> str:
    """Return the address at which the provider asks a person to log in. Raises NotVouched."""
    with _asking(provider, redirect) as session:
        found = _discover(session, provider)
        address, _ = session.create_authorization_url(
            found["authorization_endpoint"],
            state=_made_of(secret, "state"),
            nonce=_made_of(secret, "nonce"),
            code_verifier=_made_of(secret, "verifier"),
            ui_locales="zh-CN" if language == "zh" else "en",
        )
        return str(address)


def who_is(provider: Provider, redirect: str, secret: str, code: str, now: datetime) -> str:
    """Trade a code for the subject of whom the provider vouches. Raises NotVouched."""
    with _asking(provider, redirect) as session:
        found = _discover(session, provider)
        if provider.secret and "client_secret_basic" not in _listed(
            found, "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        ):
            session.token_endpoint_auth_method = "client_secret_post"  # noqa: S105 -- a method's name
        token = session.fetch_token(
            found["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=_made_of(secret, "verifier"),
        )
        keys = _document(session, found["jwks_uri"])
        return _subject(provider, token, keys, found, nonce=_made_of(secret, "nonce"), now=now)


@contextmanager
def _asking(provider: Provider, redirect: str) -> Iterator[Any]:
    """Give a session, and say in a sentence whatever goes wrong in it."""
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import ClaimError, JoseError
    from requests import RequestException

    from ledger.delivery.transports.bounded import TooMuch
    from web.openid.wire import wired

    if not provider.turns.acquire(timeout=_TURN_SECONDS):
        raise NotVouched(503, WORDS["provider_busy"])
    try:
        with wired(provider, redirect) as session:
            yield session
    except OAuthError as error:
        raise NotVouched(403, filled("provider_no_token", code_shown(str(error.error)))) from error
    except ClaimError as error:
        raise NotVouched(403, _said_of(error.claim)) from error
    except JoseError as error:
        raise NotVouched(403, WORDS["token_signature"]) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotVouched(502, filled("provider_odd", provider.name)) from error
    except (RequestException, TooMuch) as error:
        raise NotVouched(503, filled("provider_down", provider.name)) from error
    finally:
        provider.turns.release()


def _discover(session: Any, provider: Provider) -> Mapping[str, Any]:
    """Return what the provider says of itself, each address that will be used found to be its own."""
    found = _document(session, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise NotVouched(502, filled("provider_other_issuer", str(found.get("issuer"))[:200]))
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if origin_of(str(found.get(name, ""))) != origin_of(provider.issuer):
            raise NotVouched(502, filled("provider_elsewhere", name))
    return found


def _document(session: Any, address: str) -> Mapping[str, Any]:
    answer = session.get(address, withhold_token=True, headers={"Accept": "application/json"})
    if answer.status_code >= 500:
        answer.raise_for_status()
    document = answer.json() if answer.status_code == 200 else None
    if not isinstance(document, dict):
        raise ValueError
    return document


def _subject(
    provider: Provider,
    token: Mapping[str, Any],
    keys: Mapping[str, Any],
    found: Mapping[str, Any],
    *,
    nonce: str,
    now: datetime,
) -> str:
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    named = _listed(found, "id_token_signing_alg_values_supported", ["RS256"])
    registry = JWSRegistry(algorithms=[one for one in _SIGNED_BY if one in named], strict_check_header=False)
    decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), registry=registry)  # type: ignore[arg-type]
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client},
            "sub": {"essential": True},
        },
        {"nonce": nonce, "client_id": provider.client, "access_token": token.get("access_token")},
    )
    claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
    subject = str(claims["sub"])
    if not subject.isprintable() or len(subject) > _LONGEST_SUBJECT:
        raise ValueError
    return subject


def _listed(found: Mapping[str, Any], name: str, otherwise: list[str]) -> list[Any]:
    given = found.get(name)
    return given if isinstance(given, list) else otherwise


def _made_of(secret: str, what: str) -> str:
    made = sha256(f"oidc {what}:{secret}".encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def code_shown(code: str) -> str:
    """Return a provider's error code as it may be shown: a word, never a text of its choosing."""
    return code if code.isascii() and code.replace("_", "").isalnum() and len(code) <= 40 else "error"


def _said_of(claim: str) -> Words:
    return WORDS.get(f"token_{claim}") or filled("token_claim", claim)
