"""Secrets that stand for an account: sessions, known browsers, invites, tokens, calendars, logins under way.

In: an account. Out: a secret, shown once, kept as a digest; later the account that a secret stands for.
Deliberately absent: cookies and headers (the door's), what the account may do (`actors`).
"""

import secrets as randomness
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, NamedTuple

from ledger.access.rows import Run, rows, writing
from ledger.store.codec import instant_text, parse_instant
from ledger.store.event_store import Store

Kind = Literal["session", "browser", "invite", "token", "calendar", "flow"]

IDLE = timedelta(hours=8)
SESSION = timedelta(days=7)
INVITE = timedelta(days=7)
BROWSER = timedelta(days=180)
FLOW = timedelta(minutes=10)
"""How long a login may take that goes by a provider of identities."""
NEVER = "0001-01-01T00:00:00.000000Z"
"""When a token was seen that nobody has used yet."""
# How seldom a use is written down: a page view must not cost a write.
_SEEN_EVERY = timedelta(minutes=5)

PUBLIC_URL = "public_url"
"""The setting that says under which address the server of this ledger was last started."""

_NAMES = ("digest", "kind", "account", "name", "read_only", "created_at", "seen_at", "ends_at")
_COLUMNS = ", ".join(_NAMES)
KEPT = ", ".join(f"secrets.{name}" for name in _NAMES)
"""The columns of a `Kept`, where they are asked for beside those of other tables."""


class Kept(NamedTuple):
    """What is kept of a secret. `name`: a token's; a calendar's organisation; where a login leads, or the
    digest of the invite that it is for. Instants are texts."""

    digest: str
    kind: str
    account: str
    name: str | None
    read_only: int
    created_at: str
    seen_at: str
    ends_at: str | None


def new_secret() -> str:
    """Return 256 random bits as text that fits into an address, a cookie and a header."""
    return randomness.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept instead of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_secret(
    store: Store,
    kind: Kind,
    account: str,
    now: datetime,
    *,
    lasts: timedelta | None,
    name: str | None = None,
    read_only: bool = False,
) -> str:
    """Make a secret of an account, and return it: the only time that anybody can."""
    secret = new_secret()
    with writing(store) as run:
        put_secret(run, secret, kind, account, now, lasts=lasts, name=name, read_only=read_only)
    return secret


def put_secret(
    run: Run,
    secret: str,
    kind: Kind,
    account: str,
    now: datetime,
    *,
    lasts: timedelta | None,
    name: str | None = None,
    read_only: bool = False,
) -> None:
    """Keep a secret within a transaction of this room; those that ended are forgotten on the way."""
    at = instant_text(now)
    run("DELETE FROM secrets WHERE ends_at < ?", (at,))
    ends = None if lasts is None else instant_text(now + lasts)
    seen_at = NEVER if kind == "token" else at
    row = (digest_of(secret), kind, account, name, int(read_only), at, seen_at, ends)
    run(f"INSERT INTO secrets ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def find_secret(store: Store, kind: Kind, secret: str, now: datetime) -> Kept | None:
    """Return what a secret stands for, None where it is unknown or has ended."""
    found = rows(
        store,
        f"SELECT {_COLUMNS} FROM secrets WHERE digest = ? AND kind = ?",
        (digest_of(secret), kind),
    )
    return if_it_holds(Kept(*found[0]), now) if found else None


def if_it_holds(kept: Kept, now: datetime) -> Kept | None:
    """Return what is kept of a secret, None where it has ended, or a session was left idle for too long."""
    if kept.ends_at is not None and parse_instant(kept.ends_at) <= now:
        return None
    if kept.kind == "session" and parse_instant(kept.seen_at) + IDLE <= now:
        return None
    return kept


def owner_of_lapsed(store: Store, digest: str) -> str | None:
    """Return whose session it was that is over by itself; None of one that was ended, or never was."""
    found = rows(store, "SELECT account FROM secrets WHERE digest = ? AND kind = 'session'", (digest,))
    return str(found[0][0]) if found else None


def take_secret(store: Store, kind: Kind, secret: str, now: datetime) -> Kept | None:
    """Use a secret up; return what it stood for, None where it is unknown, used already, or has ended."""
    with writing(store) as run:
        found = run(
            f"DELETE FROM secrets WHERE digest = ? AND kind = ? RETURNING {_COLUMNS}",
            (digest_of(secret), kind),
        )
    kept = Kept(*found[0]) if found else None
    if kept is None or (kept.ends_at is not None and parse_instant(kept.ends_at) <= now):
        return None
    return kept


def seen(store: Store, kept: Kept, now: datetime, every: timedelta = _SEEN_EVERY) -> bool:
    """Write down that a secret was used, unless it was a moment ago; return whether it was written."""
    if parse_instant(kept.seen_at) + every > now:
        return False
    with writing(store) as run:
        run("UPDATE secrets SET seen_at = ? WHERE digest = ?", (instant_text(now), kept.digest))
    return True


def secrets_of(store: Store, account: str, kind: Kind, now: datetime) -> list[Kept]:
    """Return an account's secrets of a kind that hold, the newest first."""
    statement = f"SELECT {_COLUMNS} FROM secrets WHERE account = ? AND kind = ?"
    found = [Kept(*row) for row in rows(store, f"{statement} ORDER BY created_at DESC", (account, kind))]
    return [kept for kept in found if kept.ends_at is None or parse_instant(kept.ends_at) > now]


def end_secret(store: Store, digest: str, account: str | None = None) -> bool:
    """End a secret by its digest, of one account only where one is named; return whether it was there."""
    mine, values = ("", [digest]) if account is None else (" AND account = ?", [digest, account])
    with writing(store) as run:
        there = bool(run(f"SELECT 1 FROM secrets WHERE digest = ?{mine}", values))
        run(f"DELETE FROM secrets WHERE digest = ?{mine}", values)
    return there


def end_all(run: Run, account: str, kinds: Sequence[Kind]) -> None:
    """End every secret of some kinds of an account, within a transaction of this room."""
    for kind in kinds:
        run("DELETE FROM secrets WHERE account = ? AND kind = ?", (account, kind))
