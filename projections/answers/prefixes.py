"""How much of the log counts: from `--as-of`, a position or an instant, to a position and its hash.

In: a text, the ledger's time zone. Out: a position that the log has. Deliberately absent: the clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ledger.store.codec import GENESIS
from projections.engine.errors import NoPrefix

if TYPE_CHECKING:
    from ledger.store.event_store import Store


def position_of(store: "Store", as_of: str | None, zone: ZoneInfo) -> int:
    """Return the position up to which the log counts: its head where nothing is said.

    Raises NoPrefix for a text that is neither, and for a position beyond the head.
    """
    last = store.head().position
    if as_of is None:
        return last
    if as_of.isdecimal() and as_of.isascii():
        if len(as_of) > 18 or int(as_of) > last:
            raise NoPrefix(as_of, last)
        return int(as_of)
    return store.position_at(parse_prefix_instant(as_of, zone))


def head_at(store: "Store", position: int) -> str:
    """Return the hash of the event at a position; the genesis hash where there is none."""
    found = next(iter(store.read(after=position - 1, upto=position)), None) if position > 0 else None
    return GENESIS if found is None else found.hash


def parse_prefix_instant(text: str, zone: ZoneInfo) -> datetime:
    """Read an instant; without an offset it is of the ledger's zone, a day or a minute stands for its end."""
    try:
        if len(text) == len("2019-12-31"):
            after = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone)
            return after.astimezone(UTC) - timedelta(microseconds=1)
        instant = datetime.fromisoformat(text)
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
        if len(text) == len("2019-12-31T18:00"):
            return instant + timedelta(minutes=1, microseconds=-1)
        return instant
    except (ValueError, OverflowError):
        raise NoPrefix(text) from None
