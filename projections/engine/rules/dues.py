"""Dues: each member, each month, paid in full on or before a day.

In: a branch, a dues rule. Out: one entry a member and month of the period. Deliberately absent: what anybody
earns; the amount owed is what the payments say.
"""

from collections.abc import Iterator, Sequence

from projections.engine.branch import Branch, Slot
from projections.engine.entries import Entry, State
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact, month_number
from projections.engine.rules.making import ids_of, met_entry
from rubrics.rules import Dues


def dues(branch: Branch, planned: PlannedRule, rule: Dues) -> Iterator[Entry]:
    """Hold what was paid for each month, by the day and by now, against what was owed."""
    payments: dict[int, dict[str, list[Fact]]] = {}
    for fact in branch.of("dues_paid"):
        data = fact.data
        of_month = payments.setdefault(month_number(data["month"])[1], {})
        of_month.setdefault(data["member"], []).append(fact)
    roster, lean, shift = branch.roster, branch.frame.lean, branch.frame.shift
    exempts, letters = roster.exempts, roster.letters
    # Where only sums are asked for and each has its price, entries that are alike need not be made singly.
    alike = lean and all(charge.mode == "each" for charge in planned.charges)
    any_met = False
    for slot in branch.frame.slots("month"):
        first, last = slot.window.first, slot.window.last
        due = last if rule.by_day == "last" else first + rule.by_day - 1
        if first < branch.owes_from or due >= branch.owes_until:
            continue
        month = slot.ordinal + shift
        of_month = payments.get(month, {})
        unpaid: Entry | None = None
        for member, since, until in roster.stays:
            if not since <= due < until:
                continue
            paid = of_month.get(member, ())
            settled = roster.dues_settled(member, month) if letters else None
            kept = settled is not None or (bool(paid) and _in_full(paid, due))
            exempt = exempts and roster.exempt(member, "dues", first, last)
            if alike and not exempt:
                if kept:
                    any_met = True
                    continue
                if unpaid is not None and not paid:
                    unpaid.amount -= planned.charges[1].cost(100)
                    continue
            behind = paid if settled is None else [*paid, settled]
            entry = _entry(branch, planned, slot, due, member, behind, kept=kept, exempt=exempt)
            if alike and not paid and not exempt:
                unpaid = entry
            yield entry
    if any_met:
        yield met_entry(planned, 100)


def _entry(
    branch: Branch,
    planned: PlannedRule,
    slot: Slot,
    due: int,
    member: str,
    paid: Sequence[Fact],
    *,
    kept: bool,
    exempt: bool,
) -> Entry:
    outcome = _outcome(branch, paid, kept=kept)
    state: State = "met" if kept else "lost" if due <= branch.frame.on else "open"
    if exempt:
        state, outcome = "waived", "exempt"
    late, short = planned.charges
    charge = late if outcome == "late" else short
    missing = 0 if kept else 100
    return Entry(
        planned.clause, planned.order, state, f"dues:{outcome}", due, slot.window, member, 100, 100 - missing,
        missing, -charge.cost(missing), charge, planned.rule.advisory, paid[0].position if paid else 0,
        ids_of(branch, paid), slot.window.first,
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
    total, owing = 0, None
    for fact in paid:
        if fact.day <= by:
            total += fact.data["amount"]
        due = fact.data.get("due")
        if due is not None and (owing is None or due > owing):
            owing = due
    return total > 0 if owing is None else bool(total >= owing)
