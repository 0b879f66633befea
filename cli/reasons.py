"""Why a message did not leave: from what Python raised to a short word.

In: an exception of a library that sends. Out: a reason, of words and numbers of our own, that `channels.told`
says to people. Deliberately absent: what the library says about it, which may hold an address.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator

# 530, 534, 535 and 538 of RFC 4954: log in first, another way, with the right password, over TLS.
_LOGIN = frozenset({530, 534, 535, 538})


def reason_of(error: BaseException) -> str:
    """Return the reason that the exception, or one behind it, gives away."""
    return next(filter(None, map(_reason, _behind(error))), "unreachable")


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
        case _:
            return None
