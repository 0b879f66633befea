"""Passwords: hashed with argon2id, checked in equal time, and waited for after failures.

In: what somebody typed. Out: whether it is right, or how long to wait. Deliberately absent: locked accounts;
nobody can keep an owner out, since a browser that has logged in before is counted for itself.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from ledger.access.rows import rows, writing
from ledger.problems import Problem
from ledger.store.codec import instant_text, parse_instant
from ledger.store.event_store import Store
from ledger.words import Words

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 1_024
_FREE_FAILURES = 5
_LONGEST_WAIT = timedelta(minutes=15)


def password_problem(password: str) -> Problem | None:
    """Return what is wrong with a new password."""
    if SHORTEST <= len(password) <= LONGEST:
        return None
    return Problem(
        Words(f"应有 {SHORTEST} 至 {LONGEST} 个字符", f"must have {SHORTEST} to {LONGEST} characters"),
        "password",
        hint=Words("几个不相干的词比一个怪词好记，也更安全", "A few unrelated words are easier and safer"),
    )


def hashed(password: str) -> str:
    """Return the hash to keep."""
    return _hasher().hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Say whether a password is the one that was kept; without one, spend the same time and say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _some_hash(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def wait_of(store: Store, key: str, now: datetime) -> int:
    """Return for how many whole seconds an attempt under a key must still wait, 0 where it may be made."""
    found = rows(store, "SELECT wait_until FROM attempts WHERE key = ?", (key,))
    if not found:
        return 0
    left = parse_instant(found[0][0]) - now
    return max(0, -(-left // timedelta(seconds=1)))


def failed(store: Store, key: str, now: datetime) -> None:
    """Count a failure under a key: from the fifth on the next must wait, from 1 second to 15 minutes."""
    with writing(store) as run:
        found = run("SELECT failures FROM attempts WHERE key = ?", (key,))
        count = (found[0][0] if found else 0) + 1
        over = count - _FREE_FAILURES
        wait = min(timedelta(seconds=2 ** min(over, 10)), _LONGEST_WAIT) if over >= 0 else timedelta()
        run("DELETE FROM attempts WHERE key = ?", (key,))
        run(
            "INSERT INTO attempts (key, failures, wait_until) VALUES (?, ?, ?)",
            (key, count, instant_text(now + wait)),
        )


def succeeded(store: Store, key: str) -> None:
    """Forget the failures under a key."""
    if rows(store, "SELECT 1 FROM attempts WHERE key = ?", (key,)):
        with writing(store) as run:
            run("DELETE FROM attempts WHERE key = ?", (key,))


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _some_hash() -> str:
    return hashed("nobody's password")
