"""What every transport is: something that takes a title and a text, and says why where it was not taken.

Out: the protocol, what a message may be, why one was refused. Deliberately absent: any service.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from ledger.words import Words


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may be: bytes of title and text together; `pace`: seconds between two messages."""

    size: int
    pace: float


class Refusal(NamedTuple):
    """Why a message was not taken.

    `reason` is a short text of our own, without a secret; `reasons.told` puts it into words. `permanent`:
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
