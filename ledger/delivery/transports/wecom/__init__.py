"""The robot of a WeCom group (企业微信群机器人).

In: the link that the group shows for it, or `wecombot://KEY`; the link's host may be of one's own
installation. Out: messages. Deliberately absent: what is said.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from ledger.delivery.transports.robot import post_to_robot
from ledger.delivery.transports.transport import Limits, Refusal

_LINK = re.compile(r"(?P<host>https?://[^/?#@]+)/cgi-bin/webhook/send\?key=(?P<key>[\w-]+)")
_SHORT = re.compile(r"wecombot://(?P<key>[\w-]+)/?(?:\?.*)?", re.IGNORECASE)
# A wrong key, a robot that was removed from its group.
_HOPELESS = frozenset({93000, 93004, 93017, 40001})


@dataclass(frozen=True, slots=True, repr=False)
class WeCom:
    """One robot, by its key."""

    host: str
    key: str
    # 2,048 bytes, of which some are left for the wrapping; 20 messages a minute.
    limits: ClassVar[Limits] = Limits(2_000, 3.0)

    @classmethod
    def parse(cls, url: str) -> Self | None:
        """Read a link or URL; None where it is no WeCom robot's."""
        if found := _LINK.fullmatch(url):
            return cls(found["host"], found["key"])
        if found := _SHORT.fullmatch(url):
            return cls("https://qyapi.weixin.qq.com", found["key"])
        return None

    def send(self, title: str, body: str, now: datetime) -> Refusal | None:
        """Send one text."""
        return post_to_robot(
            f"{self.host}/cgi-bin/webhook/send",
            {"key": self.key},
            {"msgtype": "text", "text": {"content": f"{title}\n{body}"}},
            secrets=[self.key],
            hopeless=_HOPELESS,
        )
