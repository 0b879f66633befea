"""Dues: each member, each month, paid in full on or before a day.

In: a branch, a dues rule. Out: one entry a member and month of the period. Deliberately absent: what anybody
earns; the amount owed is what the payments say.
"""

from collections.abc import Iterator, Sequence

from projections.engine.branch import Branch, Slot
from projections.engine.entries import Entry, State
from projections.engine.periods import month_index
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact, month_number
from projections.engine.rules.making import ids_of
from rubrics.rules import Dues


def dues(branch: Branch, planned: PlannedRule, rule: Dues) -> Iterator[Entry]:
    """Hold what was paid for each month, by the day and by now, against what was owed."""
    payments: dict[tuple[str, int], list[Fact]] = {}
    for fact in branch.of("dues_paid"):
        payments.setdefault((fact.data["member"], month_number(fact.data["month"])[1]), []).append(fact)
    stays = branch.roster.stays
    for slot in branch.frame.slots("month"):
        due = slot.window.last if rule.by_day == "last" else slot.window.first + rule.by_day - 1
        if slot.window.first < branch.owes_from or due >= branch.owes_until:
            continue
        month = month_index(slot.window.start)
        for member, since, until in stays:
            if since <= due < until:
                paid = payments.get((member, month), ())
                yield _entry(branch, planned, slot, due, month, member, paid)


def _entry(
    branch: Branch,
    planned: PlannedRule,
    slot: Slot,
    due: int,
    month: int,
    member: str,
    paid: Sequence[Fact],
) -> Entry:
    window, roster = slot.window, branch.roster
    settled = roster.dues_settled(member, month)
    kept = settled is not None or _in_full(paid, due)
    outcome = _outcome(branch, paid, kept=kept)
    state: State = "met" if kept else "lost" if due <= branch.frame.on else "open"
    if roster.exempt(member, "dues", window.first, window.last):
        state, outcome = "waived", "exempt"
    late, short = planned.charges
    charge = late if outcome == "late" else short
    missing = 0 if kept else 100
    behind = [*paid, settled] if settled is not None else paid
    return Entry(
        planned.clause, planned.order, state, f"dues:{outcome}", due, window, member, 100, 100 - missing,
        missing, -charge.cost(missing), charge, planned.rule.advisory, behind[0].position if behind else 0,
        ids_of(branch, behind), window.first,
    )  # fmt: skip


def _outcome(branch: Branch, paid: Sequence[Fact], *, kept: bool) -> str:
    if kept:
        return "paid"
    if _in_full(paid, branch.frame.on):
        return "late"
    return "short" if paid else "missing"


def _in_full(paid: Sequence[Fact], by: int) -> bool:
    """Whether what was paid by a day is what is owed: the greatest amount named; none named: any payment
    is."""
    if not paid:
        return False
    total = sum([fact.data["amount"] for fact in paid if fact.day <= by])
    owing = max((fact.data["due"] for fact in paid if fact.data.get("due") is not None), default=None)
    return total > 0 if owing is None else bool(total >= owing)
