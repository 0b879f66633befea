"""Entries of a score in words, the rule that made each one named where its clause has several.

In: a clause's score with its entries. Out: `Entry` values. Deliberately absent: judging which of them matter.
"""

from collections.abc import Mapping

from ledger.words import Language, Words
from projections.engine import entries as engine
from projections.engine.results import ClauseScore
from projections.reports.report import TELLING, Entry
from projections.text.entries import entry_cause, how_much
from projections.text.labels import Names
from projections.text.rules import asked_words, veto_words
from rubrics.model import Clause


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
