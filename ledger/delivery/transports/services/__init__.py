"""Every service that Apprise knows: mail, webhooks and some 180 others.

In: an Apprise URL. Out: messages. Deliberately absent: chat robots that have a module of their own; what is
said.

A URL holds secrets. Reasons are made here, of numbers and of words of our own, never of what a library
logs; what Apprise logs is kept from every terminal and file.
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
from typing import Any, Self
from urllib.parse import unquote_plus

from ledger.delivery.transports.bounded import CONNECT_SECONDS, READ_SECONDS
from ledger.delivery.transports.transport import BadAddress, Limits, Refusal, is_permanent, reason_of
from ledger.words import Words

_PLENTY = Limits(100_000, 0.0)
_OTHERS = Limits(2_000, 1.0)
_LIMITS = dict.fromkeys(("json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos"), _PLENTY)
# All that Apprise would look at: for anything else it need not be loaded, which takes a while.
_SERVICE = re.compile(r"[A-Za-z0-9]{1,32}://.*")
_STATUS = re.compile(r"error=(\d{3})\b")
_NO_ADDRESS = Words(
    "这不是可用的通知地址：请给出群机器人的链接，或 Apprise 地址（例子见 docs/scheduler.md）。",
    "this is no address that can be notified: give a chat robot's link, or an Apprise URL "
    "(docs/scheduler.md has examples).",
)
_LINE_BREAKS = Words(
    "通知地址中不得含有换行或其他控制字符（%0D、%0A 等）：它们会改动邮件的信头。",
    "an address may not hold line breaks or other control characters (%0D, %0A …): they would change "
    "the headers of a mail.",
)


@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """One address of Apprise's; the plugin is made anew for each message."""

    url: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an Apprise URL. Raises BadAddress where it is none."""
        if not _SERVICE.fullmatch(url) or not url.isprintable():
            raise BadAddress(_NO_ADDRESS)
        once = unquote_plus(url)
        # Twice: some services decode what others have decoded already.
        if any(not sign.isprintable() for sign in once + unquote_plus(once)):
            raise BadAddress(_LINE_BREAKS)
        return cls(url)

    @property
    def limits(self) -> Limits:
        """What one message may be."""
        return _LIMITS.get(self.url.partition("://")[0].lower(), _OTHERS)

    def check(self) -> None:
        """Raise BadAddress where Apprise cannot use the address."""
        self._plugin()

    def send(self, title: str, body: str, now: datetime) -> Refusal | None:
        """Send one message."""
        plugin = self._plugin()
        with _listening() as heard:
            accepted = plugin.notify(title=title, body=body, body_format="text", overflow="split")
        if accepted:
            return None
        reason = _reason(heard)
        return Refusal(reason, is_permanent(reason))

    def _plugin(self) -> Any:
        apprise = _apprise()
        asset = apprise.AppriseAsset(app_id="zhibu", app_desc="zhibu", app_url="", storage_mode="memory")
        with _listening(), suppress(Exception):
            plugin = apprise.Apprise.instantiate(self.url, asset=asset)
            if plugin is not None:
                options = self.url.partition("?")[2]
                if "cto=" not in options:
                    plugin.socket_connect_timeout = CONNECT_SECONDS
                if "rto=" not in options:
                    plugin.socket_read_timeout = READ_SECONDS
                return plugin
        raise BadAddress(_NO_ADDRESS)


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
