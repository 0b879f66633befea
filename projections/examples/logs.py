"""The logs of examples: what a file writes in short, as rows that the replay reads.

In: cases. Out: rows at hand that hold the logs of several cases side by side, each with branches of its
own. Every event is held to what intake holds it to (the catalogue's models, the checks against the stream),
so that no example shows what no ledger could hold. Deliberately absent: scoring.

Cases are kept apart by their number: branch `b1` of case 7 is `7.b1`, and branches without a superior get
one of the case's own, since branches without a superior are siblings of each other.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger.errors import Refused
from ledger.events import CATALOGUE, Event, canonical_data, parse_cells, parse_event
from ledger.intake.checks import ClauseFacts, KnownRubrics, Setting, problems_of
from ledger.intake.streams import Streams
from ledger.problems import Problem
from ledger.store.codec import Recorded
from projections.engine.logs import Row, RowsAtHand
from rubrics.examples.cases import Case, Cases
from rubrics.examples.notation import WrittenEvent
from rubrics.model import Rubric
from rubrics.problems import Path, RubricError

OWN = "b1"
"""The branch that an event is of where it names none."""

FOUNDED = "2010-01-01"
"""The founding day of a branch that an example does not register."""

_NAMES = uuid.UUID("6a1d2c3e-6f0e-4c77-8c53-0e5f3a6b2019")
_TODAY = date.max
"""The day of recording: examples are told from the end of time, so that no day lies ahead of it."""


@dataclass
class ExampleLog:
    """Rows of several cases. `shown`: how an example writes the event of an id."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)

    def log(self) -> RowsAtHand:
        """Return the rows as a log."""
        by_branch: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            by_branch[row["branch"]].append(
                (
                    row["position"], row["id"], row["type"], row["schema_version"], row["occurred_on"],
                    row["counts_for"], row["data"],
                )
            )  # fmt: skip
        return RowsAtHand(by_branch)


def branch_code(case: Case, code: str) -> str:
    """Return the code by which the log knows a branch of a case."""
    return f"{case.number}.{code}"


class LogBuilder:
    """Turns cases of one file into logs. What several cases share is read once."""

    def __init__(self, cases: Cases) -> None:
        self._file = cases
        self._rubric = cases.loaded.rubric
        self._known = known_clauses(self._rubric)
        self._read: dict[tuple[str, bool], tuple[Event, dict[str, Any]] | Refused] = {}

    def build(self, cases: Iterable[Case]) -> ExampleLog:
        """Build the log of some cases. Raises RubricError with every event that intake would refuse."""
        log = ExampleLog()
        problems: dict[Problem, None] = {}
        for case in cases:
            problems |= dict.fromkeys(self._add(case, log))
        if problems:
            raise RubricError(list(problems))
        return log

    def _add(self, case: Case, log: ExampleLog) -> Iterator[Problem]:
        parsed: list[tuple[Event, dict[str, Any], WrittenEvent, Path]] = []
        for written, place in (*self._registrations(case), *case.events):
            read = self._parse(written)
            if isinstance(read, Refused):
                yield from (self._problem(problem, place) for problem in read.problems)
            else:
                parsed.append((*read, written, place))
        streams = Streams(_EmptyLog())
        streams.look_up([event for event, *_ in parsed])
        setting = Setting(streams, _TODAY, self._known)
        ids: dict[str, str] = {}
        types: dict[str, str] = {}
        for number, (event, data, written, place) in enumerate(parsed):
            yield from (self._problem(problem, place) for problem in problems_of(event, setting))
            id_ = f"{case.number}:{number}"
            name = event.id or id_
            streams.note(name, event)
            ids[name], types[name] = id_, event.type
            log.shown[id_] = written.text
            log.rows.append(
                {
                    "position": len(log.rows) + 1,
                    "id": id_,
                    "branch": branch_code(case, event.branch),
                    "type": event.type,
                    "schema_version": CATALOGUE[event.type].schema_version,
                    "occurred_on": event.occurred_on.isoformat(),
                    "counts_for": event.counts_for,
                    "data": json.dumps(_apart(case, event.type, data, ids, types), ensure_ascii=False),
                }
            )

    def _registrations(self, case: Case) -> list[tuple[WrittenEvent, Path]]:
        """Register the branches that the case speaks of and does not register."""
        spoken = [*case.expected, *(event.branch or OWN for event, _ in case.events)]
        own = {event.branch or OWN for event, _ in case.events if event.type == "branch_registered"}
        missing = [code for code in dict.fromkeys(spoken) if code not in own]
        return [(self._registration(code), case.place) for code in missing]

    def _registration(self, code: str) -> WrittenEvent:
        kind = self._rubric.applies_to if code == OWN else "branch"
        fields = {"branch": code, "name": code, "organization": kind}
        words = " ".join(f"{key}={value}" for key, value in fields.items())
        return WrittenEvent(
            FOUNDED, "branch_registered", fields, True, None, f"{FOUNDED} branch_registered {words}"
        )

    def _parse(self, written: WrittenEvent) -> tuple[Event, dict[str, Any]] | Refused:
        key = (f"{written.text} as={written.name}", written.plain)
        if key not in self._read:
            try:
                event = _parse(written)
                self._read[key] = event, json.loads(canonical_data(event.data))
            except Refused as refused:
                self._read[key] = refused
        return self._read[key]

    def _problem(self, problem: Problem, place: Path) -> Problem:
        where = f"{problem.field}: " if problem.field else ""
        said = Problem(problem.expected, found=problem.found, hint=problem.hint)
        return self._file.problem(place, where + said.sentence("zh"), where + said.sentence("en"))


def known_clauses(rubric: Rubric) -> KnownRubrics:
    """Return what intake must know of the rubric that the examples are of."""
    return {
        rubric.id: {
            clause.id: ClauseFacts(100_00 if clause.graded else clause.points, clause.graded)
            for clause in rubric.clauses()
        }
    }


def _parse(written: WrittenEvent) -> Event:
    fields = {"branch": OWN, **written.fields}
    envelope: dict[str, Any] = {"occurred_on": written.day, "type": written.type}
    if written.name is not None:
        envelope["id"] = _id_of(written.name)
    if written.plain:
        if "target" in fields:
            fields["target"] = _id_of(fields["target"])
        return parse_cells(written.type, {**fields, **envelope})
    data = {key: _json_value(value) for key, value in fields["data"].items()}
    if "target" in data:
        data["target"] = _id_of(str(data["target"]))
    return parse_event({**fields, **envelope, "data": data})


def _json_value(value: Any) -> Any:
    """Return a value of a YAML file as JSON has it: decimals as texts."""
    if isinstance(value, dict):
        return {key: _json_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json_value(inner) for inner in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def _id_of(name: str) -> str:
    return str(uuid.uuid5(_NAMES, name))


def _apart(
    case: Case, type_word: str, data: dict[str, Any], ids: Mapping[str, str], types: Mapping[str, str]
) -> dict[str, Any]:
    """Return a payload whose superior and target are the case's own."""
    if type_word == "branch_registered":
        return {**data, "parent": branch_code(case, data.get("parent", ""))}
    target = str(data.get("target"))
    if target not in ids:
        return data
    data = {**data, "target": ids[target]}
    if type_word == "event_corrected" and types[target] == "branch_registered":
        data["data"] = {**data["data"], "parent": branch_code(case, data["data"].get("parent", ""))}
    return data


class _EmptyLog:
    """A log before the first event: whatever the checks ask, an example itself must say."""

    def stored(self, ids: Collection[str]) -> dict[str, Recorded]:
        return {}

    def versions(self, branches: Iterable[str]) -> Mapping[str, int]:
        return defaultdict(int)

    def read(
        self, *, upto: int | None = None, branch: str | None = None, types: Collection[str] | None = None
    ) -> Iterator[Recorded]:
        return iter(())
