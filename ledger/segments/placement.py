"""In which bucket a branch lies.

In: what stands at the root of its tree. Out: a number. Deliberately absent: the tree (`trees`).
"""

from hashlib import sha256

ROWS_OF_A_BUCKET = 60_000
FEWEST, MOST = 4, 256


def bucket_of(root: str, buckets: int) -> int:
    """Return the bucket of everything below a root: the same for ever, on every machine."""
    return int.from_bytes(sha256(root.encode()).digest()[:8], "big") % buckets


def usual_buckets(rows: int) -> int:
    """Return how many buckets a log of so many events is divided into where nobody says."""
    return max(FEWEST, min(MOST, -(-rows // ROWS_OF_A_BUCKET)))
