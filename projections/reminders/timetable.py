"""When a sweep is owed: once a day, at an hour of the ledger's zone.

In: the hour, the zone, the instant of the last sweep that succeeded, this instant. Out: whether one is owed.
Deliberately absent: the clock, and who wakes up to ask (APScheduler, a start, a wake from sleep): whoever
asks makes up for what was missed, so that it does not matter why it was.

On a day whose clocks jump over the hour (02:30 when 02:00 becomes 03:00) the sweep is owed as long after the
jump as the hour lies after its beginning; where clocks are set back and the hour comes twice, at the first.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def last_hour(now: datetime, hour: time, zone: ZoneInfo) -> datetime:
    """Return the latest instant, up to now, at which the hour came."""
    day = now.astimezone(zone).date()
    # Not in the zone's own clock: two times of one zone are compared without regard to its jumps.
    instants = (
        datetime.combine(day - timedelta(days=back), hour, zone).astimezone(UTC) for back in (0, 1, 2)
    )
    return next(instant for instant in instants if instant <= now)


def is_owed(last: datetime | None, now: datetime, hour: time, zone: ZoneInfo) -> bool:
    """Tell whether no sweep has succeeded since the hour came last.

    A success that lies ahead was noted before a clock was set back, and counts for nothing.
    """
    return last is None or last > now or last < last_hour(now, hour, zone)
