"""Checklists: every item of a list confirmed in the window.

In: a branch, a checklist. Out: one entry a window. Deliberately absent: the things themselves; a confirmation
says that somebody looked.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from projections.engine.branch import Branch
from projections.engine.entries import Entry
from projections.engine.plan import PlannedRule
from projections.engine.rules.making import causes_of, owed_slots, state_of, window_entry
from rubrics.rules import Checklist

if TYPE_CHECKING:
    from projections.engine.reading.facts import Fact

CAUSES = causes_of("checklist")


def checklists(branch: Branch, planned: PlannedRule, rule: Checklist) -> Iterator[Entry]:
    """Count the items that were confirmed in every window."""
    slots = owed_slots(branch, rule.per)
    if not slots:
        return
    wanted = set(rule.items)
    confirmed: dict[int, list[Fact]] = {}
    for fact in branch.of("checklist_confirmed"):
        if fact.data["checklist"] == rule.checklist and not wanted.isdisjoint(fact.data["items"]):
            confirmed.setdefault(branch.frame.ordinal(fact.month, rule.per), []).append(fact)
    required = 100 * len(wanted)
    for slot in slots:
        facts = confirmed.get(slot.ordinal, ())
        done = 100 * len(wanted.intersection(item for fact in facts for item in fact.data["items"]))
        state = state_of(branch, required - done, slot.due)
        yield window_entry(
            branch, planned, slot, state, CAUSES[state], required, done, required - done, facts
        )
