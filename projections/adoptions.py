"""Which rubrics branches have adopted, in plain Python: what tells whom a rubric concerns.

In: an open ledger. Out: effective adoptions, retractions and corrections applied. Deliberately absent: Polars
(logging an event asks this, too) and the rubrics themselves; the log names them by id.
"""

from datetime import date
from typing import NamedTuple

import orjson

from ledger.effective import Control, resolve
from ledger.store.event_store import Store

_CONTROLS = frozenset({"event_retracted", "event_corrected"})


class Adoption(NamedTuple):
    """A branch goes by a rubric from a day on."""

    branch: str
    rubric: str
    since: date


def read_adoptions(store: Store, *, upto: int | None = None, branch: str | None = None) -> list[Adoption]:
    """Return the adoptions that stand, of one branch or all, in order of position; `upto` ends the prefix."""
    found = list(store.read(upto=upto, branch=branch, types=_CONTROLS | {"rubric_adopted"}))
    standing = resolve(Control(one.id, one.type, one.data) for one in found if one.type in _CONTROLS)
    corrected = standing.corrected()
    adoptions = []
    for one in found:
        if one.type != "rubric_adopted" or one.id in standing.retracted:
            continue
        correction = corrected.get(one.id)
        rubric = orjson.loads(correction.data if correction else one.data)["rubric"]
        day = (correction.occurred_on if correction else None) or one.occurred_on
        adoptions.append(Adoption(one.branch, str(rubric), date.fromisoformat(day)))
    return adoptions
