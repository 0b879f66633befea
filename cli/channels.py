"""The channels by which reminders leave: robots of chat groups, and every service that Apprise knows.

In: a recipient's URL and a text. Out: nothing where it was accepted, else a short reason. Deliberately
absent: what is said, to whom and when; the ledger.

A URL holds secrets. It is shown by `masked` only: the service, and the host where that is a host and no
token. Reasons are made here, of numbers and of words of our own, never of what a library logs; what Apprise
logs is kept from every terminal and file.
"""

import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from cli.reasons import reason_of
from cli.robots import CONNECT_SECONDS, READ_SECONDS, Robot, parse_robot, robot_kind
from ledger.words import Words


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may be: bytes of title and text together; `pace`: seconds between two messages."""

    size: int
    pace: float


class BadAddress(Exception):
    """A URL that names no channel; its words hold nothing of it."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


_PLENTY = Limits(100_000, 0.0)
_OTHERS = Limits(2_000, 1.0)
# Of the limits that the services name, some bytes are left for the wrapping.
_LIMITS = {
    "dingtalk": Limits(18_000, 3.0),  # 20,000 bytes, 20 messages a minute
    "wecombot": Limits(2_000, 3.0),  # 2,048 bytes, 20 messages a minute
    "feishu": Limits(18_000, 1.0),  # 20 kB, 100 messages a minute
    "lark": Limits(18_000, 1.0),
    **dict.fromkeys(("json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos"), _PLENTY),
}
# Where the place of the host is a host's, never a token's.
_HOSTED = frozenset({"http", "https", *(scheme for scheme, limits in _LIMITS.items() if limits == _PLENTY)})
_HOST = re.compile(r"(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?")
# All that Apprise would look at: for anything else it need not be loaded, which takes a while.
_SERVICE = re.compile(r"[A-Za-z0-9]{1,32}://.*")
_STATUS = re.compile(r"error=(\d{3})\b")


def limits_of(url: str) -> Limits:
    """Return what one message to a URL may be."""
    return _LIMITS.get(robot_kind(url) or url.partition("://")[0].lower(), _OTHERS)


def masked(url: str) -> str:
    """Return a URL fit to be shown: the service, the host where it is one, and *** for all else."""
    scheme, found, rest = url.partition("://")
    if not found or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]{0,30}", scheme):
        return "***"
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path = rest[len(authority) :].partition("?")[0]
    host = authority.rpartition("@")[2]
    # An @ behind the host's place: a password holds a slash, and what looks like the host is part of it.
    sure = scheme.lower() in _HOSTED and _HOST.fullmatch(host) and ("@" in authority or "@" not in path)
    return f"{scheme}://{host}/***" if sure else f"{scheme}://***"


def check_address(url: str) -> None:
    """Raise BadAddress where no message could ever be sent to the URL."""
    _open(url)


def warm_up(url: str) -> None:
    """Load what sending needs, before threads do."""
    with suppress(BadAddress):
        _open(url)


def send(url: str, title: str, body: str, now: datetime) -> str | None:
    """Send one message; return None where it was accepted, else a reason that `told` puts into words.

    Some robots want it signed with the instant.
    """
    try:
        channel = _open(url)
        if isinstance(channel, Robot):
            return channel.send(title, body, now)
        with _listening() as heard:
            accepted = channel.notify(title=title, body=body, body_format="text", overflow="split")
    except BadAddress:
        return "unusable"
    except Exception as error:
        # Whatever a service's code does, the others go on; and what it says may repeat the URL.
        return f"crashed {type(error).__name__}"
    return None if accepted else _reason(heard)


def told(reason: str) -> Words:
    """Put a reason into words."""
    kind, _, detail = reason.partition(" ")
    match kind:
        case "http":
            return Words(f"服务器答复 HTTP {detail}", f"answered HTTP {detail}")
        case "unreachable":
            return Words("连接不上", "cannot be reached")
        case "unknown":
            return Words("找不到服务器（域名无法解析）", "cannot be found: its server's name is unknown")
        case "timeout":
            return Words("没有及时答复", "did not answer in time")
        case "tls":
            return Words("无法建立 TLS 加密连接", "speaks no TLS at that port")
        case "certificate":
            return Words("服务器的证书不可信", "has a certificate that is not trusted")
        case "login":
            return Words(f"拒绝登录（SMTP {detail}）", f"refused the login (SMTP {detail})")
        case "nologin":
            return Words("不接受登录", "takes no login at that port")
        case "refused":
            return Words(
                f"拒收（{detail}）" if detail else "拒收", f"refused ({detail})" if detail else "refused"
            )
        case "unusable":
            return Words("地址已不可用", "the address cannot be used any more")
        case _:
            return Words(f"发送程序出错（{detail}）", f"sending broke down ({detail})")


def _open(url: str) -> Any:
    """Return the robot, or Apprise's plugin, that a URL names."""
    robot = parse_robot(url)
    if robot is not None:
        return robot
    if not _SERVICE.fullmatch(url):
        raise BadAddress(_NO_ADDRESS)
    apprise = _apprise()
    asset = apprise.AppriseAsset(app_id="zhibu", app_desc="zhibu", app_url="", storage_mode="memory")
    with _listening(), suppress(Exception):
        plugin = apprise.Apprise.instantiate(url, asset=asset)
        if plugin is not None:
            options = url.partition("?")[2]
            if "cto=" not in options:
                plugin.socket_connect_timeout = CONNECT_SECONDS
            if "rto=" not in options:
                plugin.socket_read_timeout = READ_SECONDS
            return plugin
    raise BadAddress(_NO_ADDRESS)


_NO_ADDRESS = Words(
    "这不是可用的通知地址：请给出群机器人的链接，或 Apprise 地址（例子见 docs/scheduler.md）。",
    "this is no address that can be notified: give a chat robot's link, or an Apprise URL "
    "(docs/scheduler.md has examples).",
)


@cache
def _apprise() -> Any:
    """Import Apprise with its services, and keep what it and the libraries under it log to ourselves."""
    for name in ("apprise", "urllib3", "requests_oauthlib"):
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
        logger.addHandler(_EAR)
    with warnings.catch_warnings():
        # Some services lean on modules that Python is about to drop.
        warnings.simplefilter("ignore", DeprecationWarning)
        import apprise

        apprise.Apprise.instantiate("json://localhost")
    return apprise


@dataclass(slots=True)
class _Heard:
    """What was logged, and the first exception that was being handled meanwhile."""

    texts: list[str] = field(default_factory=list)
    error: BaseException | None = None


class _Ear(logging.Handler):
    """Hears what is logged in this thread while somebody listens, and drops all else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.here = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of a message."""
        heard: _Heard | None = getattr(self.here, "heard", None)
        if heard is not None:
            heard.texts.append(record.getMessage())
            # Services log where they caught something, which says more than what they make of it.
            heard.error = heard.error or sys.exc_info()[1]


_EAR = _Ear()


@contextmanager
def _listening() -> Iterator[_Heard]:
    heard = _Heard()
    _EAR.here.heard = heard
    try:
        yield heard
    finally:
        del _EAR.here.heard


def _reason(heard: _Heard) -> str:
    """Classify what was logged: the text itself may hold anything."""
    text = " ".join(heard.texts)
    status = _STATUS.search(text)
    if status:
        return f"http {status[1]}"
    if heard.error is not None:
        return reason_of(heard.error)
    if re.search(r"(?i)time[ds]? ?out", text):
        return "timeout"
    return "unreachable" if re.search(r"(?i)connection|socket", text) else "refused"
