"""The sweep: from what is due on a day to reminders in the log and messages in the outbox.

In: an open ledger, a day, the instant, the rubrics at hand. Out: what was raised. Deliberately absent:
sending (`delivery`), the clock, printing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from cli.digests import build_digest
from ledger.delivery.transports.directory import limits_of

if TYPE_CHECKING:
    from ledger.delivery.outbox import Parcel
    from ledger.delivery.recipients import Recipient
    from ledger.events import Event
    from ledger.intake.checks import KnownRubrics
    from ledger.store.append import Appender
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.organizations import Organization
    from projections.reminders import Reminder
    from rubrics.reader.loaded import Loaded

LAST_SWEEP = "last_sweep_at"
"""The ledger's setting that holds the instant of the last sweep that succeeded, whoever made it."""
_AT_ONCE = 10_000
"""How many reminders one transaction records; what is more, comes in a further one."""
_SLICE = 2_500
"""How many branches are looked at together."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: the reminders it raised, by due day; how many messages it put into the outbox; how
    many of the reminders nobody is to hear.
    """

    raised: "Sequence[Reminder]"
    messages: int = 0
    unheard: int = 0


def sweep(
    store: "Store",
    *,
    on: date,
    now: datetime,
    today: date,
    rubrics: "Sequence[Loaded]",
    known: "KnownRubrics",
    branches: Sequence[str] | None = None,
    dry_run: bool = False,
) -> Swept:
    """Raise what the day `on` calls for, and put it into the outbox.

    1. List what the branches owe, from 31 days back on, by the rubrics that they adopted by that day.
    2. See which rung each unmet obligation has reached, and drop what the log holds at that rung or a higher.
    3. Claim the rest by appending it to the log, under ids derived from what each is about. What another
       sweep raised in the meantime is that sweep's to deliver, and drops out.
    4. In the same transaction put one message a recipient into the outbox, so that a sweep that dies leaves
       reminders with their messages, or neither. (Ten thousands of reminders take several transactions, cut
       between superior organisations; who hears of several of these gets a message from each.)
    5. Leave word of the success, where all branches were swept for today.

    Safe to run at any time, any number of times, on several machines at once. `now` is the instant (aware),
    `today` its day in the ledger's zone; `dry_run` stops after the second step.
    """
    wanted = _wanted(store, on, rubrics, branches)
    if dry_run:
        return Swept(wanted)
    swept = _claim(store, wanted, now=now, today=today, known=known) if wanted else Swept([])
    if branches is None and on == today:
        store.set_setting(LAST_SWEEP, now.isoformat(timespec="seconds"))
    return swept


def _wanted(
    store: "Store", on: date, rubrics: "Sequence[Loaded]", branches: Sequence[str] | None
) -> "list[Reminder]":
    """Take the first two steps, some thousands of branches at a time, so that a sweep of many stays small."""
    from projections.adoptions import read_adoptions
    from projections.obligations import due_obligations
    from projections.reminders import AHEAD, BACK, reminders_on, unraised

    upto = store.head().position
    adopted = sorted({adoption.branch for adoption in read_adoptions(store, upto=upto)})
    asked = adopted if branches is None else sorted(set(branches) & set(adopted))
    wanted: list[Reminder] = []
    for start in range(0, len(asked), _SLICE):
        owed = due_obligations(
            store,
            on=on,
            upto=upto,
            branches=asked[start : start + _SLICE],
            rubrics=rubrics,
            adopted_by=on,
            since=on - BACK,
            unmet_only=True,
            ahead=AHEAD,
        )
        wanted += unraised(reminders_on(owed, on), store.held)
    return sorted(wanted, key=lambda one: (one.due_on, -Decimal(one.at_stake)))


def _claim(
    store: "Store",
    wanted: "Sequence[Reminder]",
    *,
    now: datetime,
    today: date,
    known: "KnownRubrics",
) -> Swept:
    """Take the third and the fourth step, some thousands of reminders at a time, so that nobody who wants to
    write waits for long.
    """
    from ledger.delivery.recipients import read_recipients
    from projections.organizations import read_organizations

    organizations = read_organizations(store)
    addressed = _Addressed(read_recipients(store), organizations)
    raised: set[str] = set()
    messages = unheard = 0
    for some in _by_superior(wanted, organizations):
        recorded, parcels, heard = _claim_some(store, some, addressed, now=now, today=today, known=known)
        raised.update(recorded)
        messages += parcels
        unheard += len(recorded) - heard
    return Swept([reminder for reminder in wanted if reminder.id in raised], messages, unheard)


def _by_superior(
    reminders: "Sequence[Reminder]", organizations: "Mapping[str, Organization]"
) -> "Iterator[list[Reminder]]":
    """Cut reminders into chunks, if need be, but not a branch, nor what goes to one superior if it can be."""

    def superior(reminder: "Reminder") -> str:
        return organizations[reminder.branch].parent or ""

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
    store: "Store",
    wanted: "list[Reminder]",
    addressed: "_Addressed",
    *,
    now: datetime,
    today: date,
    known: "KnownRubrics",
) -> tuple[list[str], int, int]:
    """Claim in one transaction; return the ids raised, how many messages, how many reminders they tell of."""
    from ledger.delivery.outbox import enqueue
    from ledger.intake.batch import record_new
    from projections.reminders import raising, unraised

    # Made before the log is locked, for the likely case that nobody else raised any of them meanwhile.
    events = {reminder.id: raising(reminder, today) for reminder in wanted}
    mine, (parcels, heard) = wanted, addressed.parcels(wanted)

    def choose(appender: "Appender") -> "list[Event]":
        return [events[reminder.id] for reminder in unraised(wanted, appender.held)]

    def put(appender: "Appender", recorded: "Sequence[Recorded]") -> None:
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

    def __init__(
        self, recipients: "Mapping[int, Recipient]", organizations: "Mapping[str, Organization]"
    ) -> None:
        self._recipients, self._organizations = recipients, organizations
        self._listening: dict[tuple[str, str], list[int]] = {}
        for recipient in recipients.values():
            for branch, rungs in recipient.wants.items():
                for rung in rungs:
                    self._listening.setdefault((branch, rung), []).append(recipient.id)

    def parcels(self, reminders: "Sequence[Reminder]") -> "tuple[list[Parcel], int]":
        """Bundle reminders by recipient; return the messages, and how many reminders they tell of."""
        from ledger.delivery.outbox import Parcel

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
            parts = build_digest(bundle, self._organizations, to.language, limits_of(to.url).size)
            parcels += [Parcel(number, part.title, part.body, part.reminders) for part in parts]
        return parcels, heard

    def _hearing(self, reminder: "Reminder") -> set[int]:
        """Return who hears of it; of what is overdue, the superior organization's recipients, too."""
        hearing = set(self._listening.get((reminder.branch, reminder.rung), ()))
        if reminder.rung == "overdue":
            superior = self._organizations[reminder.branch].parent
            hearing.update(self._listening.get((superior or "", "overdue"), ()))
        return hearing
