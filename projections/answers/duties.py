"""Obligations as the JSON that programs read, the same in every language.

In: obligations. Out: rows of plain values. Deliberately absent: which are listed; names of people.
"""

from projections.answers.document import Row
from projections.engine.duties import Obligation
from projections.text.amounts import print_units
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
