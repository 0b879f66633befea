"""The robot of a Feishu or Lark group (飞书群机器人).

In: the link that the group shows for it, or `feishu://SECRET@TOKEN`, `lark://TOKEN`; the secret is
optional. Out: messages. Deliberately absent: what is said.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from urllib.parse import unquote

from ledger.delivery.transports.robot import post_to_robot, sign
from ledger.delivery.transports.transport import Limits, Refusal

_LINK = re.compile(r"(?P<host>https?://[^/?#@]+)/open-apis/bot/v2/hook/(?P<token>[\w-]+)/?")
_SHORT = re.compile(
    r"(?P<kind>feishu|lark)://(?:(?P<secret>[\w.%-]+)@)?(?P<token>[\w-]+)/?(?:\?.*)?", re.IGNORECASE
)
_HOSTS = {"feishu": "https://open.feishu.cn", "lark": "https://open.larksuite.com"}
# A token that is none, a wrong signature, an address that is not allowed, a keyword that is missing.
_HOPELESS = frozenset({19001, 19021, 19022, 19024})


@dataclass(frozen=True, slots=True, repr=False)
class Feishu:
    """One robot, by its token."""

    host: str
    token: str
    secret: str | None = None
    # 20 kB, of which some are left for the wrapping; 100 messages a minute.
    limits: ClassVar[Limits] = Limits(18_000, 1.0)

    @classmethod
    def parse(cls, url: str) -> Self | None:
        """Read a link or URL; None where it is no Feishu or Lark robot's."""
        if found := _LINK.fullmatch(url):
            return cls(found["host"], found["token"])
        if found := _SHORT.fullmatch(url):
            secret = unquote(found["secret"]) if found["secret"] else None
            return cls(_HOSTS[found["kind"].lower()], found["token"], secret)
        return None

    def send(self, title: str, body: str, now: datetime) -> Refusal | None:
        """Send one text, signed with the instant where there is a secret."""
        document: dict[str, Any] = {"msg_type": "text", "content": {"text": f"{title}\n{body}"}}
        if self.secret:
            stamp = str(round(now.timestamp()))
            document |= {"timestamp": stamp, "sign": sign(f"{stamp}\n{self.secret}", "")}
        return post_to_robot(
            f"{self.host}/open-apis/bot/v2/hook/{self.token}",
            {},
            document,
            secrets=[self.token, self.secret],
            hopeless=_HOPELESS,
        )
