"""The manifest: which files make a folder of segments, and of which log.

In: what an export wrote. Out: `manifest.json`, and back. Deliberately absent: the files themselves (`parts`).
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson

from ledger.segments.errors import changed_part, missing_part, no_folder, other_schema, unreadable_manifest
from ledger.segments.places import Place
from ledger.store.codec import Head

NAME = "manifest.json"
Holds = Literal["events", "organisations", "branches"]
HOLDS: tuple[Holds, ...] = ("events", "organisations", "branches")
SCHEMA = 1
_FORMAT = "zhibu-segments"


@dataclass(frozen=True, slots=True)
class Part:
    """One file.

    `holds`: events of a bucket, what concerns the organisations, or in which bucket each branch lies.
    `bucket`: of events only. `upto`: the position of the export that wrote it.
    """

    path: str
    holds: Holds
    bucket: int | None
    rows: int
    bytes: int
    first_branch: str
    last_branch: str
    upto: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds. `recorded_at`: the instant of the last event, empty where there is none."""

    position: int
    head: str
    recorded_at: str
    buckets: int
    parts: tuple[Part, ...]

    @property
    def log_head(self) -> Head:
        """Position and hash of the last event."""
        return Head(self.position, self.head)

    def holding(self, holds: Holds, bucket: int | None = None) -> list[Part]:
        """Return the parts of a kind, of one bucket where one is named, in the order of their exports."""
        return [part for part in self.parts if part.holds == holds and bucket in (None, part.bucket)]

    def render(self) -> bytes:
        """Write it as `manifest.json` holds it."""
        document = {
            "format": _FORMAT,
            "schema": SCHEMA,
            "position": self.position,
            "head": self.head,
            "recorded_at": self.recorded_at,
            "buckets": self.buckets,
            "rows": sum(part.rows for part in self.holding("events")),
            "files": [asdict(part) for part in self.parts],
        }
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_manifest(place: Place) -> Manifest:
    """Read the manifest of a folder. SegmentsError where there is none, or it is none."""
    try:
        with place.read(NAME) as stream:
            text = stream.read()
    except (FileNotFoundError, NotADirectoryError):
        raise no_folder(place.address) from None
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise unreadable_manifest(place.address, "不是 JSON", "it is no JSON") from None
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise unreadable_manifest(place.address, "不是分片的清单", "it is none of segments")
    schema = document.get("schema")
    if schema != SCHEMA:
        raise other_schema(place.address, schema if isinstance(schema, int) else 0, SCHEMA)
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable_manifest(
            place.address, f"内容不全（{error}）", f"it is incomplete ({error})"
        ) from None


def found_manifest(place: Place) -> Manifest | None:
    """Read the manifest of a folder, None where there is none."""
    return read_manifest(place) if place.sizes([NAME]) else None


def check_presence(place: Place, manifest: Manifest) -> None:
    """See that every file is there, with its size. SegmentsError at the first that is not."""
    sizes = place.sizes([part.path for part in manifest.parts])
    for part in manifest.parts:
        if part.path not in sizes:
            raise missing_part(place.address, part.path)
        if sizes[part.path] != part.bytes:
            raise changed_part(place.address, part.path, f"{sizes[part.path]:,} B", f"{part.bytes:,} B")


def _read(document: dict[str, Any]) -> Manifest:
    manifest = Manifest(
        position=_whole(document["position"]),
        head=_text(document["head"]),
        recorded_at=_text(document["recorded_at"]),
        buckets=_whole(document["buckets"]),
        parts=tuple(
            Part(
                path=_plain_name(file["path"]),
                holds=_kind(file["holds"]),
                bucket=None if file["bucket"] is None else _whole(file["bucket"]),
                rows=_whole(file["rows"]),
                bytes=_whole(file["bytes"]),
                first_branch=_text(file["first_branch"]),
                last_branch=_text(file["last_branch"]),
                upto=_whole(file["upto"]),
                sha256=_text(file["sha256"]),
            )
            for file in document["files"]
        ),
    )
    events = manifest.holding("events")
    if not all(part.bucket is not None and part.bucket < manifest.buckets for part in events):
        raise ValueError("bucket")
    if sum(part.rows for part in events) != manifest.position:
        raise ValueError("rows")
    return manifest


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r}")
    return value


def _kind(value: object) -> Holds:
    for holds in HOLDS:
        if value == holds:
            return holds
    raise ValueError(f"{value!r}")


def _plain_name(value: object) -> str:
    """A manifest is input, too: no path of it leads out of its folder."""
    name = _text(value)
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise ValueError(f"{name!r}")
    return name
