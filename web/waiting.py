"""What was sent into a session that was over by itself, kept until its owner has logged in again.

In: what was typed, and into which session. Out: the same, for a quarter of an hour. Deliberately absent: what
is worth keeping (`request/resumed`); files on a disk: of several processes that serve one ledger only the one
that was asked knows it.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple

_MOST = 100
_LONGEST = timedelta(minutes=15)


class Resumed(NamedTuple):
    """What was typed by an account, where it was going."""

    owner: str
    address: str
    pairs: list[tuple[str, str]]


class Waiting:
    """What waits for its owner, by the digest of the session that was over; the oldest goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, Resumed]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, session: str, resumed: Resumed, now: datetime) -> None:
        """Keep what was sent last into a session."""
        with self._lock:
            self._kept.pop(session, None)
            self._kept[session] = now + _LONGEST, resumed
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)

    def find(self, session: str, now: datetime) -> Resumed | None:
        """Return what waits of a session; None where nothing does, or for too long already."""
        with self._lock:
            until, resumed = self._kept.get(session, (now, None))
            return resumed if until > now else None

    def drop(self, session: str) -> None:
        """Forget what waits of a session."""
        with self._lock:
            self._kept.pop(session, None)
