"""Obligations as the JSON that programs read, the same in every language, and the event that would meet one.

In: obligations. Out: rows of plain values; a type of event with what its fields must say. Deliberately
absent: which obligations are listed; names of people.
"""

from typing import NamedTuple

from ledger.events import fields_of
from projections.answers.document import Row
from projections.engine.criteria import wants
from projections.engine.entries import Obligation
from projections.text.amounts import print_units
from rubrics.model import Rubric
from rubrics.numbers import print_points


def obligation_row(one: Obligation) -> Row:
    """Return an obligation as plain values: units without needless zeros, points with two decimals."""
    return {
        "branch": one.branch,
        "rubric": one.rubric,
        "clause": one.clause,
        "obligation": one.obligation,
        "what": one.what.zh,
        "window": one.window,
        "due_on": one.due_on.isoformat(),
        "days_left": one.days_left,
        "required": print_units(one.required),
        "done": print_units(one.done),
        "missing": print_units(one.missing),
        "at_stake": print_points(one.at_stake),
        "members": list(one.members),
        "part_paid": list(one.part_paid),
        "advisory": one.advisory,
        "state": one.state,
    }


class Meets(NamedTuple):
    """A type of event, and the values of its fields, as they are typed, by which it meets an obligation."""

    type: str
    values: dict[str, str]


def event_that_meets(rubric: Rubric, one: Obligation) -> Meets | None:
    """Return the first event that the obligation's rule asks for; None where no single event would do.

    Of several words that would do, the first; of several members, the first who is missing.
    """
    member = {"member": one.members[0]} if one.members else {}
    if one.kind == "dues":
        return Meets("dues_paid", {"month": one.window or "", **member})
    rules = [rule for clause in rubric.clauses() if clause.id == one.clause for rule in clause.rules]
    for rule in rules:
        if rule.kind != one.kind:
            continue
        # What opens a term is no answer to it.
        for match in (match for want in wants(rule) if want.part != "trigger" for match in want.matches):
            values = {
                name: str(condition.among[0]) for name, condition in match.where.items() if condition.among
            }
            return Meets(match.type, {**values, **(member if "member" in fields_of(match.type) else {})})
    return None
