"""How much of the log counts: a position or an instant as people type it.

In: a text, the ledger's time zone. Out: a position. Deliberately absent: the clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger.store.event_store import Store
from ledger.words import Words
from web.asked import Problematic


def position_of(store: Store, text: str | None, zone: ZoneInfo) -> int:
    """Return the position that a text names, the head where there is none. Raises Problematic (422)."""
    last = store.head().position
    if not text:
        return last
    if text.isdecimal() and text.isascii() and len(text) <= 18:
        if int(text) > last:
            words = Words(
                f"台账只有 {last} 条，没有第 {text} 条", f"the log ends at position {last}, got {text}"
            )
            raise Problematic(422, words)
        return int(text)
    try:
        if len(text) == len("2019-12-31"):
            after = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone)
            return store.position_at(after.astimezone(UTC) - timedelta(microseconds=1))
        instant = datetime.fromisoformat(text)
        local = instant if instant.tzinfo else instant.replace(tzinfo=zone)
        more = timedelta(minutes=1, microseconds=-1) if len(text) == len("2019-12-31T18:00") else timedelta()
        return store.position_at(local.astimezone(UTC) + more)
    except (ValueError, OverflowError):
        words = Words(
            "应为序号或时间，如 481、2019-12-31", "must be a position or an instant, such as 481, 2019-12-31"
        )
        raise Problematic(422, words) from None
