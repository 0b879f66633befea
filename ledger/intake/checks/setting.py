"""What an event is checked against: the streams, the day, the rubrics that are known.

Deliberately absent: the checks themselves, and how rubrics are read; whoever wires the program hands them in.
"""

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from ledger.events import Event
from ledger.events.values.nearest import did_you_mean
from ledger.intake.streams import Streams
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
