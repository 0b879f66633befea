"""An event that was parsed once, as texts: what is kept of a line until its turn comes inside the lock.

In: a parsed event of a type for which nothing but its branch and its day is held against the stream. Out:
the texts that a row is made of. Of a million lines these cost a fifth of what parsing again would.
Deliberately absent: types that the checks look into; those stay events.
"""

from typing import NamedTuple

import orjson

from ledger.events import CATALOGUE, Event, canonical_data, parse_event
from ledger.events.lines import usual_line
from ledger.events.types.control import (
    EventCorrected,
    EventRetracted,
    ReminderAcknowledged,
    ReminderRaised,
    ScoreSealed,
)
from ledger.events.types.judgements import ClauseAssessed, ClauseWaived, GradesTallied
from ledger.events.types.organizations import BranchDissolved, BranchMoved, BranchRegistered, RubricAdopted
from ledger.events.usual import Seen, usual_payload
from ledger.intake.identity import Content

LOOKED_INTO = frozenset(
    {
        BranchDissolved,
        BranchMoved,
        BranchRegistered,
        ClauseAssessed,
        ClauseWaived,
        EventCorrected,
        EventRetracted,
        GradesTallied,
        ReminderAcknowledged,
        ReminderRaised,
        RubricAdopted,
        ScoreSealed,
    }
)
"""The payloads that checks look into."""
_LOOKED_INTO = frozenset(word for word, model in CATALOGUE.items() if model in LOOKED_INTO)
# Shape and canonical JSON of payloads, by the texts that they came as.
_KNOWN = Seen[tuple[int, str]]()


Texts = tuple[str | None, str, str, int, str, str | None, str, str | None]
"""The fields of `Ready`, in their order."""


class Ready(NamedTuple):
    """All that an event says; days are texts, `data` is the canonical JSON of the parsed payload."""

    id: str | None
    branch: str
    type: str
    schema_version: int
    occurred_on: str
    counts_for: str | None
    data: str
    recorded_by: str | None

    @property
    def content(self) -> Content:
        """What makes it equal to another event."""
        return Content(self.branch, self.type, self.occurred_on, self.counts_for, self.data)

    def event(self) -> Event:
        """Return it as an event, to be looked into."""
        told = self._asdict()
        del told["schema_version"]
        return parse_event({**told, "data": orjson.loads(self.data)})


def ready(event: Event) -> Ready | None:
    """Return a parsed event as texts, None where the checks must look into it."""
    data = event.data
    if type(data) in LOOKED_INTO:
        return None
    return Ready(
        event.id,
        event.branch,
        event.type,
        data.schema_version,
        event.occurred_on.isoformat(),
        event.counts_for,
        canonical_data(data),
        event.recorded_by,
    )


def ready_line(line: bytes) -> Ready | None:
    """Return the event of a usual line as texts, None for any other line."""
    texts = texts_of_line(line)
    return None if texts is None else Ready._make(texts)


def texts_of_line(line: bytes) -> Texts | None:
    """Return the same as a plain tuple, as it can be put down."""
    said = usual_line(line)
    if said is None:
        return None
    get, word, data = said.get, said["type"], said["data"]
    if word in _LOOKED_INTO:
        return None
    # As str: what orjson returns lies in a kilobyte each.
    text, counts_for = orjson.dumps(data).decode(), get("counts_for")
    known = _KNOWN.get((word, text)) if counts_for is None else None
    if known is None:
        payload = usual_payload(word, data, said["occurred_on"], counts_for)
        if payload is None:
            return None
        canonical = canonical_data(payload)
        # Nearly every one came as it is kept: then one text is remembered, not two.
        known = payload.schema_version, text if canonical == text else canonical
        if not payload.has_last_day:
            _KNOWN.keep(word, text, known)
    schema_version, canonical = known
    return (
        get("id"),
        said["branch"],
        word,
        schema_version,
        said["occurred_on"],
        counts_for,
        canonical,
        get("recorded_by"),
    )
