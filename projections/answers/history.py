"""What became of stored events: which stand, which were retracted or corrected, by what.

In: an open ledger, and how much of it counts. Out: for any event its fate, and the day, month and payload
with which it stands; the log of some branches and days with the fate of each. Deliberately absent: the
resolution itself; replays and this page share it (`ledger.effective`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson

from ledger.effective import Control, resolve

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_CONTROLS = frozenset({"event_retracted", "event_corrected"})


@dataclass(frozen=True, slots=True)
class Fate:
    """How an event stands. `by` and `reason`: of the retraction, or of the latest standing correction."""

    state: str
    by: str | None
    reason: str | None
    occurred_on: str
    counts_for: str | None
    payload: Mapping[str, Any]


class Fates:
    """The fates of the events of a branch, or of all branches, in the prefix that ends at `upto`."""

    def __init__(self, store: "Store", branch: str | None = None, *, upto: int | None = None) -> None:
        controls = list(store.read(branch=branch, types=_CONTROLS, upto=upto))
        standing = resolve(Control(found.id, found.type, found.data) for found in controls)
        self._corrected = standing.corrected()
        self._reasons = {found.id: str(found.payload().get("reason", "")) for found in controls}
        self._retractions = {
            str(found.payload()["target"]): found.id for found in controls if found.type == "event_retracted"
        }

    def of(self, event: "Recorded") -> Fate:
        """Return the fate of an event."""
        retraction = self._retractions.get(event.id)
        if retraction is not None:
            return Fate(
                "retracted",
                retraction,
                self._reasons[retraction],
                event.occurred_on,
                event.counts_for,
                event.payload(),
            )
        correction = self._corrected.get(event.id)
        if correction is None:
            return Fate("standing", None, None, event.occurred_on, event.counts_for, event.payload())
        return Fate(
            "corrected",
            correction.id,
            self._reasons[correction.id],
            correction.occurred_on or event.occurred_on,
            correction.counts_for or event.counts_for,
            orjson.loads(correction.data),
        )


def read_history(
    store: "Store",
    *,
    branches: Collection[str] = (),
    types: Collection[str] | None = None,
    since: date = date.min,
    until: date = date.max,
) -> "Iterator[tuple[Recorded, Fate]]":
    """Yield the log in order of position, each event with its fate; of all branches where none are named.

    An event lies between two days where the day on which it was logged, or stands now, does.
    """
    only = next(iter(branches)) if len(branches) == 1 else None
    fates = Fates(store, only)
    first, last = since.isoformat(), until.isoformat()
    for event in store.read(branch=only, types=None if types is None else frozenset(types)):
        if branches and event.branch not in branches:
            continue
        fate = fates.of(event)
        if (
            first <= max(event.occurred_on, fate.occurred_on)
            and min(event.occurred_on, fate.occurred_on) <= last
        ):
            yield event, fate


def event_row(event: "Recorded", fate: Fate) -> dict[str, Any]:
    """Return an event with its fate as programs read it."""
    return {
        "position": event.position,
        "id": event.id,
        "branch": event.branch,
        "version": event.version,
        "type": event.type,
        "occurred_on": event.occurred_on,
        "counts_for": event.counts_for,
        "data": event.payload(),
        "recorded_by": event.recorded_by,
        "recorded_at": event.recorded_at,
        "state": fate.state,
        "by": fate.by,
        "reason": fate.reason,
        "stands_as": None
        if fate.state != "corrected"
        else {"occurred_on": fate.occurred_on, "counts_for": fate.counts_for, "data": fate.payload},
    }
