"""Entries of the document in words, the rule that made each one named where its clause has several.

In: a clause's row of the document. Out: `Entry` values. Deliberately absent: judging which of them matter.
"""

from collections.abc import Mapping
from typing import Any

from ledger.words import Language
from projections.engine.periods import parse_period
from projections.reports.cited import TELLING
from projections.reports.report import Entry
from projections.reports.rules_behind import Places
from projections.text.labels import Phrases, how_much
from rubrics.model import Clause
from rubrics.numbers import parse_points

Row = Mapping[str, Any]


class EntryWriter:
    """Turns rows of entries into words; the same few causes and rules are said many times."""

    def __init__(self, phrases: Phrases, places: Places, year_start: int, language: Language) -> None:
        self._phrases = phrases
        self._places = places
        self._year_start = year_start
        self._language = language
        self._ends: dict[str, str] = {}
        self._causes: dict[str, str] = {}
        self._asked: dict[str, list[str]] = {}

    def of_clause(
        self, branch: str, clause: Clause, row: Row, numbers: Mapping[str, int]
    ) -> tuple[Entry, ...]:
        """Write the entries of a clause of a branch; `numbers` are those of the events that are cited."""
        asked = self._rules(clause)
        places = self._places.get((branch, clause.id), ()) if asked else ()
        entries = []
        for at, entry in enumerate(row["entries"]):
            entries.append(self.entry(entry, numbers, asked[places[at]] if at < len(places) else ""))
        return tuple(entries)

    def entry(self, row: Row, numbers: Mapping[str, int], asked: str = "") -> Entry:
        """Write one entry."""
        return Entry(
            state=row["state"],
            points=parse_points(row["points"]),
            when=row["window"] or row["due_on"],
            due_on=self._due(row["window"], row["due_on"]),
            asked=asked,
            cause=self._cause(row["cause"]),
            judge=_judge(row["cause"]),
            done=how_much(row, self._language),
            member=row["member"],
            advisory=row["advisory"],
            events=tuple(numbers[id_] for id_ in row["events"]) if row["state"] in TELLING else (),
        )

    def _due(self, window: str | None, due_on: str) -> str | None:
        """Return the due day of a window, where it is another than the window's last."""
        if window is None:
            return None
        if window not in self._ends:
            self._ends[window] = parse_period(window, self._year_start).end.isoformat()
        return None if self._ends[window] == due_on else due_on

    def _cause(self, cause: str) -> str:
        if cause not in self._causes:
            kind, _, category = cause.partition(":")
            # A veto is told by the finding itself: what it means stands beside it.
            self._causes[cause] = (
                self._phrases.event("finding_recorded", {"category": category})
                if kind == "veto"
                else self._phrases.cause(cause)
            )
        return self._causes[cause]

    def _rules(self, clause: Clause) -> list[str]:
        """Say what each rule of a clause asks for; nothing where all ask for the same."""
        if clause.id not in self._asked:
            asked = [self._phrases.asked(rule) for rule in clause.rules]
            self._asked[clause.id] = asked if len(set(asked)) > 1 else []
        return self._asked[clause.id]


def _judge(cause: str) -> str:
    """Return which assessor made an entry, `graded` for many of them, nothing where the rules did."""
    if cause == "graded":
        return cause
    kind, _, who = cause.partition(":")
    return who if kind == "assessed" and who != "waived" else ""
