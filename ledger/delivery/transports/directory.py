"""Which transport an address wants, and sending through it.

In: the address of a recipient. Out: its transport; or what became of one message. Deliberately absent:
services (one module each), the outbox, processes.
"""

from contextlib import suppress
from datetime import datetime

from ledger.delivery.transports.dingtalk import DingTalk
from ledger.delivery.transports.feishu import Feishu
from ledger.delivery.transports.services import Service
from ledger.delivery.transports.transport import (
    BadAddress,
    Limits,
    Refusal,
    Transport,
    is_permanent,
    reason_of,
)
from ledger.delivery.transports.wecom import WeCom

_OWN = (WeCom, DingTalk, Feishu)
_UNUSABLE = Refusal("unusable", permanent=True)


def transport_of(url: str) -> Transport:
    """Return the transport that an address names. Raises BadAddress for what can be no address."""
    for transport in _OWN:
        if (found := transport.parse(url)) is not None:
            return found
    return Service.parse(url)


def limits_of(url: str) -> Limits:
    """Return what one message to an address may be."""
    try:
        return transport_of(url).limits
    except BadAddress:
        return Limits(2_000, 1.0)


def check_address(url: str) -> None:
    """Raise BadAddress where no message could ever be sent to the address."""
    found = transport_of(url)
    if isinstance(found, Service):
        found.check()


def load(url: str) -> None:
    """Load what sending to an address needs."""
    with suppress(Exception):
        check_address(url)


def send_here(url: str, title: str, body: str, now: datetime) -> Refusal | None:
    """Send one message from this very process; return None where it was accepted.

    Nothing bounds how long it takes: `process.Sender` does.
    """
    try:
        return transport_of(url).send(title, body, now)
    except BadAddress:
        return _UNUSABLE
    except Exception as error:
        # Whatever a service's code does, the others go on; and what it says may repeat the URL.
        reason = reason_of(error, f"crashed {type(error).__name__}")
        return Refusal(reason, is_permanent(reason))
