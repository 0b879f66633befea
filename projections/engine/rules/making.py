"""How the rules make their entries: of a window, of an event.

In: a branch, a rule, what was counted. Out: entries, with the amount that each by itself moves. Deliberately
absent: what counts.
"""

from collections.abc import Mapping, Sequence

from projections.engine.branch import Branch, Slot
from projections.engine.criteria import default_of
from projections.engine.entries import Entry, State
from projections.engine.plan import PlannedRule
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


def owed_slots(branch: Branch, cadence: str, by: tuple[str, ...] = ()) -> list[Slot]:
    """Return the windows of the period that the branch owes something for."""
    begin, end = branch.owes_from, branch.owes_until
    return [slot for slot in branch.frame.slots(cadence, by) if slot.window.first >= begin and slot.due < end]


def met_entry(planned: PlannedRule, required: int) -> Entry:
    """Make the one entry that stands for all that was met, where only sums are asked for: it moves
    nothing.
    """
    charge, advisory = planned.charges[0], planned.rule.advisory
    return Entry(
        planned.clause, planned.order, "met", "", 0, required=required, charge=charge, advisory=advisory
    )


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
        -charge.cost(missing), charge, planned.rule.advisory, facts[0].position if facts else 0,
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
        -charge.cost(missing) if amount is None else amount, charge, planned.rule.advisory, fact.position,
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
