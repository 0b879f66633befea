"""Entries of a score in words, the rule that made each one named where its clause has several; and the
events that a report shows behind what was lost, gained, judged or waived.

In: scores with their entries, an open store. Out: `Entry` values; those events as they stand in the replayed
prefix, corrections applied. Deliberately absent: judging which entries matter; what was met as it should be,
whose events are counted, not told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from ledger.effective import Control, resolve
from ledger.words import Language, Words
from projections.engine import entries as engine
from projections.engine.entries import Entry as ScoreEntry
from projections.engine.results import BranchScore, ClauseScore
from projections.reports.report import Entry
from projections.text.entries import entry_cause, how_much
from projections.text.labels import Names
from projections.text.rules import asked_words, veto_words
from rubrics.model import Clause

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


def _entries(score: BranchScore) -> Iterator[ScoreEntry]:
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


class EntryWriter:
    """Turns entries into words; the same few rules are said many times."""

    def __init__(self, names: Names, language: Language) -> None:
        self._names = names
        self._language: Language = language
        self._asked: dict[str, list[str]] = {}

    def of_clause(self, clause: Clause, score: ClauseScore, numbers: Mapping[str, int]) -> tuple[Entry, ...]:
        """Write the entries of a clause of a branch; `numbers` are those of the events that are cited."""
        asked = [] if clause.graded else self._rules(clause)
        return tuple(
            self.entry(entry, numbers, asked[entry.rule] if asked and entry.rule is not None else "")
            for entry in score.entries
        )

    def entry(self, entry: engine.Entry, numbers: Mapping[str, int], asked: str = "") -> Entry:
        """Write one entry."""
        told = entry.state in TELLING
        return Entry(
            state=entry.state,
            points=entry.points,
            when=entry.label or entry.due_on.isoformat(),
            due_on=_due(entry),
            asked=asked,
            cause=_cause(entry).pick(self._language),
            judge=_judge(entry.cause),
            done=how_much(entry).pick(self._language),
            member=self._names.member(entry.member).pick(self._language) if entry.member else None,
            advisory=entry.advisory,
            events=tuple(numbers[id_] for id_ in entry.events) if told else (),
        )

    def _rules(self, clause: Clause) -> list[str]:
        """Say what each rule of a clause asks for; nothing where all ask for the same."""
        if clause.id not in self._asked:
            asked = [asked_words(rule).pick(self._language) for rule in clause.rules]
            self._asked[clause.id] = asked if len(set(asked)) > 1 else []
        return self._asked[clause.id]


def _due(entry: engine.Entry) -> str | None:
    """Return the due day of a window, where it is another than the window's last."""
    if entry.window is None or entry.window.end == entry.due_on:
        return None
    return entry.due_on.isoformat()


def _cause(entry: engine.Entry) -> Words:
    """Return the cause in words; a veto is told by the finding itself: what it means stands beside it."""
    return veto_words(entry.cause) if entry.cause.startswith("veto:") else entry_cause(entry)


def _judge(cause: str) -> str:
    """Return which assessor made an entry, `graded` for many of them, nothing where the rules did."""
    if cause == "graded":
        return cause
    kind, _, who = cause.partition(":")
    return who if kind == "assessed" and who != "waived" else ""
