"""What became of stored events: which stand, which were retracted or corrected, by what; and in words.

In: an open ledger, how much of it counts, names. Out: for any event its fate, and the day, month and payload
with which it stands; the log of some branches and days with the fate of each; words, of corrections by what
they correct. Deliberately absent: the resolution itself, which replays share (`ledger.effective`); which
events are shown, and their places.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson

from ledger.effective import CONTROLS, Control, resolve
from ledger.words import COMMA, NOTHING, Words
from projections.text.events import event_words
from projections.text.labels import Names

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store


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
        controls = list(store.read(branch=branch, types=CONTROLS, upto=upto))
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


class EventTeller:
    """Tells events of a ledger."""

    def __init__(self, store: "Store", names: Names) -> None:
        self._store = store
        self._names = names

    def told(self, event: "Recorded") -> Words:
        """Tell what was logged."""
        return self._told(event.type, event.payload(), self._names.at(event.branch))

    def became(self, event: "Recorded", fate: Fate) -> Words:
        """Tell what became of an event that does not stand as it was logged."""
        if fate.state == "retracted":
            return Words(f"由 {fate.by} 撤销：{fate.reason}", f"retracted by {fate.by}: {fate.reason}")
        day = "" if fate.occurred_on == event.occurred_on else f"{fate.occurred_on} "
        month = "" if fate.counts_for == event.counts_for else f"→ {fate.counts_for} "
        by = Words(f"由 {fate.by} 更正（{fate.reason}）为：", f"corrected by {fate.by} ({fate.reason}) to: ")
        return by + f"{day}{month}" + self._told(event.type, fate.payload, self._names.at(event.branch))

    def _told(self, type_word: str, payload: Mapping[str, Any], names: Names) -> Words:
        if type_word == "event_corrected":
            return self._correction(payload, names)
        said = event_words(type_word, payload, names)
        return said + _total(payload) if type_word == "score_sealed" else said

    def _correction(self, payload: Mapping[str, Any], names: Names) -> Words:
        target = self._store.find(payload["target"])
        rest = {name: value for name, value in payload.items() if name != "data"}
        said = event_words("event_corrected", rest, names)
        if target is None:
            return said
        return said + Words("；现为：", "; now: ") + event_words(target.type, payload["data"], names)


def _total(payload: Mapping[str, Any]) -> Words:
    """Say what a certificate sealed; nothing where its answer cannot be read."""
    try:
        total = orjson.loads(payload["answer"])["scores"][0]["total"]
    except (KeyError, IndexError, TypeError, ValueError):
        return NOTHING
    return COMMA + Words("合计", "total") + f" {total}"
