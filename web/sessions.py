"""Sessions: who a browser is, the token that its forms must bring back, and what was sent into a session
that was over by itself, kept until its owner has logged in again.

In: cookies; what was typed, and into which session. Out: a `Session`; the same that was typed, for a quarter
of an hour. The holder's sessions live with the process, an account's in the ledger, as digests. Deliberately
absent: rights; passwords; what is worth keeping (`request.entry`); files on a disk: of several processes
that serve one ledger only the one that was asked knows what was typed.
"""

import base64
import hmac
import secrets as randomness
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from ledger.access.secrets import IDLE, SESSION, digest_of, new_secret
from ledger.words import Language

_MOST_WAITING = 100
_WAITING_FOR = timedelta(minutes=15)
_LINK_HOLDS = timedelta(minutes=10)
_MASK = 16


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has entered. `secret` is the cookie's value; `account` is None for the holder."""

    secret: str
    digest: str
    account: str | None
    language: Language | None = None

    def form_token(self) -> str:
        """Return the token that forms carry: another text in each answer, worth the same."""
        mask = randomness.token_bytes(_MASK)
        key = self._key()
        mixed = bytes(a ^ b for a, b in zip(mask, key, strict=True))
        return base64.urlsafe_b64encode(mask + mixed).decode()

    def accepts(self, token: str) -> bool:
        """Whether a form's token was made for this session."""
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii"))
        except ValueError:
            return False
        if len(raw) != 2 * _MASK:
            return False
        return hmac.compare_digest(
            bytes(a ^ b for a, b in zip(raw[:_MASK], raw[_MASK:], strict=True)), self._key()
        )

    def _key(self) -> bytes:
        return sha256(b"form:" + self.secret.encode("utf-8", "surrogatepass")).digest()[:_MASK]


@dataclass(slots=True)
class _Held:
    made: datetime
    seen: datetime
    language: Language | None = None


class MemorySessions:
    """The holder's sessions: they end with the process."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def make(self, now: datetime) -> str:
        """Begin a session and return its secret."""
        secret = new_secret()
        with self._lock:
            self._held[digest_of(secret)] = _Held(now, now)
        return secret

    def find(self, secret: str, now: datetime) -> Session | None:
        """Return the session of a cookie, None where it is unknown or over."""
        digest = digest_of(secret)
        with self._lock:
            held = self._held.get(digest)
            if held is None:
                return None
            if held.seen + IDLE <= now or held.made + SESSION <= now:
                del self._held[digest]
                return None
            held.seen = now
            return Session(secret, digest, None, held.language)

    def end(self, digest: str) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(digest, None)

    def set_language(self, digest: str, language: Language) -> None:
        """Keep the language that was chosen in a session."""
        with self._lock:
            if digest in self._held:
                self._held[digest].language = language

    def all(self) -> list[tuple[str, datetime, datetime]]:
        """Return digest, begin and last use of each session."""
        with self._lock:
            return [(digest, held.made, held.seen) for digest, held in self._held.items()]


class EnterLinks:
    """The links by which this machine's holder enters: each once, within ten minutes."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def add(self, secret: str, now: datetime) -> None:
        """Let a secret be traded for a session."""
        with self._lock:
            self._until[digest_of(secret)] = now + _LINK_HOLDS

    def take(self, secret: str, now: datetime) -> bool:
        """Use a secret up; return whether it held."""
        with self._lock:
            until = self._until.pop(digest_of(secret), None)
        return until is not None and now < until


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
            self._kept[session] = now + _WAITING_FOR, resumed
            while len(self._kept) > _MOST_WAITING:
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
