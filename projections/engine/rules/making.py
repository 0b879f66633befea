"""How the rules make their entries: of a window, of an event.

In: a branch, a rule, what was counted. Out: entries, with the amount that each by itself moves. Deliberately
absent: what counts.
"""

from collections.abc import Iterator, Mapping, Sequence

from projections.engine.branch import Branch, Slot
from projections.engine.criteria import default_of
from projections.engine.entries import Entry, State
from projections.engine.plan import Charge, PlannedRule
from projections.engine.reading.facts import Fact

Causes = Mapping[State, str]


def causes_of(kind: str) -> Causes:
    """Return the causes of a kind whose outcome is its state."""
    return {
        "met": f"{kind}:met",
        "lost": f"{kind}:missing",
        "open": f"{kind}:open",
        "waived": f"{kind}:waived",
    }


def owed_slots(branch: Branch, cadence: str, by: tuple[str, ...] = ()) -> Sequence[Slot]:
    """Return the windows of the period that the branch owes something for."""
    begin, end, slots = branch.owes_from, branch.owes_until, branch.frame.slots(cadence, by)
    if slots and slots[0].window.first >= begin and slots[-1].due < end:
        return slots
    return [slot for slot in slots if slot.window.first >= begin and slot.due < end]


class Sums:
    """The entries of one rule where only sums are asked for: one stands for all of a state and a price that
    were due before the form was adopted, another for those since.

    All prices come to the same for it: those by the unit are added up, those at once fall on one entry
    anyway, and a share is of the sum of what was required and of what is missing.
    """

    def __init__(self, branch: Branch, planned: PlannedRule) -> None:
        self._planned = planned
        self._on = branch.frame.on
        self._since = branch.adopted_in
        self._met: Entry | None = None
        self._missed: dict[tuple[int, bool, bool], Entry] = {}

    def met(self, required: int) -> None:
        """Add what was required in all that was met."""
        self._met = self._new("met", self._planned.charges[0], 0, 0)
        self._met.required = required

    def missed(self, charge: Charge, began: int, due: int, required: int, missing: int) -> None:
        """Add what is missing of somebody in a window, lost or still open."""
        key = (id(charge), due <= self._on, due < self._since)
        entry = self._missed.get(key)
        if entry is None:
            state: State = "lost" if due <= self._on else "open"
            entry = self._missed[key] = self._new(state, charge, began, due)
        entry.required = (entry.required or 0) + required
        entry.missing += missing
        entry.amount -= charge.cost(missing)

    def entries(self) -> Iterator[Entry]:
        """Yield what was added."""
        if self._met is not None:
            yield self._met
        yield from self._missed.values()

    def _new(self, state: State, charge: Charge, began: int, due: int) -> Entry:
        p = self._planned
        return Entry(p.clause, p.order, state, "", due, charge=charge, advisory=p.advisory, began=began)


def window_entry(
    branch: Branch,
    planned: PlannedRule,
    slot: Slot,
    state: State,
    cause: str,
    required: int,
    done: int,
    missing: int,
    facts: Sequence[Fact],
    member: str | None = None,
) -> Entry:
    """Make the entry of a window."""
    charge = planned.charges[0]
    return Entry(
        planned.clause, planned.order, state, cause, slot.due, slot.window, member, required, done, missing,
        -charge.cost(missing), charge, planned.advisory, facts[0].position if facts else 0,
        ids_of(branch, facts), slot.window.first,
    )  # fmt: skip


def state_of(branch: Branch, missing: int, due: int) -> State:
    """Say how something owed stands at the end of the day of the replay."""
    if not missing:
        return "met"
    return "lost" if due <= branch.frame.on else "open"


def event_entry(
    branch: Branch,
    planned: PlannedRule,
    fact: Fact,
    state: State,
    cause: str,
    required: int | None = None,
    done: int | None = None,
    missing: int = 0,
    amount: int | None = None,
) -> Entry:
    """Make the entry of an event; `amount` where the rule says itself what it moves."""
    charge = planned.charges[0]
    return Entry(
        planned.clause, planned.order, state, cause, fact.stands, None, None, required, done, missing,
        -charge.cost(missing) if amount is None else amount, charge, planned.advisory, fact.position,
        (fact.id,) if branch.frame.explain else (), fact.stands,
    )  # fmt: skip


def ids_of(branch: Branch, facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return the ids of the facts behind an entry, where they are asked for."""
    return tuple([fact.id for fact in facts]) if branch.frame.explain and facts else ()


def in_period(branch: Branch, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that stand in the period."""
    start, end = branch.frame.start, branch.frame.end
    return [fact for fact in facts if start <= fact.stands <= end]


def value_of(fact: Fact, field: str) -> object:
    """Return what a field says, its default where it was left out; None where it is not given."""
    value = fact.data.get(field)
    return default_of(fact.type, field) if value is None else value


def number_of(fact: Fact, field: str) -> int | None:
    """Return the number in a field, in its smallest unit; None where it is not given."""
    value = value_of(fact, field)
    return value if isinstance(value, int) else None


def word_of(value: object) -> str:
    """Return a value as rubrics write it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def weight_of(fact: Fact) -> int:
    """Weigh a finding by its `count`, everything else by one."""
    return fact.data.get("count") or 1 if fact.type == "finding_recorded" else 1
