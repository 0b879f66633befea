"""A random check's sample of members, which anybody can repeat and nobody can choose.

In: the members on a roster, a share, a seed. Out: the codes drawn. Deliberately absent: randomness of this
machine; the ledger's head is the seed.
"""

import hashlib
import re
from collections.abc import Collection
from datetime import date
from fractions import Fraction
from math import ceil

_SHARE = re.compile(r"[0-9]{0,9}(?:\.[0-9]{1,9}|/[0-9]{1,9})?%?")


def parse_share(text: str) -> Fraction | None:
    """Return a share above 0 and up to 1, written as 0.1, 1/10 or 10%; None for all else.

    Exponents are not taken: they would be worked out to their last digit.
    """
    if not _SHARE.fullmatch(text):
        return None
    try:
        share = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return share if 0 < share <= 1 else None


def seed_of(head: str, branch: str, day: date) -> str:
    """Return the seed of a draw: the ledger's head, the branch, the day."""
    return f"{head} {branch} {day.isoformat()}"


def drawn_members(members: Collection[str], share: Fraction, seed: str) -> list[str]:
    """Return a share of the members, rounded up, one at least: those whose lots are the lowest.

    Anybody can repeat it: SHA-256 of `seed` + space + code, in order.
    """
    many = max(1, ceil(len(members) * share))
    lots = sorted(members, key=lambda code: hashlib.sha256(f"{seed} {code}".encode()).hexdigest())
    return sorted(lots[:many])
