"""What an event is checked against: the streams, the day, the rubrics that are known; and a correction, read
as the event that it makes of its target, to be checked like any other.

In: a parsed event and what it names. Out: a `Setting`; of a correction its payload in the one form that
payloads of the target's type have, and the target as it would stand. Deliberately absent: the checks
themselves; how rubrics are read, which whoever wires the program hands in; where corrections take effect
(`ledger.effective`).
"""

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Protocol

import orjson

from ledger.errors import Refused
from ledger.events import Event, canonical_data, day_problems, parse_payload
from ledger.events.types.control import EventCorrected
from ledger.events.values.described import did_you_mean
from ledger.intake.streams import Streams, Target
from ledger.problems import Problem
from ledger.words import Words

# Beyond so many words the nearest one costs more than it helps.
_MANY = 5_000


class ClauseFacts(NamedTuple):
    """What intake must know of a rubric's clause: its points in hundredths, and whether it is graded.

    For a clause judged by grades, `points` is the most that an assessment may give: 100.00.
    """

    points: int
    graded: bool


KnownRubrics = Mapping[str, Mapping[str, ClauseFacts]]
"""The rubrics that events may name, by id, each with its clauses by id."""


class Rights(Protocol):
    """What an account may do, as far as intake must know. Who holds the file itself comes without any."""

    @property
    def code(self) -> str | None:
        """The account's code: what `recorded_by` says of its events."""

    def may_read(self, organisation: str) -> bool:
        """Whether an organisation may be read; others are answered as if they did not exist."""

    def may_write(self, organisation: str, type_word: str, payload: Mapping[str, object] | None) -> bool:
        """Whether an event that is no control event may be written."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an event is checked against. `own`: the program itself speaks, not a person or a file. `rights`:
    those of the account that writes, None for who holds the file."""

    streams: Streams
    today: date
    known: KnownRubrics
    own: bool = False
    rights: Rights | None = None
    today_text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "today_text", self.today.isoformat())

    def may_see(self, organisation: str) -> bool:
        """Whether an answer may tell of an organisation."""
        return self.rights is None or self.rights.may_read(organisation)


Check = Callable[[Event, Setting], Problem | None]


def nearest(word: str, known: Collection[str]) -> Words | None:
    """Return "did you mean" for a code that is close to a known one, else None."""
    close = difflib.get_close_matches(word, known, n=1) if len(known) <= _MANY else []
    return did_you_mean(close[0]) if close else None


def in_one_form(correction: Event, type_word: str) -> Event:
    """Return the correction with its payload as a payload of that type is stored.

    Raises `Refused` with every problem of the payload, its fields told as `data.data.…`.
    """
    said = _said(correction)
    payload = parse_payload(type_word, said.data, path="data.data")
    stored_form = orjson.loads(canonical_data(payload))
    return correction.model_copy(update={"data": said.model_copy(update={"data": stored_form})})


def effective(correction: Event, target: Target) -> Event:
    """Return the target as it would stand: days that the correction leaves out are kept.

    Raises `Refused` where the payload, or a day, is not what the target's type may hold.
    """
    said = _said(correction)
    payload = parse_payload(target.type, said.data, path="data.data")
    occurred_on = said.occurred_on or date.fromisoformat(target.occurred_on)
    counts_for = said.counts_for or target.counts_for
    problems = [retold(problem) for problem in day_problems(payload, occurred_on, counts_for)]
    if problems:
        raise Refused(problems)
    return Event(
        branch=correction.branch,
        type=target.type,
        occurred_on=occurred_on,
        counts_for=counts_for,
        data=payload,
    )


def retold(problem: Problem) -> Problem:
    """Tell a problem of the event that would stand as one of the correction that says so."""
    return replace(problem, field=f"data.{problem.field}" if problem.field else "data")


def _said(correction: Event) -> EventCorrected:
    if not isinstance(correction.data, EventCorrected):
        raise TypeError(f"no correction: {correction.type}")
    return correction.data
