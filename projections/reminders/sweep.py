"""The sweep: from what is due on a day to reminders in the log and messages in the outbox; and when one is
owed.

A process manager: it reads what happened, decides what follows, and its decisions come back only as events
through the ledger's one way in. In: an open ledger, a day, the instant, the rubrics at hand; the hour and
the instant of the last sweep that succeeded. Out: what was raised; whether a sweep is owed. Deliberately
absent: sending, the clock, printing, and who wakes up to ask (APScheduler, a start, a wake from sleep):
whoever asks makes up for what was missed.

One is owed once a day, at an hour of the ledger's zone. On a day whose clocks jump over the hour (02:30 when
02:00 becomes 03:00) it is owed as long after the jump as the hour lies after its beginning; where clocks are
set back and the hour comes twice, at the first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from ledger.delivery.outbox import Parcel, enqueue
from ledger.delivery.recipients import Recipient, read_recipients
from ledger.delivery.transports.directory import limits_of
from ledger.events import Event
from ledger.intake.batch import record_new
from ledger.intake.checks import KnownRubrics
from ledger.store.append import Appender
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from projections.engine.plan import Plan
from projections.engine.reading.tree import Tree, read_tree
from projections.reminders.digest import build_digest
from projections.reminders.ladder import Reminder, obligations_to_remind, raising, reminders_on, unraised
from rubrics.reader.loaded import Loaded

LAST_SWEEP = "last_sweep_at"
"""The ledger's setting that holds the instant of the last sweep that succeeded, whoever made it."""
_AT_ONCE = 10_000
"""How many reminders one transaction records; what is more, comes in a further one."""


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


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: the reminders it raised, by due day; how many messages it put into the outbox; how
    many of the reminders nobody is to hear.
    """

    raised: Sequence[Reminder]
    messages: int = 0
    unheard: int = 0


def sweep(
    store: Store,
    *,
    on: date,
    now: datetime,
    today: date,
    rubrics: Sequence[Loaded],
    known: KnownRubrics,
    branches: Sequence[str] | None = None,
    every_form: bool = True,
    jobs: int | None = 1,
    dry_run: bool = False,
) -> Swept:
    """Raise what the day `on` calls for, and put it into the outbox.

    1. List what the branches owe, from 31 days back on, by the rubrics that they go by that day.
    2. See which rung each unmet obligation has reached, and drop what the log holds at that rung or a higher.
    3. Claim the rest by appending it to the log, under ids derived from what each is about. What another
       sweep raised in the meantime is that sweep's to deliver, and drops out.
    4. In the same transaction put one message a recipient into the outbox, so that a sweep that dies leaves
       reminders with their messages, or neither. (Ten thousands of reminders take several transactions, cut
       between superior organisations; who hears of several of these gets a message from each.)
    5. Leave word of the success, where all branches were swept for today, by every form.

    Safe to run at any time, any number of times, on several machines at once. `now` is the instant (aware),
    `today` its day in the ledger's zone; `jobs`: how many processes do the first step; `dry_run`
    stops after the second.
    """
    upto = store.head().position
    tree = read_tree(store, upto=upto)
    wanted = _wanted(store, tree, on, upto, rubrics, branches, jobs)
    if dry_run:
        return Swept(wanted)
    hearers = _Addressed(read_recipients(store), tree, on)
    swept = _claim(store, wanted, hearers, now=now, today=today, known=known) if wanted else Swept([])
    if branches is None and every_form and on == today:
        store.set_setting(LAST_SWEEP, now.isoformat(timespec="seconds"))
    return swept


def _wanted(
    store: Store,
    tree: Tree,
    on: date,
    upto: int,
    rubrics: Sequence[Loaded],
    branches: Sequence[str] | None,
    jobs: int | None,
) -> list[Reminder]:
    """Take the first two steps."""
    plans = [Plan(loaded.rubric) for loaded in rubrics]
    owed = obligations_to_remind(store, plans, tree, on=on, upto=upto, branches=branches, jobs=jobs)
    wanted = unraised(reminders_on(owed, on, tree), store.held)
    return sorted(wanted, key=lambda one: (one.due_on, -Decimal(one.at_stake)))


def _claim(
    store: Store,
    wanted: Sequence[Reminder],
    addressed: "_Addressed",
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
) -> Swept:
    """Take the third and the fourth step, some thousands of reminders at a time, so that nobody who wants to
    write waits for long.
    """
    raised: set[str] = set()
    messages = unheard = 0
    for some in _by_superior(wanted, addressed.superior):
        recorded, parcels, heard = _claim_some(store, some, addressed, now=now, today=today, known=known)
        raised.update(recorded)
        messages += parcels
        unheard += len(recorded) - heard
    return Swept([reminder for reminder in wanted if reminder.id in raised], messages, unheard)


def _by_superior(
    reminders: Sequence[Reminder], superior: Callable[[Reminder], str]
) -> Iterator[list[Reminder]]:
    """Cut reminders into chunks, if need be, but not a branch, nor what goes to one superior if it can be."""
    if len(reminders) <= _AT_ONCE:
        yield list(reminders)
        return
    chunk: list[Reminder] = []
    ordered = sorted(reminders, key=lambda one: (superior(one), one.branch))
    for _, group in groupby(ordered, key=superior):
        of_superior = list(group)
        if chunk and len(chunk) + len(of_superior) > _AT_ONCE:
            yield chunk
            chunk = []
        for _, of_branch in groupby(of_superior, key=lambda one: one.branch):
            if len(chunk) >= _AT_ONCE:
                yield chunk
                chunk = []
            chunk += of_branch
    yield chunk


def _claim_some(
    store: Store,
    wanted: list[Reminder],
    addressed: "_Addressed",
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
) -> tuple[list[str], int, int]:
    """Claim in one transaction; return the ids raised, how many messages, how many reminders they tell of."""
    # Made before the log is locked, for the likely case that nobody else raised any of them meanwhile.
    events = {reminder.id: raising(reminder, today) for reminder in wanted}
    mine, (parcels, heard) = wanted, addressed.parcels(wanted)

    def choose(appender: Appender) -> list[Event]:
        return [events[reminder.id] for reminder in unraised(wanted, appender.held)]

    def put(appender: Appender, recorded: Sequence[Recorded]) -> None:
        nonlocal mine, parcels, heard
        if len(recorded) < len(wanted):
            names = {one.id for one in recorded}
            mine = [reminder for reminder in wanted if reminder.id in names]
            parcels, heard = addressed.parcels(mine)
        enqueue(appender, parcels, now)

    recorded = record_new(store, choose, now=now, today=today, known=known, own=True, beside=put)
    return ([one.id for one in recorded], len(parcels), heard) if recorded else ([], 0, 0)


class _Addressed:
    """Who hears of which branch at which rung."""

    def __init__(self, recipients: Mapping[int, Recipient], tree: Tree, on: date) -> None:
        self._recipients, self._tree, self._day = recipients, tree, on.toordinal()
        self._names = {code: organization.name for code, organization in tree.items()}
        self._listening: dict[tuple[str, str], list[int]] = {}
        for recipient in recipients.values():
            for branch, rungs in recipient.wants.items():
                for rung in rungs:
                    self._listening.setdefault((branch, rung), []).append(recipient.id)

    def superior(self, reminder: Reminder) -> str:
        """Return the superior organisation of a reminder's branch on the day, an empty text without one."""
        return self._tree[reminder.branch].parent_on(self._day) or ""

    def parcels(self, reminders: Sequence[Reminder]) -> tuple[list[Parcel], int]:
        """Bundle reminders by recipient; return the messages, and how many reminders they tell of."""
        bundles: dict[int, list[Reminder]] = {}
        heard = 0
        for reminder in reminders:
            hearing = self._hearing(reminder)
            heard += bool(hearing)
            for number in hearing:
                bundles.setdefault(number, []).append(reminder)
        parcels = []
        for number, bundle in sorted(bundles.items()):
            to = self._recipients[number]
            parts = build_digest(bundle, self._names, to.language, limits_of(to.url).size)
            parcels += [Parcel(number, part.title, part.body, part.reminders) for part in parts]
        return parcels, heard

    def _hearing(self, reminder: Reminder) -> set[int]:
        """Return who hears of it; of what is overdue, the superior organization's recipients, too."""
        hearing = set(self._listening.get((reminder.branch, reminder.rung), ()))
        if reminder.rung == "overdue":
            hearing.update(self._listening.get((self.superior(reminder), "overdue"), ()))
        return hearing
