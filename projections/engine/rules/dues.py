"""Dues: each member, each month, paid in full on or before a day.

In: a branch, a dues rule. Out: one entry a member and month of the period. Deliberately absent: what anybody
earns; the amount owed is what the payments say.
"""

from collections.abc import Iterable, Iterator, Sequence

from projections.engine.branch import Branch, Slot
from projections.engine.entries import Entry, State
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact, month_number
from projections.engine.rules.making import Sums, ids_of
from rubrics.rules import Dues

Asked = tuple[Slot, int, str, Sequence[Fact], bool, bool]
"""What is asked of a member in a month: the month, its due day, the member, what was paid for it (a letter of
introduction that says so included), whether that was all of it in time, whether the member is exempt."""


def dues(branch: Branch, planned: PlannedRule, rule: Dues) -> Iterator[Entry]:
    """Hold what was paid for each month, by the day and by now, against what was owed."""
    asked = _asked(branch, rule)
    if branch.sums_only:
        return _sums(branch, planned, asked)
    return (_entry(branch, planned, one) for one in asked)


def _asked(branch: Branch, rule: Dues) -> Iterator[Asked]:
    """Ask everybody who is on the roster on the due day."""
    payments: dict[tuple[int, str], list[Fact]] = {}
    for fact in branch.of("dues_paid"):
        data = fact.data
        payments.setdefault((month_number(data["month"])[1], data["member"]), []).append(fact)
    roster, shift = branch.roster, branch.frame.shift
    exempts, letters = roster.exempts, roster.letters
    nothing: Sequence[Fact] = ()
    for slot in branch.frame.slots("month"):
        first, last = slot.window.first, slot.window.last
        due = last if rule.by_day == "last" else first + rule.by_day - 1
        if first < branch.owes_from or due >= branch.owes_until:
            continue
        month = slot.ordinal + shift
        for member, since, until in roster.stays:
            if not since <= due < until:
                continue
            paid = payments.get((month, member), nothing)
            settled = roster.dues_settled(member, month) if letters else None
            kept = settled is not None or (bool(paid) and _in_full(paid, due))
            exempt = exempts and roster.exempt(member, "dues", first, last)
            yield slot, due, member, paid if settled is None else [*paid, settled], kept, exempt


def _sums(branch: Branch, planned: PlannedRule, asked: Iterable[Asked]) -> Iterator[Entry]:
    """Add up what is met, lost and open; who is exempt has no part in it."""
    sums, met, on = Sums(branch, planned), 0, branch.frame.on
    late, short = planned.charges
    for slot, due, _, paid, kept, exempt in asked:
        if kept:
            met += not exempt
        elif not exempt:
            charge = late if _in_full(paid, on) else short
            sums.missed(charge, slot.window.first, due, 100, 100)
    if met:
        sums.met(100 * met)
    return sums.entries()


def _entry(branch: Branch, planned: PlannedRule, asked: Asked) -> Entry:
    slot, due, member, paid, kept, exempt = asked
    outcome = _outcome(branch, paid, kept=kept)
    state: State = "met" if kept else "lost" if due <= branch.frame.on else "open"
    if exempt:
        state, outcome = "waived", "exempt"
    late, short = planned.charges
    charge = late if outcome == "late" else short
    missing = 0 if kept else 100
    return Entry(
        planned.clause, planned.order, state, f"dues:{outcome}", due, slot.window, member, 100, 100 - missing,
        missing, -charge.cost(missing), charge, planned.advisory, paid[0].position if paid else 0,
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
