"""Events on their way through the door, some thousands at a time, inside the one lock.

In: lines (as text, as parsed events, or as what a file reader refused). Out: what was appended, what was
there already, and every problem with its file and line. Deliberately absent: when to give up; `batch`
decides that once everything was looked at, and leaving its transaction undoes what was appended.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ledger.effective import NO_FACTS
from ledger.errors import Refused
from ledger.events import Event
from ledger.events.types.control import EventCorrected
from ledger.events.types.organizations import BranchRegistered
from ledger.intake.already import Already, Candidate, content_of, content_of_stored
from ledger.intake.checks import Setting, in_one_form, is_fine, problems_of
from ledger.intake.lines import Line, event_of, names_in
from ledger.intake.ready import Content, Occurrences, Ready
from ledger.intake.whole import Whole
from ledger.problems import Problem
from ledger.store.append import Appender, Trial
from ledger.store.codec import Draft, Recorded

__all__ = ["Admission", "Line", "Settled", "Taken", "content_of", "content_of_stored"]

MOST_PROBLEMS = 100


class Settled(NamedTuple):
    """An event that is in the log now; `fresh` where it was not before."""

    recorded: Recorded
    fresh: bool


Naming = Callable[[Content], str] | Occurrences
"""Makes the id of content that came without one. With the occurrences of a file, what stands in the log is
compared as well."""


class Taken(NamedTuple):
    """What came of some lines, together."""

    candidates: Sequence[Candidate]
    stored: Mapping[str, Recorded]
    appended: Sequence[Recorded]

    def settled(self) -> list[Settled]:
        """Return what became of each, in their order; for lines none of which was refused."""
        fresh = {recorded.id: recorded for recorded in self.appended}
        told: set[str] = set()
        settled = []
        for candidate in self.candidates:
            # Of two equal ones with one id in the same call, the first was appended.
            new = candidate.id in fresh and candidate.id not in told
            told.add(candidate.id)
            settled.append(Settled(fresh.get(candidate.id) or self.stored[candidate.id], new))
        return settled


class Admission:
    """One run through the door. Counts what it does: `problems` holds the first hundred of `total`.

    What was there already is counted by `already`. With `strict` an equal event is a problem.
    """

    def __init__(self, appender: Appender, setting: Setting, *, strict: bool = False) -> None:
        self.appended = 0
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.total = 0
        self._appender = appender
        self._setting = setting
        self._streams = setting.streams
        self.already = Already(
            appender, setting.streams, appender.head.position, setting.may_see, strict=strict
        )
        self._whole = Whole(setting, appender.head.position)

    @property
    def present(self) -> int:
        """How many lines were there already."""
        return self.already.present

    def take(self, lines: Sequence[Line], name: Naming) -> Taken:
        """Parse, check and append these lines; `name` makes the id of content that came without one."""
        found: list[tuple[int, Problem]] = []
        parsed = self._parse(lines, found)
        self._streams.look_up([event for _, event in parsed])
        candidates = self._identify(parsed, name, found)
        stored = self._stored({candidate.id for candidate in candidates})
        drafts = self._check(candidates, stored, found, lines)
        appended = self._appender.append(list(drafts.values())) if drafts else []
        self.appended += len(appended)
        self._whole.keep(appended)
        self._tell(lines, found)
        return Taken(candidates, stored, appended)

    def _stored(self, ids: Collection[str]) -> Mapping[str, Recorded]:
        """Return the events of the log that bear some ids. To who only tries, none that must not be told of:
        trying leaves no trace, and could be asked of any id. What is meant to be recorded needs an id of its
        own, and is refused."""
        stored = self._appender.stored(ids)
        if not isinstance(self._appender, Trial):
            return stored
        return {name: found for name, found in stored.items() if self._setting.may_see(found.branch)}

    def see_whole(self) -> list[Problem]:
        """Return what only all that came in, seen together with the log, can say; at the lines of the new."""
        found = sorted(self._whole.problems(self._appender), key=_place)
        self.total += len(found)
        self.problems += found[: MOST_PROBLEMS - len(self.problems)]
        self.notes += [note for _, note in self._whole.notes()][: MOST_PROBLEMS - len(self.notes)]
        return found

    def finish(self) -> None:
        """See what came in as a whole. Raises `Refused` with every problem of this run."""
        if not self.total:
            self.see_whole()
        if self.total:
            raise Refused(self.problems, self.total)

    def notes_on(self, event_id: str) -> tuple[Problem, ...]:
        """Return what should be known of one event that was taken."""
        return tuple(note for noted, note in self._whole.notes() if noted == event_id)

    def _parse(
        self, lines: Sequence[Line], found: list[tuple[int, Problem]]
    ) -> list[tuple[int, Event | Ready]]:
        parsed: list[tuple[int, Event | Ready]] = []
        for at, line in enumerate(lines):
            if isinstance(line.raw, Ready):
                parsed.append((at, line.raw))
                continue
            try:
                parsed.append((at, event_of(line.raw)))
            except Refused as refused:
                found.extend((at, problem) for problem in refused.problems)
                self.total += refused.total - len(refused.problems)
                self._forgive(names_in(line.raw))
        return parsed

    def _identify(
        self,
        parsed: list[tuple[int, Event | Ready]],
        name: Naming,
        found: list[tuple[int, Problem]],
    ) -> list[Candidate]:
        candidates = []
        before: dict[str, Event | Ready] = {}
        for at, given in parsed:
            event = given
            if isinstance(given, Event) and isinstance(given.data, EventCorrected):
                try:
                    event = self._in_one_form(given, given.data, before)
                except Refused as refused:
                    found.extend((at, problem) for problem in refused.problems)
                    self._forgive(_names_of(given))
                    continue
            event_id, occurrence = (event.id, 0) if event.id else _named(name, content_of(event))
            before.setdefault(event_id, event)
            candidates.append(Candidate(at, event, event_id, occurrence))
        return candidates

    def _in_one_form(
        self, event: Event, correction: EventCorrected, before: Mapping[str, Event | Ready]
    ) -> Event:
        """Return a correction with its payload as the target's type has it.

        Where the target is none that can be corrected, the checks will say so.
        """
        target = before.get(correction.target) or self._streams.target(correction.target)
        if target is None or target.branch != event.branch or target.type in NO_FACTS:
            return event
        return in_one_form(event, target.type)

    def _check(
        self,
        candidates: list[Candidate],
        stored: Mapping[str, Recorded],
        found: list[tuple[int, Problem]],
        lines: Sequence[Line],
    ) -> dict[str, Draft]:
        drafts: dict[str, Draft] = {}
        for candidate in candidates:
            at, said, event_id, occurrence = candidate
            twin = stored.get(event_id) or drafts.get(event_id)
            if twin is not None or occurrence:
                there, problem = self.already.find(candidate, twin)
                if problem is not None and problem.severity == "note":
                    self.notes.append(_placed(problem, lines[at]))
                elif problem is not None:
                    found.append((at, problem))
                if there:
                    continue
            if problems := self._problems(said):
                found.extend((at, problem) for problem in problems)
                self._forgive((event_id, *_names_of(said)))
                continue
            self._streams.note(event_id, said)
            self._whole.note(event_id, said, lines[at].file, lines[at].number)
            drafts[event_id] = _draft(event_id, said)
        return drafts

    def _problems(self, said: Event | Ready) -> list[Problem]:
        if isinstance(said, Ready):
            if is_fine(said, self._setting):
                return []
            said = said.event()
        return problems_of(said, self._setting)

    def _forgive(self, names: Sequence[str]) -> None:
        for name in names:
            self._streams.forgive(name)

    def _tell(self, lines: Sequence[Line], found: list[tuple[int, Problem]]) -> None:
        self.total += len(found)
        # Parsing, naming and checking each go through all lines: bring their findings in order of lines.
        found.sort(key=lambda item: item[0])
        for at, problem in found[: MOST_PROBLEMS - len(self.problems)]:
            self.problems.append(_placed(problem, lines[at]))


def _place(problem: Problem) -> tuple[str, int]:
    return problem.file or "", problem.line or 0


def _named(name: Naming, content: Content) -> tuple[str, int]:
    return name.next(content) if isinstance(name, Occurrences) else (name(content), 0)


def _draft(event_id: str, said: Event | Ready) -> Draft:
    if isinstance(said, Ready):
        return Draft._make(said) if said.id else Draft(event_id, *said[1:])
    branch, type_word, occurred_on, counts_for, data = content_of(said)
    version = said.data.schema_version
    return Draft(event_id, branch, type_word, version, occurred_on, counts_for, data, said.recorded_by)


def _names_of(event: Event | Ready) -> list[str]:
    registering = isinstance(event, Event) and isinstance(event.data, BranchRegistered)
    registered = event.branch if registering else None
    return [name for name in (event.id, registered) if name is not None]


def _placed(problem: Problem, line: Line) -> Problem:
    number = problem.line if line.number is None else line.number
    return replace(problem, file=line.file, line=number)
