"""Tables into the log: compare, check, append, all or nothing, in one recording instant.

In: what tables say (`tables.reading`), how differing rows are to be taken, the clock and the day. Out: an
Answer that says of every row what became of it, or would; dry, nothing is written. Deliberately absent:
reading files, and what the events count for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from ledger.events import Event
from ledger.files import differing
from ledger.files.comparing import Compared, State, compare
from ledger.files.differing import correction
from ledger.files.tables.problems import CellProblem
from ledger.files.tables.reading import Reading, SheetReading
from ledger.files.tables.rows.row_reading import RowReading
from ledger.intake.admission import Admission, Line
from ledger.intake.batch import ClauseFacts, KnownRubrics, Rights
from ledger.intake.checks import Setting
from ledger.intake.lines import ParsedLines
from ledger.intake.ready import Occurrences, fresh_id
from ledger.intake.streams import Streams
from ledger.problems import Problem
from ledger.store.codec import Recorded
from ledger.store.event_store import Store
from ledger.words import Words

__all__ = ["Answer", "ClauseFacts", "Policy", "RowAnswer", "take_in"]

_CHUNK = 2_000
_WAS_RETRACTED = Words(zh="已在台账中，但已撤销", en="is there already, but was retracted")


class Policy(NamedTuple):
    """How rows are taken that the log knows otherwise: at most one of `update` and `as_new`.

    `update`: differing rows are recorded as corrections. `as_new`: differing rows, and twins in the file,
    are other events. `again`: rows that say what was retracted are recorded anew. `leave`: differing and
    retracted rows are left as they stand.
    """

    update: bool = False
    as_new: bool = False
    again: bool = False
    leave: bool = False


@dataclass(slots=True)
class RowAnswer:
    """What became of a row: `event` is what was, or would be, recorded for it; `recorded` as it stands in
    the log.
    """

    reading: RowReading
    state: State
    event: Event | None = None
    stands: str | None = None
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    recorded: Recorded | None = None

    @property
    def hinders(self) -> bool:
        """Whether the row keeps the whole file out."""
        return bool(self.problems)


@dataclass(slots=True)
class Answer:
    """What became of some files, or would; `done` says whether anything could be written at all."""

    sheets: list[SheetReading]
    rows: list[RowAnswer]
    appended: int = 0
    present: int = 0
    corrected: int = 0
    left: int = 0
    recorded: list[Recorded] = field(default_factory=list)
    line_problems: list[Problem] = field(default_factory=list)

    @property
    def hinders(self) -> bool:
        """Whether anything kept the files out."""
        return bool(self.line_problems) or any(row.hinders for row in self.rows)

    @property
    def events(self) -> list[Event]:
        """The events that were, or would be, recorded, in their order."""
        return [row.event for row in self.rows if row.event is not None and not row.hinders]


class _Undone(Exception):
    """Leaves the appending transaction so that nothing of it is kept."""


def take_in(
    store: Store,
    readings: Sequence[Reading],
    policy: Policy,
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
    rights: Rights | None = None,
    recorded_by: str | None = None,
    lines: Sequence[Iterable[Line]] = (),
    dry: bool = False,
) -> Answer:
    """Compare what tables say with the log and append what is new, all or nothing.

    `lines` are those of JSON Lines files that come along. `recorded_by` is who imports, for rows that do
    not say so. Nothing is written where `dry`, or where any row hinders.
    """
    rows = [_by(row, recorded_by) for reading in readings for row in reading.rows]
    parsed = [ParsedLines(one) for one in lines]
    count = len(rows) + sum(map(len, parsed))
    answer = Answer([sheet for reading in readings for sheet in reading.sheets], [])
    try:
        # To say what would come of it takes no lock from those who write.
        with store.trying(now) if dry else store.appending(now, lines=count) as appender:
            appender.begin_instant()
            answer.rows = [_answer(row, policy, now, today) for row in compare(appender, rows)]
            _count(answer)
            admission = Admission(appender, Setting(Streams(appender), today, known, False, rights))
            _admit(admission, answer, now)
            _admit_lines(admission, parsed, answer)
            _see_as_a_whole(admission, answer)
            if dry or answer.hinders:
                raise _Undone
    except _Undone:
        for row in answer.rows:
            row.recorded = None
        if answer.hinders:
            answer.appended = answer.corrected = 0
    return answer


def _by(row: RowReading, recorded_by: str | None) -> RowReading:
    if recorded_by is not None and row.event is not None and row.event.recorded_by is None:
        row.event = row.event.model_copy(update={"recorded_by": recorded_by})
    return row


def _answer(row: Compared, policy: Policy, now: datetime, today: date) -> RowAnswer:
    """Decide about one row, as the policy has it."""
    reading = row.reading
    answer = RowAnswer(
        reading,
        row.state,
        None,
        row.stands.id if row.stands else None,
        list(reading.problems),
        list(reading.notes),
    )
    if row.state == "problem":
        if not answer.problems:
            answer.problems.append(reading.at(differing.id_taken(row)))
    elif row.state == "present":
        if row.stands is not None and row.stands.retracted:
            answer.notes.append(_WAS_RETRACTED)
    elif row.state == "new" or _as_new(row.state, policy):
        answer.event = _named(reading.event, now)
    elif row.state == "differs" and policy.update:
        answer.event = correction(row, now, today)
    elif row.state == "duplicate" or not policy.leave:
        answer.problems.append(_hindrance(row))
    return answer


def _as_new(state: State, policy: Policy) -> bool:
    """Return whether a row is to be recorded though the log, or the file, knows it already."""
    if state == "retracted":
        return policy.again
    return policy.as_new and state in ("differs", "duplicate")


def _hindrance(row: Compared) -> CellProblem:
    """Say why a row that is known already keeps the file out."""
    if row.state == "differs":
        return _at_first(row.reading, row, differing.differs(row))
    return row.reading.at(differing.retracted(row) if row.state == "retracted" else differing.duplicate(row))


def _at_first(reading: RowReading, row: Compared, problem: Problem) -> CellProblem:
    """Place what differs at the first cell that says it otherwise."""
    for key in row.differs:
        if key in reading.places:
            column, header = reading.places[key]
            return CellProblem(problem, reading.row, column, header)
    return CellProblem(problem, reading.row)


def _named(event: Event | None, now: datetime) -> Event | None:
    if event is None or event.id is not None:
        return event
    return event.model_copy(update={"id": fresh_id(now)})


def _count(answer: Answer) -> None:
    answer.present = sum(row.state == "present" for row in answer.rows)
    answer.left = sum(
        row.state in ("differs", "retracted") and row.event is None and not row.problems
        for row in answer.rows
    )
    answer.corrected = sum(row.state == "differs" and _corrects(row) for row in answer.rows)
    answer.appended = sum(row.event is not None and not _corrects(row) for row in answer.rows)


def _corrects(row: RowAnswer) -> bool:
    return row.event is not None and row.event.type == "event_corrected" and row.state == "differs"


def _admit(admission: Admission, answer: Answer, now: datetime) -> None:
    """Check and append what is to be recorded; what the checks refuse stands at its row."""
    rows = [row for row in answer.rows if row.event is not None and not row.problems]
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        # The place in this list stands for the file: so each problem finds its row again.
        given = [
            Line(str(start + at), None, row.event) for at, row in enumerate(chunk) if row.event is not None
        ]
        before = len(admission.problems)
        taken = admission.take(given, lambda _: fresh_id(now))
        by_id = {recorded.id: recorded for recorded in taken.appended}
        answer.recorded += taken.appended
        for row in chunk:
            row.recorded = by_id.get(row.event.id or "") if row.event is not None else None
        for problem in admission.problems[before:]:
            row = rows[int(problem.file or 0)]
            row.problems.append(row.reading.at(problem))
            row.state = "problem"


def _see_as_a_whole(admission: Admission, answer: Answer) -> None:
    """Say what only all rows together can say: second joinings, moves in circles and the like."""
    if admission.total:
        return
    rows = [row for row in answer.rows if row.event is not None and not row.problems]
    for problem in admission.see_whole():
        if problem.line is not None or problem.file is None:
            answer.line_problems.append(problem)
            continue
        row = rows[int(problem.file)]
        row.problems.append(row.reading.at(problem))
        row.state = "problem"


def _admit_lines(admission: Admission, files: Sequence[Iterable[Line]], answer: Answer) -> None:
    before, there, appended = len(admission.problems), admission.already.there, admission.appended
    for lines in files:
        occurrences = Occurrences()
        chunk: list[Line] = []
        for line in lines:
            chunk.append(line)
            if len(chunk) == _CHUNK:
                answer.recorded += admission.take(chunk, occurrences).appended
                chunk = []
        if chunk:
            answer.recorded += admission.take(chunk, occurrences).appended
    answer.line_problems = list(admission.problems[before:])
    answer.present += admission.already.there - there
    answer.appended += admission.appended - appended
