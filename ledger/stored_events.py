"""What stands in the log of some branches, and what was retracted: corrections applied, with what was first
said.

In: a reader of the log, branches and types. Out: one `Stored` an event that is no control event. Deliberately
absent: rows, and any judgement of what is the same.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import orjson

from ledger.effective import Control, Correction, resolve
from ledger.intake.admission import content_of_stored
from ledger.intake.ready import Content
from ledger.store.codec import Recorded

_RETRACTED, _CORRECTED = "event_retracted", "event_corrected"
CONTROLS = frozenset({_RETRACTED, _CORRECTED})


class Reader(Protocol):
    """Whoever can read the log of one branch."""

    def read(self, *, branch: str | None = None, types: Collection[str] | None = None) -> Iterator[Recorded]:
        """Read events in order of position."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event of the log: as it stands now (corrections applied), and as it was first said.

    Of an event that is gone, `now` is what it was worth when it was retracted.
    """

    id: str
    position: int
    now: Content
    first: Content
    retracted: bool

    @property
    def data(self) -> Mapping[str, object]:
        """The payload as it stands, defaults left out."""
        return decoded(self.now)

    @property
    def was_corrected(self) -> bool:
        """Whether it was said otherwise at first."""
        return self.now != self.first


def stored_of(reader: Reader, branch: str | None, types: Collection[str]) -> list[Stored]:
    """Return the events of a branch, or of all, that are of these types, in order of position."""
    events = [event for event in reader.read(branch=branch, types={*types, *CONTROLS}) if event.type in types]
    controls = [
        Control(event.id, event.type, event.data) for event in reader.read(branch=branch, types=CONTROLS)
    ]
    standing = resolve(controls)
    corrected = _last_said(standing.corrections)
    stored = []
    for event in events:
        first = content_of_stored(event)
        now = _applied(first, corrected.get(event.id))
        stored.append(Stored(event.id, event.position, now, first, event.id in standing.retracted))
    return stored


def decoded(content: Content) -> Mapping[str, object]:
    """Return the payload of a content."""
    data: dict[str, object] = orjson.loads(content.data)
    return data


def _last_said(corrections: Mapping[str, list[Correction]]) -> dict[str, Correction]:
    """Fold the corrections of each event into one, those of events that are gone included."""
    folded = {}
    for target, several in corrections.items():
        if several:
            days = [one.occurred_on for one in several if one.occurred_on is not None]
            months = [one.counts_for for one in several if one.counts_for is not None]
            last = several[-1]
            folded[target] = Correction(
                last.id, last.data, days[-1] if days else None, months[-1] if months else None
            )
    return folded


def _applied(first: Content, correction: Correction | None) -> Content:
    if correction is None:
        return first
    return first._replace(
        data=correction.data,
        occurred_on=correction.occurred_on or first.occurred_on,
        counts_for=correction.counts_for or first.counts_for,
    )
