"""The events that a report shows: those behind what was lost, gained, judged or waived.

In: scores with their entries, and an open store. Out: those events as they stand in the
replayed prefix, corrections applied. Deliberately absent: everything that was met as it should be; its
events are counted, not told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from ledger.effective import Control, resolve
from projections.engine.entries import Entry
from projections.engine.results import BranchScore

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_CONTROLS = frozenset({"event_retracted", "event_corrected"})
TELLING = frozenset({"lost", "gained", "waived"})
"""The states of entries whose events are told."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An event as it counted: day, month and payload with every standing correction applied.

    `recorded_at` is the instant of the original record (UTC, as stored); `corrected_by` is the id of the
    latest standing correction.
    """

    id: str
    branch: str
    type: str
    occurred_on: str
    counts_for: str | None
    recorded_at: str
    recorded_by: str | None
    data: Mapping[str, Any]
    corrected_by: str | None = None


def cited_ids(score: BranchScore) -> list[str]:
    """Return the ids of the events behind a branch's entries, each once, in the form's order."""
    return list(dict.fromkeys(id_ for entry in _entries(score) for id_ in entry.events))


def _entries(score: BranchScore) -> Iterator[Entry]:
    yield from score.veto
    for clause in score.clauses():
        yield from (entry for entry in clause.entries if entry.state in TELLING)


def read_cited(store: "Store", scores: Sequence[BranchScore], upto: int) -> dict[str, Cited]:
    """Read the events that a report on the scores shows, as they stood at the replayed position."""
    controls = store.read(upto=upto, types=_CONTROLS)
    corrected = resolve(Control(found.id, found.type, found.data) for found in controls).corrected()
    cited = {}
    for id_ in dict.fromkeys(id_ for score in scores for id_ in cited_ids(score)):
        found = store.find(id_)
        if found is None or found.position > upto:
            continue
        correction = corrected.get(id_)
        cited[id_] = Cited(
            id=id_,
            branch=found.branch,
            type=found.type,
            occurred_on=(correction.occurred_on if correction else None) or found.occurred_on,
            counts_for=(correction.counts_for if correction else None) or found.counts_for,
            recorded_at=found.recorded_at,
            recorded_by=found.recorded_by,
            data=orjson.loads(correction.data if correction else found.data),
            corrected_by=correction.id if correction else None,
        )
    return cited
