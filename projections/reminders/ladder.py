"""The ladder of reminders: what is to be raised on a day.

In: a log, forms, the day, the ids that the log holds. Out: `Reminder` values, and the events that raise them.
Deliberately absent: the clock, recipients and delivery, and what became of what was raised (`raised`).

What is reminded of is chosen from the very obligations that `due` lists on that day (`engine.due`),
so that the two cannot disagree: the unmet ones due in the last 31 days or ahead, of branches that are not
dissolved and go by the form that day.

A reminder's id is derived from what it is about: the same obligation, rung and due day give the same id on
every machine, which is why it can be raised only once.
"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from ledger.events import Event
from ledger.events.types.control import ReminderRaised
from ledger.intake.ready import named_id
from ledger.words import Words
from projections.engine.due.terms import LONGEST_REST, last_working_day
from projections.engine.entries import Obligation
from projections.engine.logs import Log
from projections.engine.plan import Plan
from projections.engine.reading.tree import Tree
from projections.engine.replays import obligations
from projections.text.amounts import print_units
from projections.text.obligations import of_how_many
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

    `above`: the ids that it would have at the higher rungs. `missing_of`: of how many members or
    subordinates something is missing; who they are is not for messages. `provisional`: the calendar of its
    due day is not known yet, weekends stand for it. `form`: the rubric's title.
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
    missing_of: Words | None
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


def reminder_id(branch: str, rubric: str, clause: str, obligation: str, rung: str, due_on: date) -> str:
    """Return the id of a reminder: `uuid.uuid5(NAMESPACE, …)` of these, joined by newlines."""
    name = "\n".join((branch, rubric, clause, obligation, rung, due_on.isoformat()))
    return named_id(_NAMESPACE_BYTES, name)


def obligations_to_remind(
    log: Log,
    plans: Sequence[Plan],
    tree: Tree,
    *,
    on: date,
    upto: int,
    branches: Collection[str] | None = None,
    jobs: int | None = 1,
) -> Iterator[Obligation]:
    """Yield the obligations that may have reached a rung on a day, branch by branch."""
    day = on.toordinal()
    # No window of a later year has reached a rung by now; of spans the engine looks as far as they run.
    until = on + timedelta(days=AHEAD)
    found = obligations(
        log, plans, on=on, upto=upto, branches=branches, since=on - BACK, until=until, unmet_only=True,
        ahead=AHEAD, jobs=jobs, tree=tree,
    )  # fmt: skip
    for owed in found:
        organization = tree[owed.branch]
        if day < organization.dissolved and organization.adopted(owed.rubric, day):
            yield owed


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


def reminders_on(
    owed_then: Iterable[Obligation], on: date, organizations: Container[str] = ()
) -> list[Reminder]:
    """Return the reminders that the day calls for, whether or not they were raised before.

    `organizations`: the codes by which subordinates are told from members.
    """
    found = []
    for owed in owed_then:
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
                missing_of=of_how_many(owed, organizations),
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
