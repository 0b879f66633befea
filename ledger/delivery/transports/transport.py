"""What every transport is: something that takes a title and a text, and says why where it was not taken.

In: an exception that a library raised, a reason. Out: the protocol, what a message may be; the reason why
one was refused, whether it is for good, and in words. Deliberately absent: any service.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from ledger.delivery.transports.bounded import TooMuch
from ledger.words import Words

# 530, 534, 535 and 538 of RFC 4954: log in first, another way, with the right password, over TLS.
_LOGIN = frozenset({530, 534, 535, 538})
# What an address that was revoked, or leads nowhere, is answered with.
_HOPELESS = frozenset({"http 401", "http 403", "http 404", "http 405", "http 410", "unusable", "nologin"})
_TOLD = {
    "unreachable": Words("连接不上", "cannot be reached"),
    "unknown": Words("找不到服务器（域名无法解析）", "cannot be found: its server's name is unknown"),
    "timeout": Words("没有及时答复", "did not answer in time"),
    "toomuch": Words("答复过长，未读完", "answered more than is read"),
    "tls": Words("无法建立 TLS 加密连接", "speaks no TLS at that port"),
    "certificate": Words("服务器的证书不可信", "has a certificate that is not trusted"),
    "nologin": Words("不接受登录", "takes no login at that port"),
    "unusable": Words("地址已不可用", "the address cannot be used any more"),
    "stopped": Words("程序停止时还没有答复", "had not answered when the program was told to stop"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may be: bytes of title and text together; `pace`: seconds between two messages."""

    size: int
    pace: float


class Refusal(NamedTuple):
    """Why a message was not taken.

    `reason` is a short text of our own, without a secret; `told` puts it into words. `permanent`:
    trying again would fail again, until somebody changes the address or what it leads to.
    """

    reason: str
    permanent: bool = False


class BadAddress(Exception):
    """A URL that names no recipient; its words hold nothing of it."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class Transport(Protocol):
    """A way to one recipient."""

    @property
    def limits(self) -> Limits:
        """What one message may be."""

    def send(self, title: str, body: str, now: datetime) -> Refusal | None:
        """Send one message; return None where it was accepted.

        Some services want it signed with the instant.
        """


def is_permanent(reason: str) -> bool:
    """Tell a reason that stays until somebody changes the address from one that may pass by itself."""
    return reason in _HOPELESS or reason.startswith("login ")


def reason_of(error: BaseException, otherwise: str = "unreachable") -> str:
    """Return the reason that the exception, or one behind it, gives away."""
    return next(filter(None, map(_reason, _behind(error))), otherwise)


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that led to it: libraries wrap what the system said several times."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _reason(error: BaseException) -> str | None:
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"login {error.smtp_code}"
        case smtplib.SMTPResponseException():
            return f"{'login' if error.smtp_code in _LOGIN else 'refused SMTP'} {error.smtp_code}"
        case smtplib.SMTPNotSupportedError():
            # The one thing by which smtplib tells the two apart.
            return "tls" if "STARTTLS" in str(error) else "nologin" if "AUTH" in str(error) else "refused"
        case ssl.SSLCertVerificationError():
            return "certificate"
        case ssl.SSLError():
            return "tls"
        case socket.gaierror():
            return "unknown"
        case TimeoutError():
            return "timeout"
        case TooMuch():
            return "toomuch"
        case _:
            return None


def told(reason: str) -> Words:
    """Put a reason into words that follow the name of a recipient."""
    kind, _, detail = reason.partition(" ")
    match kind:
        case "http":
            return Words(f"服务器答复 HTTP {detail}", f"answered HTTP {detail}")
        case "login":
            return Words(f"拒绝登录（SMTP {detail}）", f"refused the login (SMTP {detail})")
        case "refused":
            shown = Words(f"拒收（{detail}）", f"refused ({detail})")
            return shown if detail else Words("拒收", "refused")
        case _:
            return _TOLD.get(kind) or Words(f"发送程序出错（{detail}）", f"sending broke down ({detail})")
