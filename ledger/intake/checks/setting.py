"""What an event is checked against: the streams, the day, the rubrics that are known.

Deliberately absent: the checks themselves, and how rubrics are read; whoever wires the program hands them in.
"""

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ledger.events import Event
from ledger.events.kinds import did_you_mean
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


@dataclass(frozen=True, slots=True)
class Setting:
    """What an event is checked against. `own`: the program itself speaks, not a person or a file."""

    streams: Streams
    today: date
    known: KnownRubrics
    own: bool = False


Check = Callable[[Event, Setting], Problem | None]


def nearest(word: str, known: Collection[str]) -> Words | None:
    """Return "did you mean" for a code that is close to a known one, else None."""
    close = difflib.get_close_matches(word, known, n=1) if len(known) <= _MANY else []
    return did_you_mean(close[0]) if close else None
