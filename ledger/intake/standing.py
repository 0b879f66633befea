"""What stands in a branch's stream: its events without those retracted, the others as corrected.

In: the log inside the one lock. Out: `Standing` events, payloads in the shape of today. Deliberately absent:
judgement; `checks` has that.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import orjson

from ledger.effective import Control, resolve
from ledger.events import CATALOGUE, canonical_data, parse_payload
from ledger.events.stored import upcast
from ledger.events.types.control import EventCorrected, EventRetracted
from ledger.store.codec import Draft, Recorded


class Log(Protocol):
    """What is asked of the appender."""

    def stored(self, ids: Collection[str]) -> dict[str, Recorded]:
        """Return those of the ids that are in the log."""

    def versions(self, branches: Iterable[str]) -> Mapping[str, int]:
        """Return the number of events of each stream."""

    def read(
        self, *, upto: int | None = None, branch: str | None = None, types: Collection[str] | None = None
    ) -> Iterator[Recorded]:
        """Read the log by position."""


CORRECTING = frozenset({EventRetracted.type_word, EventCorrected.type_word})


class Standing(NamedTuple):
    """An event as it counts: `day` and `counts_for` as texts, `data` canonical."""

    id: str
    position: int
    branch: str
    type: str
    day: str
    counts_for: str | None
    data: str

    def payload(self) -> dict[str, Any]:
        """Decode the payload."""
        decoded: dict[str, Any] = orjson.loads(self.data)
        return decoded

    @property
    def happened(self) -> tuple[str, int]:
        """Its place by day, then by position."""
        return self.day, self.position


class Stream(NamedTuple):
    """What became of the events of one branch: those that stand, and those that were retracted as they were
    when they stood."""

    standing: list[Standing]
    retracted: list[Standing]


def read_stream(
    log: Log,
    branch: str,
    types: Collection[str] | None = None,
    *,
    upto: int | None = None,
    new: Iterable[Recorded] = (),
) -> Stream:
    """Return the events of a branch, of some types or all, up to a position, with new ones behind them.

    Corrections and retractions are applied, and left out.
    """
    wanted = None if types is None else {*types, *CORRECTING}
    return _resolved([*log.read(upto=upto, branch=branch, types=wanted), *new])


def read_streams(
    log: Log, types: Collection[str], *, upto: int, new: Iterable[Recorded]
) -> Mapping[str, Stream]:
    """Return the events of some types of every branch, up to a position, with new ones behind them."""
    rows: dict[str, list[Recorded]] = {}
    wanted = {*types, *CORRECTING}
    for recorded in [*log.read(upto=upto, types=wanted), *(one for one in new if one.type in wanted)]:
        rows.setdefault(recorded.branch, []).append(recorded)
    return {branch: _resolved(own) for branch, own in rows.items()}


def data_today(recorded: Recorded | Draft) -> str:
    """Return the payload of an event in the shape of today, canonical."""
    word, version = recorded.type, recorded.schema_version
    if version == CATALOGUE[word].schema_version:
        return recorded.data
    return canonical_data(parse_payload(word, upcast(word, version, orjson.loads(recorded.data))))


def _resolved(rows: Collection[Recorded]) -> Stream:
    fates = resolve(Control(one.id, one.type, one.data) for one in rows if one.type in CORRECTING)
    retracted, fates.retracted = fates.retracted, set()
    corrected = fates.corrected()
    found = Stream([], [])
    for one in rows:
        if one.type in CORRECTING:
            continue
        said = corrected.get(one.id)
        event = Standing(
            one.id,
            one.position,
            one.branch,
            one.type,
            (said and said.occurred_on) or one.occurred_on,
            (said and said.counts_for) or one.counts_for,
            said.data if said else data_today(one),
        )
        (found.retracted if one.id in retracted else found.standing).append(event)
    return found
