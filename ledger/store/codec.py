"""An event as a row of the log, and the bytes that its hash is made of.

In: the thirteen columns of a stored event. Out: `Recorded` (the row as a value), its canonical bytes and its
hash. Deliberately absent: what an event means (events), where rows are kept (store) and whether a chain of
them holds (chain).

The canonical bytes of a row are a contract with outsiders, written down in docs/ledger-format.md.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

import orjson

COLUMNS = (
    "position",
    "id",
    "branch",
    "version",
    "type",
    "schema_version",
    "occurred_on",
    "counts_for",
    "data",
    "recorded_by",
    "recorded_at",
    "prev_hash",
    "hash",
)

GENESIS = "sha256:" + "0" * 64

# A row as the database gives it: the columns in their order.
Row = tuple[int, str, str, int, str, int, str, str | None, str, str | None, str, str, str]


class Head(NamedTuple):
    """The last event of a ledger: its position and its hash; position 0 and GENESIS when there is none."""

    position: int
    hash: str


class Draft(NamedTuple):
    """An event that is ready to be appended: all text, canonical already; the store adds the rest."""

    id: str
    branch: str
    type: str
    schema_version: int
    occurred_on: str
    counts_for: str | None
    data: str
    recorded_by: str | None


class Recorded(NamedTuple):
    """One stored event, exactly the columns of its row."""

    position: int
    id: str
    branch: str
    version: int
    type: str
    schema_version: int
    occurred_on: str
    counts_for: str | None
    data: str
    recorded_by: str | None
    recorded_at: str
    prev_hash: str
    hash: str

    def payload(self) -> dict[str, object]:
        """Decode `data`, the canonical JSON text, to a dict."""
        decoded: dict[str, object] = orjson.loads(self.data)
        return decoded


def canonical_bytes(
    position: int,
    event_id: str,
    branch: str,
    version: int,
    type_word: str,
    schema_version: int,
    occurred_on: str,
    counts_for: str | None,
    data: str,
    recorded_by: str | None,
    recorded_at: str,
    prev_hash: str,
) -> bytes:
    """Write every column but `hash` as one JSON object: keys sorted, no spaces, UTF-8, nothing escaped that
    need not be. Raises TypeError for a value that is no text, whole number or None.
    """
    # The keys stand in sorted order here, which is cheaper than having each row sorted.
    return orjson.dumps(
        {
            "branch": branch,
            "counts_for": counts_for,
            "data": data,
            "id": event_id,
            "occurred_on": occurred_on,
            "position": position,
            "prev_hash": prev_hash,
            "recorded_at": recorded_at,
            "recorded_by": recorded_by,
            "schema_version": schema_version,
            "type": type_word,
            "version": version,
        }
    )


def hash_of(canonical: bytes) -> str:
    """Give the hash of a row's canonical bytes as it is stored: `sha256:` and 64 hexadecimal digits."""
    return "sha256:" + sha256(canonical).hexdigest()


def instant_text(instant: datetime) -> str:
    """Write an instant as the log keeps it: UTC, microseconds, `Z`. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def parse_instant(text: str) -> datetime:
    """Read an instant that the log keeps; raises ValueError for any other text."""
    if len(text) != 27 or text[26] != "Z":
        raise ValueError(f"no instant of the log: {text!r}")
    return datetime.fromisoformat(text[:26]).replace(tzinfo=UTC)


def full_line(event: Recorded) -> bytes:
    """Return one event of the log as a line of a full export."""
    return line_of(*event)


def line_of(
    position: int,
    event_id: str,
    branch: str,
    version: int,
    type_word: str,
    schema_version: int,
    occurred_on: str,
    counts_for: str | None,
    data: str,
    recorded_by: str | None,
    recorded_at: str,
    prev_hash: str,
    hash_: str,
) -> bytes:
    """Return the columns of a row as a line of a full export."""
    return orjson.dumps(
        {
            "position": position,
            "id": event_id,
            "branch": branch,
            "version": version,
            "type": type_word,
            "schema_version": schema_version,
            "occurred_on": occurred_on,
            "counts_for": counts_for,
            # As it stands in the log, to the byte: the hash is over this text.
            "data": orjson.Fragment(data),
            "recorded_by": recorded_by,
            "recorded_at": recorded_at,
            "prev_hash": prev_hash,
            "hash": hash_,
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )
