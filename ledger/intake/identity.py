"""Ids of events that came without one.

In: the content of an event as canonical texts, or the instant of logging. Out: a UUID as lower-case text.
An id from a file is a UUIDv5 of the content and of its occurrence in that file, so that the same file
imported again names the same events; an id of a single logging is a UUIDv7, new every time.
Deliberately absent: the clock (`now` is handed in) and any knowledge of what an event means.
"""

import hashlib
import os
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

# uuid5(NAMESPACE_URL, "https://zhibu.invalid/content"): fixed for ever, for ids in ledgers hang on it.
NAMESPACE = UUID("5e93d131-34b5-5676-a2cf-7cf676e545dd")
_NAMESPACE_BYTES = NAMESPACE.bytes
_VARIANT = {f"{digit:x}": f"{digit & 3 | 8:x}" for digit in range(16)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Content(NamedTuple):
    """What makes two events equal: everything that a client says, but for the id and who recorded it.

    Days are texts (`2019-03-12`, `2019-03`), `data` is the canonical JSON of the parsed payload.
    """

    branch: str
    type: str
    occurred_on: str
    counts_for: str | None
    data: str


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
