"""The one way in: parse, check against the stream, append; for one event and for a million.

In: events, or the lines of files, with the clock, the day and the known rubrics handed in. Out: what was
appended and what was there already; or `Refused` with every problem, and then nothing at all was written.
Deliberately absent: reading files (`files`), judging (`checks`), and the SQL of the log (`store`).

Everything of one call is parsed before the one lock is taken (`lines`), then checked and appended inside
it, in chunks: of a million lines some thousands are in memory, and the ids made for those without one. One
refused line undoes the whole transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from ledger.events import Event
from ledger.intake.admission import Admission, Line, content_of
from ledger.intake.already import equal_that_stands
from ledger.intake.checks import ClauseFacts, KnownRubrics, Rights, Setting, problems_of
from ledger.intake.lines import ParsedLines
from ledger.intake.ready import Content, Occurrences, fresh_id
from ledger.intake.standing import Standing
from ledger.intake.streams import Streams
from ledger.problems import Problem
from ledger.store.append import Appender
from ledger.store.codec import Recorded
from ledger.store.event_store import Store

__all__ = [
    "ClauseFacts",
    "Intake",
    "KnownRubrics",
    "Line",
    "Outcome",
    "Rights",
    "problems_with",
    "record",
    "record_all",
    "record_each",
    "record_new",
]

# So few that what one chunk leaves behind is young garbage: at more, collecting it takes a tenth of the time.
_CHUNK = 2_000


class Outcome(NamedTuple):
    """What became of one event.

    `appended` is false where the same event, by id and content, was in the log already: `recorded` is that
    one then. `equal` is another event of equal content, under another id, that stands in the log: reason
    for a warning. It is looked for only where the event came without an id. `notes` tell what should be known
    of it besides (a ref that was used before, a leaving of somebody who was never there).
    """

    recorded: Recorded
    appended: bool
    equal: Standing | None = None
    notes: tuple[Problem, ...] = ()


class Intake(NamedTuple):
    """How many events an import appended, and how many were there already.

    `equal` counts lines without an id that are there under another id; `retracted` lines with an id that are
    there, but were retracted. `notes` tell what a reader should know, the first hundred.
    """

    appended: int
    present: int
    equal: int = 0
    retracted: int = 0
    notes: tuple[Problem, ...] = ()


def record(
    store: Store,
    event: Event,
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
    own: bool = False,
    rights: Rights | None = None,
) -> Outcome:
    """Record one event; an id is made (UUIDv7) where it has none.

    `now` is the instant (aware), `today` the civil day in the ledger's time zone, `own` says that the program
    itself records it (reminders, seals), `rights` what the account that writes may do. Raises `Refused` with
    every problem.
    """
    return record_each(store, [event], now=now, today=today, known=known, own=own, rights=rights)[0]


def record_each(
    store: Store,
    events: Sequence[Event],
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
    own: bool = False,
    rights: Rights | None = None,
    trial: bool = False,
    numbered: bool = False,
) -> list[Outcome]:
    """Record some events, all or none, and say of each what became of it; otherwise as `record`.

    A `trial` says the same and writes nothing, nor does it take the lock: positions are then no more than a
    guess. Where `numbered`, a problem's `line` is the place of its event in the list, from 1.
    """
    with store.trying(now) if trial else store.appending(now) as appender:
        admission = Admission(appender, Setting(Streams(appender), today, known, own, rights))
        equals = [None if event.id else equal_that_stands(appender, content_of(event)) for event in events]
        lines = [Line(None, at if numbered else None, event) for at, event in enumerate(events, start=1)]
        taken = admission.take(lines, lambda _: fresh_id(now))
        admission.finish()
    return [
        Outcome(settled.recorded, settled.fresh, equal, admission.notes_on(settled.recorded.id))
        for settled, equal in zip(taken.settled(), equals, strict=True)
    ]


def problems_with(
    store: Store, events: Sequence[Event], *, now: datetime, today: date, known: KnownRubrics
) -> list[Problem]:
    """Return what `record_each` would refuse about some events, each by itself; nothing is written."""
    with store.appending(now) as appender:
        setting = Setting(Streams(appender), today, known)
        setting.streams.look_up(events)
        return [problem for event in events for problem in problems_of(event, setting)]


def record_new(
    store: Store,
    choose: Callable[[Appender], Iterable[Event]],
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
    own: bool = False,
    beside: Callable[[Appender, Sequence[Recorded]], None] | None = None,
) -> list[Recorded]:
    """Record those events whose ids the log does not hold yet, all or none, and return them as stored.

    The ids are claims: of any number of programs that come with one, the first records it, and it comes back
    from no other call, whatever the others say. `choose` names the events once nobody else can append any
    more; each needs an id. `beside` is told what was recorded and may write tables beside the log in the
    same transaction. Raises `Refused` as `record` does.
    """
    with store.appending(now) as appender:
        admission = Admission(appender, Setting(Streams(appender), today, known, own))
        named = {event.id or "": event for event in choose(appender)}
        held = appender.held(named)
        recorded: list[Recorded] = []
        for chunk in _chunks(Line(None, None, event) for name, event in named.items() if name not in held):
            recorded += admission.take(chunk, _no_name).appended
        admission.finish()
        if beside is not None and recorded:
            beside(appender, recorded)
    return recorded


def record_all(
    store: Store,
    files: Iterable[Iterable[Line]],
    *,
    now: datetime,
    today: date,
    known: KnownRubrics,
    strict: bool = False,
    on_progress: Callable[[int], None] | None = None,
    tried: list[Recorded] | None = None,
) -> Intake:
    """Record the lines of some files, all or none.

    A line without an id is named by its content and its occurrence in its own file, so that the same file
    again, and an equal line of another file, change nothing. `on_progress` is told now and then how many
    lines are done. Where `tried` is given nothing is written, and what would be recorded is added to it.
    Raises `Refused` with the first hundred problems and their number.
    """
    parsed = [ParsedLines(lines) for lines in files]
    count = sum(map(len, parsed))
    with store.appending(now, lines=count) if tried is None else store.trying(now) as appender:
        appender.begin_instant()
        admission = Admission(appender, Setting(Streams(appender), today, known), strict=strict)
        done = 0
        for lines in parsed:
            occurrences = Occurrences()
            for chunk in _chunks(lines):
                taken = admission.take(chunk, occurrences)
                if tried is not None:
                    tried += taken.appended
                done += len(chunk)
                if on_progress is not None:
                    on_progress(done)
        admission.finish()
    return Intake(
        admission.appended,
        admission.already.present,
        admission.already.equal,
        admission.already.retracted,
        tuple(admission.notes),
    )


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    following = iter(lines)
    while chunk := list(islice(following, _CHUNK)):
        yield chunk


def _no_name(content: Content) -> str:
    raise ValueError(f"an event that is a claim needs an id: {content}")
