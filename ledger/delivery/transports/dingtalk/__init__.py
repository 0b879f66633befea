"""The robot of a DingTalk group (钉钉群机器人).

In: the link that the group shows for it, with `&secret=…` where it wants to be signed for, or
`dingtalk://SECRET@TOKEN/PHONE`; secret and telephones are optional. Out: messages. Deliberately absent:
what is said.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from urllib.parse import unquote

from ledger.delivery.transports.robot import post_to_robot, sign
from ledger.delivery.transports.transport import Limits, Refusal

_LINK = re.compile(
    r"(?P<host>https?://[^/?#@]+)/robot/send\?access_token=(?P<token>\w+)(?:&secret=(?P<secret>\w+))?"
)
_SHORT = re.compile(
    r"dingtalk://(?:(?P<secret>[\w.%-]+)@)?(?P<token>[\w-]+)(?P<phones>(?:/\+?\d{11,14})*)/?(?:\?.*)?",
    re.IGNORECASE,
)
# A token that is none; a keyword that is missing, a wrong signature, an address that is not allowed.
_HOPELESS = frozenset({300001, 300005, 310000, 40035, 400102, 400013, 400101})


@dataclass(frozen=True, slots=True, repr=False)
class DingTalk:
    """One robot; `phones`: whom it mentions."""

    host: str
    token: str
    secret: str | None = None
    phones: tuple[str, ...] = ()
    # 20,000 bytes, of which some are left for the wrapping; 20 messages a minute.
    limits: ClassVar[Limits] = Limits(18_000, 3.0)

    @classmethod
    def parse(cls, url: str) -> Self | None:
        """Read a link or URL; None where it is no DingTalk robot's."""
        if found := _LINK.fullmatch(url):
            return cls(found["host"], found["token"], found["secret"])
        if found := _SHORT.fullmatch(url):
            secret = unquote(found["secret"]) if found["secret"] else None
            phones = tuple(phone.lstrip("+") for phone in found["phones"].split("/") if phone)
            return cls("https://oapi.dingtalk.com", found["token"], secret, phones)
        return None

    def send(self, title: str, body: str, now: datetime) -> Refusal | None:
        """Send one text, signed with the instant where there is a secret."""
        params = {"access_token": self.token}
        if self.secret:
            stamp = str(round(now.timestamp() * 1000))
            params |= {"timestamp": stamp, "sign": sign(self.secret, f"{stamp}\n{self.secret}")}
        return post_to_robot(
            f"{self.host}/robot/send",
            params,
            {
                "msgtype": "text",
                "text": {"content": f"{title}\n{body}"},
                "at": {"atMobiles": list(self.phones), "isAtAll": False},
            },
            secrets=[self.token, self.secret],
            hopeless=_HOPELESS,
        )
