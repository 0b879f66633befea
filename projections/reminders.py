"""The ladder of reminders: what is to be raised on a day, and what became of what was raised.

In: obligations, the day, the ids that the log holds; `reminder_raised` and `reminder_acknowledged` events.
Out: `Reminder` values, the events that raise them, and `Raised` views. Deliberately absent: the log itself,
the clock, recipients and delivery.

A reminder's id is derived from what it is about: the same obligation, rung and due day give the same id on
every machine, which is why it can be raised only once.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from ledger.events import Event
from ledger.events.types.control import ReminderRaised
from ledger.intake.identity import named_id
from ledger.store.codec import Recorded
from ledger.words import Words
from projections.obligations import UNMET, Obligation
from projections.text.amounts import print_units
from projections.workdays import LONGEST_REST, last_working_day
from rubrics.numbers import print_points

LADDER = ("lead", "near", "day", "overdue")
"""The rungs, lowest first."""
BACK = timedelta(days=31)
"""How long after its due day an obligation is still reminded of."""
AHEAD = max(3, LONGEST_REST)
"""Days before its due day from which an obligation may reach a rung, however short its lead time."""
NEAR = timedelta(days=3)

# uuid5(NAMESPACE_URL, "https://zhibu.invalid/reminder"): fixed for ever, for ids in ledgers hang on it.
NAMESPACE = UUID("566a6b35-51d9-5ae7-b81d-ece30a6fe7d5")
_NAMESPACE_BYTES = NAMESPACE.bytes


@dataclass(frozen=True, slots=True)
class Reminder:
    """One obligation at one rung. `missing` and `at_stake` as the contract prints them.

    `above`: the ids that it would have at the higher rungs. `provisional`: the calendar of its due day is not
    known yet, weekends stand for it. `form`: the rubric's title.
    """

    id: str
    above: tuple[str, ...]
    branch: str
    rubric: str
    clause: str
    obligation: str
    rung: str
    due_on: date
    missing: str
    at_stake: str
    what: Words
    window: str | None
    days_left: int
    advisory: bool
    provisional: bool
    form: Words

    def as_json(self) -> dict[str, str]:
        """Return the reminder as the contract shows it, the same in every language."""
        return {
            "id": self.id,
            "branch": self.branch,
            "rubric": self.rubric,
            "clause": self.clause,
            "obligation": self.obligation,
            "rung": self.rung,
            "due_on": self.due_on.isoformat(),
            "missing": self.missing,
            "at_stake": self.at_stake,
        }


@dataclass(frozen=True, slots=True)
class Raised:
    """A reminder of the log. Instants as the log keeps them.

    `settled`: nothing is missing any more; None where its rubric is not at hand. `what`: None then, too, and
    where nothing of the kind is owed any more.
    """

    id: str
    branch: str
    rubric: str
    clause: str
    obligation: str
    rung: str
    due_on: date
    missing: str | None
    at_stake: str | None
    raised_at: str
    acknowledged_at: str | None
    acknowledged_by: str | None
    note: str | None
    settled: bool | None
    what: Words | None
    window: str | None


def reminder_id(branch: str, rubric: str, clause: str, obligation: str, rung: str, due_on: date) -> str:
    """Return the id of a reminder: `uuid.uuid5(NAMESPACE, …)` of these, joined by newlines."""
    name = "\n".join((branch, rubric, clause, obligation, rung, due_on.isoformat()))
    return named_id(_NAMESPACE_BYTES, name)


def rung_of(obligation: Obligation, on: date) -> str | None:
    """Return the highest rung that an unmet obligation has reached, None below the lowest."""
    due_on = obligation.due_on
    if not obligation.unmet or on > due_on + BACK:
        return None
    if on > due_on:
        return "overdue"
    if on >= last_working_day(due_on).day:
        return "day"
    if on >= due_on - NEAR:
        return "near"
    return "lead" if on >= obligation.lead_on else None


def reminders_on(obligations: Iterable[Obligation], on: date) -> list[Reminder]:
    """Return the reminders that the day calls for, whether or not they were raised before."""
    found = []
    for owed in obligations:
        rung = rung_of(owed, on)
        if rung is None:
            continue
        about = (owed.branch, owed.rubric, owed.clause, owed.obligation)
        name, *above = (reminder_id(*about, step, owed.due_on) for step in LADDER[LADDER.index(rung) :])
        found.append(
            Reminder(
                id=name,
                above=tuple(above),
                branch=owed.branch,
                rubric=owed.rubric,
                clause=owed.clause,
                obligation=owed.obligation,
                rung=rung,
                due_on=owed.due_on,
                missing=print_units(owed.missing) or "0",
                at_stake=print_points(owed.at_stake),
                what=owed.what,
                window=owed.window,
                days_left=(owed.due_on - on).days,
                advisory=owed.advisory,
                provisional=rung != "overdue" and last_working_day(owed.due_on).provisional,
                form=owed.form,
            )
        )
    return found


def unraised(reminders: Sequence[Reminder], held: Callable[[Iterable[str]], set[str]]) -> list[Reminder]:
    """Leave out what was raised already, at its rung or a higher one; `held` tells which ids the log holds.

    The log is asked once for all of them.
    """
    raised = held(name for one in reminders for name in (one.id, *one.above))
    return [one for one in reminders if one.id not in raised and raised.isdisjoint(one.above)]


def raising(reminder: Reminder, today: date) -> Event:
    """Return the event that raises a reminder, on the day of its raising."""
    return Event(
        id=reminder.id,
        branch=reminder.branch,
        type=ReminderRaised.type_word,
        occurred_on=today,
        counts_for=None,
        recorded_by=None,
        data=ReminderRaised(
            rubric=reminder.rubric,
            clause=reminder.clause,
            obligation=reminder.obligation,
            rung=reminder.rung,
            due_on=reminder.due_on,
            missing=reminder.missing,
            at_stake=Decimal(reminder.at_stake),
        ),
    )


def raised_views(
    raised: Iterable[Recorded],
    acknowledged: Iterable[Recorded],
    obligations: Iterable[Obligation],
    rubrics: Collection[str],
) -> list[Raised]:
    """Say of every reminder of the log who took it on first, the last note, and whether it is settled.

    `obligations`: everything owed since the earliest due day among the reminders, by the rubrics whose ids
    are given.
    """
    taken: dict[str, Recorded] = {}
    notes: dict[str, str] = {}
    for event in acknowledged:
        said = event.payload()
        taken.setdefault(str(said["target"]), event)
        if said.get("note"):
            notes[str(said["target"])] = str(said["note"])
    owed = {(one.branch, one.obligation, one.due_on): one for one in obligations}
    views = []
    for event in raised:
        payload: dict[str, Any] = event.payload()
        due_on = date.fromisoformat(payload["due_on"])
        duty = owed.get((event.branch, payload["obligation"], due_on))
        unmet = duty is not None and duty.state in UNMET
        by = taken.get(event.id)
        views.append(
            Raised(
                id=event.id,
                branch=event.branch,
                rubric=payload["rubric"],
                clause=payload["clause"],
                obligation=payload["obligation"],
                rung=payload["rung"],
                due_on=due_on,
                missing=payload.get("missing"),
                at_stake=payload.get("at_stake"),
                raised_at=event.recorded_at,
                acknowledged_at=by.recorded_at if by else None,
                acknowledged_by=by.recorded_by if by else None,
                note=notes.get(event.id),
                settled=None if payload["rubric"] not in rubrics else not unmet,
                what=duty.what if duty else None,
                window=duty.window if duty else None,
            )
        )
    return views
