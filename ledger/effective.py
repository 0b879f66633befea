"""The effective events: what counts once retractions and corrections are applied.

In: the control events of a prefix of the log, in order of position. Out: which targets are gone, and what
stands in the place of the corrected ones. Deliberately absent: the rules; they never see a control event.

Control events obey their position alone, whatever their day. A correction brings a whole new payload, and a
day and a month where it names them; several standing ones fold in order. A correction that was retracted is
as if it had never been there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import orjson

CONTROLS = frozenset({"event_retracted", "event_corrected"})
"""The types of events by which others are retracted or corrected."""
NO_FACTS = CONTROLS | {"reminder_raised", "reminder_acknowledged", "score_sealed"}
"""The types of events that tell no fact of a branch: of other events, of reminders, of certificates."""


@dataclass(frozen=True, slots=True)
class Control:
    """A retraction or a correction as stored: its id, its type, its payload as JSON text."""

    id: str
    type: str
    data: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction puts in the place of its target: the payload as JSON text, days where named."""

    id: str
    data: str
    occurred_on: str | None
    counts_for: str | None


@dataclass(slots=True)
class Standing:
    """Which events are gone, and the standing corrections of the others, earliest first."""

    retracted: set[str] = field(default_factory=set)
    corrections: dict[str, list[Correction]] = field(default_factory=dict)

    def corrected(self) -> Mapping[str, Correction]:
        """Fold the standing corrections of each target that is not gone into one."""
        folded = {}
        for target, corrections in self.corrections.items():
            if target in self.retracted or not corrections:
                continue
            days = [c.occurred_on for c in corrections if c.occurred_on is not None]
            months = [c.counts_for for c in corrections if c.counts_for is not None]
            last = corrections[-1]
            folded[target] = Correction(
                last.id, last.data, days[-1] if days else None, months[-1] if months else None
            )
        return folded


def resolve(controls: Iterable[Control]) -> Standing:
    """Apply retractions and corrections in order of position."""
    standing = Standing()
    corrected_by: dict[str, str] = {}
    for control in controls:
        payload = orjson.loads(control.data)
        target = payload["target"]
        if control.type == "event_corrected":
            corrected_by[control.id] = target
            standing.corrections.setdefault(target, []).append(
                Correction(
                    control.id,
                    orjson.dumps(payload["data"]).decode(),
                    payload.get("occurred_on"),
                    payload.get("counts_for"),
                )
            )
        elif target in corrected_by:
            kept = standing.corrections[corrected_by[target]]
            kept[:] = [correction for correction in kept if correction.id != target]
        else:
            standing.retracted.add(target)
    return standing
