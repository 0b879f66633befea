"""The robots of WeCom, DingTalk, Feishu and Lark groups.

In: the link that a group shows for its robot, or Apprise's URL of it (`wecombot://KEY`,
`dingtalk://SECRET@TOKEN/PHONE`, `feishu://SECRET@TOKEN`, `lark://TOKEN`; secret and telephones are optional).
Out: messages, and a short reason where the robot refused one. Deliberately absent: what is said (`digests`).

They do not go through Apprise, for it takes HTTP 200 for sent: these robots answer 200 to a wrong token, to a
missing keyword and to too many messages a minute, and say so in a code. A reminder refused like that would be
lost, and nobody told.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import orjson

from cli.reasons import reason_of

CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0
"""How long a service may take; together well under the outbox's claim."""

_HOSTS = {
    "wecombot": "https://qyapi.weixin.qq.com",
    "dingtalk": "https://oapi.dingtalk.com",
    "feishu": "https://open.feishu.cn",
    "lark": "https://open.larksuite.com",
}
# A link may lead to an installation of one's own.
_LINKS = {
    "wecombot": re.compile(r"(?P<host>https?://[^/?#@]+)/cgi-bin/webhook/send\?key=(?P<token>[\w-]+)"),
    "dingtalk": re.compile(
        r"(?P<host>https?://[^/?#@]+)/robot/send\?access_token=(?P<token>\w+)(?:&secret=(?P<secret>\w+))?"
    ),
    "feishu": re.compile(r"(?P<host>https?://[^/?#@]+)/open-apis/bot/v2/hook/(?P<token>[\w-]+)/?"),
}
_URL = re.compile(
    r"(?P<kind>wecombot|dingtalk|feishu|lark)://(?:(?P<secret>[\w.%-]+)@)?(?P<token>[\w-]+)"
    r"(?P<phones>(?:/\+?\d{11,14})*)/?(?:\?.*)?",
    re.IGNORECASE,
)
_LONGEST = 120


@dataclass(frozen=True, slots=True, repr=False)
class Robot:
    """One robot; `phones`: whom a DingTalk robot mentions."""

    kind: str
    host: str
    token: str
    secret: str | None
    phones: tuple[str, ...]

    def send(self, title: str, body: str, now: datetime) -> str | None:
        """Send one text; return None where the robot took it, else why not (`channels.told` says it).

        `now` is what the signature wants.
        """
        import requests

        path, params, payload = self._message(f"{title}\n{body}", now.timestamp())
        try:
            answer = requests.post(
                f"{self.host}{path}",
                params=params,
                data=orjson.dumps(payload),
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return reason_of(error)
        if answer.status_code != requests.codes.ok:
            return f"http {answer.status_code}"
        try:
            return self._refusal(answer.json())
        except ValueError:
            return "refused"

    def _message(self, text: str, instant: float) -> tuple[str, dict[str, str], dict[str, Any]]:
        """Return path, parameters and payload, signed where there is a secret."""
        if self.kind == "wecombot":
            return "/cgi-bin/webhook/send", {"key": self.token}, _text("msgtype", "text", text)
        if self.kind == "dingtalk":
            params = {"access_token": self.token}
            if self.secret:
                stamp = str(round(instant * 1000))
                params |= {"timestamp": stamp, "sign": _sign(self.secret, f"{stamp}\n{self.secret}")}
            at = {"atMobiles": list(self.phones), "isAtAll": False}
            return "/robot/send", params, _text("msgtype", "text", text) | {"at": at}
        signed: dict[str, Any] = {}
        if self.secret:
            stamp = str(round(instant))
            signed = {"timestamp": stamp, "sign": _sign(f"{stamp}\n{self.secret}", "")}
        return f"/open-apis/bot/v2/hook/{self.token}", {}, signed | _text("msg_type", "content", text)

    def _refusal(self, said: Mapping[str, Any]) -> str | None:
        """Read the answer; what it says is repeated without the robot's secrets."""
        if not isinstance(said, dict):
            return "refused"
        codes = [said[name] for name in ("errcode", "code", "StatusCode") if name in said]
        if codes and codes[0] == 0:
            return None
        words = " ".join(str(said.get("errmsg") or said.get("msg") or "").split())
        for secret in filter(None, (self.token, self.secret)):
            words = words.replace(secret, "***")
        return f"refused {codes[0] if codes else ''} {words[:_LONGEST]}".strip()


def robot_kind(url: str) -> str | None:
    """Return which robot a URL is of, None where it is of none."""
    found = _URL.fullmatch(url)
    if found:
        return found["kind"].lower()
    return next((kind for kind, link in _LINKS.items() if link.fullmatch(url)), None)


def parse_robot(url: str) -> Robot | None:
    """Read a robot's URL or link; None where it is neither."""
    found = _URL.fullmatch(url)
    if found:
        kind = found["kind"].lower()
        secret = unquote(found["secret"]) if found["secret"] else None
        phones = tuple(phone.lstrip("+") for phone in found["phones"].split("/") if phone)
        return Robot(kind, _HOSTS[kind], found["token"], secret, phones)
    for kind, link in _LINKS.items():
        found = link.fullmatch(url)
        if found:
            named = found.groupdict()
            return Robot(kind, named["host"], named["token"], named.get("secret"), ())
    return None


def _text(type_field: str, text_field: str, text: str) -> dict[str, Any]:
    return {type_field: "text", text_field: {"content" if text_field == "text" else "text": text}}


def _sign(key: str, message: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), message.encode(), hashlib.sha256)).decode()
