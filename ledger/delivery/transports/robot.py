"""What the robots of chat groups have in common: a JSON document posted, a code in the answer.

In: a link, a document, the codes by which a robot says that no later try will do. Out: nothing, or a
`Refusal`. Deliberately absent: what each service's document looks like.

They do not go through Apprise, for it takes HTTP 200 for sent: these robots answer 200 to a wrong token, to a
missing keyword and to too many messages a minute, and say so in a code. A reminder refused like that would be
lost, and nobody told.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection, Mapping
from typing import Any

import orjson

from ledger.delivery.transports.bounded import TooMuch, post
from ledger.delivery.transports.transport import Refusal, is_permanent, reason_of

_LONGEST = 120


def post_to_robot(
    url: str,
    params: Mapping[str, str],
    document: Mapping[str, Any],
    *,
    secrets: Collection[str | None],
    hopeless: Collection[int],
) -> Refusal | None:
    """Post a document to a robot; return None where it took it.

    `secrets` are struck out of what the robot says; `hopeless` are the codes of permanent refusals.
    """
    import requests

    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        answer = post(url, params=params, data=orjson.dumps(document), headers=headers)
    except (requests.RequestException, TooMuch) as error:
        reason = reason_of(error)
        return Refusal(reason, is_permanent(reason))
    if answer.status_code != requests.codes.ok:
        reason = f"http {answer.status_code}"
        return Refusal(reason, is_permanent(reason))
    try:
        return _refusal(orjson.loads(answer.content), secrets, hopeless)
    except ValueError:
        return Refusal("refused")


def _refusal(said: object, secrets: Collection[str | None], hopeless: Collection[int]) -> Refusal | None:
    if not isinstance(said, dict):
        return Refusal("refused")
    codes = [said[name] for name in ("errcode", "code", "StatusCode") if name in said]
    if codes and codes[0] == 0:
        return None
    words = " ".join(str(said.get("errmsg") or said.get("msg") or "").split())
    for secret in filter(None, secrets):
        words = words.replace(secret, "***")
    shown = "".join(sign for sign in f"{codes[0] if codes else ''} {words[:_LONGEST]}" if sign.isprintable())
    return Refusal(f"refused {shown}".strip(), bool(codes) and codes[0] in hopeless)


def sign(key: str, message: str) -> str:
    """Sign as DingTalk and Feishu want it: HMAC-SHA256, base64."""
    return base64.b64encode(hmac.digest(key.encode(), message.encode(), hashlib.sha256)).decode()
