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
from projections.engine.rules.making import ids_of, met_entry
from rubrics.rules import Dues


def dues(branch: Branch, planned: PlannedRule, rule: Dues) -> Iterator[Entry]:
    """Hold what was paid for each month, by the day and by now, against what was owed."""
    payments: dict[tuple[str, int], list[Fact]] = {}
    for fact in branch.of("dues_paid"):
        payments.setdefault((fact.data["member"], month_number(fact.data["month"])[1]), []).append(fact)
    roster, lean = branch.roster, branch.frame.lean
    met = met_entry(planned, 100)
    for slot in branch.frame.slots("month"):
        due = slot.window.last if rule.by_day == "last" else slot.window.first + rule.by_day - 1
        if slot.window.first < branch.owes_from or due >= branch.owes_until:
            continue
        month = month_index(slot.window.start)
        missing: Entry | None = None
        for member, since, until in roster.stays:
            if not since <= due < until:
                continue
            paid = payments.get((member, month), ())
            settled = roster.dues_settled(member, month) if roster.letters else None
            kept = settled is not None or (bool(paid) and _in_full(paid, due))
            exempt = roster.exempts and roster.exempt(member, "dues", slot.window.first, slot.window.last)
            if lean and not exempt and (kept or (missing is not None and not paid)):
                yield met if kept or missing is None else missing
                continue
            behind = paid if settled is None else [*paid, settled]
            entry = _entry(branch, planned, slot, due, member, behind, kept=kept, exempt=exempt)
            if not paid and not exempt and planned.charges[1].mode == "each":
                # Where only sums are asked for, one entry stands for all who paid nothing.
                missing = entry
            yield entry


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
