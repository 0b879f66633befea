"""What is kept of a line until its turn comes inside the lock: its id and its event as texts.

In: a parsed event of a type for which nothing but its branch and its day is held against the stream; the
content of any event, or the instant of logging. Out: the texts that a row is made of, which of a million
lines cost a fifth of what parsing again would; an id where an event came without one. Deliberately absent:
types that the checks look into (those stay events), and the clock.

An id from a file is a UUIDv5 of the content and of its occurrence in that file, so that the same file
imported again names the same events; an id of a single logging is a UUIDv7, new every time.
"""

import hashlib
import os
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import orjson

from ledger.events import CATALOGUE, Event, canonical_data, parse_event
from ledger.events.lines import usual_line
from ledger.events.parse import Seen, usual_payload
from ledger.events.types.control import (
    EventCorrected,
    EventRetracted,
    ReminderAcknowledged,
    ReminderRaised,
    ScoreSealed,
)
from ledger.events.types.judgements import ClauseAssessed, ClauseWaived, GradesTallied
from ledger.events.types.organizations import BranchDissolved, BranchMoved, BranchRegistered, RubricAdopted

# uuid5(NAMESPACE_URL, "https://zhibu.invalid/content"): fixed for ever, for ids in ledgers hang on it.
NAMESPACE = UUID("5e93d131-34b5-5676-a2cf-7cf676e545dd")
_NAMESPACE_BYTES = NAMESPACE.bytes
_VARIANT = {f"{digit:x}": f"{digit & 3 | 8:x}" for digit in range(16)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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


class Content(NamedTuple):
    """What makes two events equal: everything that a client says, but for the id and who recorded it.

    Days are texts (`2019-03-12`, `2019-03`), `data` is the canonical JSON of the parsed payload.
    """

    branch: str
    type: str
    occurred_on: str
    counts_for: str | None
    data: str


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


class Occurrences:
    """Counts equal lines of one file, so that the second of two is an event of its own."""

    def __init__(self) -> None:
        # Of a million lines: their digests as numbers, and counts of those few that came again.
        self._seen: set[int] = set()
        self._again: dict[int, int] = {}

    def next_id(self, content: Content) -> str:
        """Return the id of the next occurrence of this content."""
        return self.next(content)[0]

    def next(self, content: Content) -> tuple[str, int]:
        """Return the id of the next occurrence of this content, and which occurrence it is, from 1."""
        first = content_id(content)
        number = int(first.replace("-", ""), 16)
        if number not in self._seen:
            self._seen.add(number)
            return first, 1
        count = self._again.get(number, 1) + 1
        self._again[number] = count
        return content_id(content, count), count


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


def content_id(content: Content, occurrence: int = 1) -> str:
    """Return the id of the occurrence-th event of this content in one file (they count from 1).

    It is `uuid.uuid5(NAMESPACE, …)` of the occurrence, the content's four texts (an absent `counts_for`
    as nothing) and the payload, joined by newlines; none of the first five can hold a newline.
    """
    branch, type_word, occurred_on, counts_for, data = content
    name = f"{occurrence}\n{branch}\n{type_word}\n{occurred_on}\n{counts_for or ''}\n{data}"
    return named_id(_NAMESPACE_BYTES, name)


def named_id(namespace: bytes, name: str) -> str:
    """Return `uuid.uuid5(UUID(bytes=namespace), name)` as text."""
    # What uuid.uuid5 does, without its objects: a million lines feel the difference.
    digest = hashlib.sha1(namespace + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANT[digest[16]]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def fresh_id(now: datetime) -> str:
    """Return a UUIDv7 (RFC 9562): the milliseconds of `now` (aware), then 74 random bits."""
    since = now - _EPOCH
    milliseconds = (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000
    random = int.from_bytes(os.urandom(10), "big")
    number = (milliseconds & (1 << 48) - 1) << 80 | random
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    return str(UUID(int=number))
