"""Entries, a ledger of points: one line a window, a member in it, an event, or a judgement; and an
obligation as it stands at the beginning of a day.

In: what a rule found. Out: `Entry`, with the points that it moves and those that it puts at risk;
`Obligation`, which `due` makes of entries, and lists, calendars and reminders are made of. Deliberately
absent: sums; scores are made of entries elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ledger.words import Words
from projections.engine.periods import Window
from projections.engine.plan import Charge

State = Literal["met", "lost", "gained", "open", "waived"]
"""met: fulfilled; lost: its time is over, or a deduction was recorded; gained: points earned; open: not
fulfilled yet, its points are at risk; waived: the superior waived it, or the member is exempt."""
DutyState = Literal["met", "late", "waived", "open", "at_risk", "overdue"]
UNMET: tuple[DutyState, ...] = ("open", "at_risk", "overdue")
"""States in which there is still something to do."""


@dataclass(slots=True)
class Entry:
    """One line of the ledger of points. Made by a rule, priced once, never changed after.

    `clause` is the number of the clause in the form's order (-1: a rule of the rubric itself), `rule` the
    place of the rule in the clause, counted from 0; None for a judgement or a grade. `cause` is
    `kind:outcome`, the same words in every language (`quota:missing`, `dues:late`, `rank:2 of 5`,
    `tally:article_published`, `assessed:superior`, `graded`, `veto:CATEGORY`). `window` is None for what an
    event causes. `due` is the due day, or the day of the event, as an ordinal (`date.toordinal`). `member` is
    the member, or the subordinate branch, whose entry it is.

    `required`, `done`, `missing` are units in hundredths, None where nothing is counted. `points` are
    hundredths, signed; `risk` (≤ 0) is what an open entry would move if it were lost; both come from
    `amount`, what the entry by itself moves, or, where entries share a price, from their `charge`. `position`
    is that of the first event behind it, 0 where there is none. `done_after` counts, past a due day inside
    the window, what came later in it, too. `anchor` is the id of the trigger or request. `began` is the first
    day (ordinal) of the window, or the day of the trigger or request; `ref` what a request is called.
    `events` are ids, in the order in which the events stand; they are listed where a replay is asked to
    explain.
    """

    clause: int
    rule: int | None
    state: State
    cause: str
    due: int
    window: Window | None = None
    member: str | None = None
    required: int | None = None
    done: int | None = None
    missing: int = 0
    amount: int = 0
    charge: Charge | None = None
    advisory: bool = False
    position: int = 0
    events: tuple[str, ...] = ()
    began: int = 0
    anchor: str | None = None
    ref: str | None = None
    done_after: int | None = None
    points: int = 0
    risk: int = 0

    @property
    def due_on(self) -> date:
        """The due day, or the day of the event that caused the entry."""
        return date.fromordinal(self.due)

    @property
    def label(self) -> str | None:
        """The window's label, None where there is no window."""
        return None if self.window is None else self.window.label


@dataclass(frozen=True, slots=True)
class Obligation:
    """One clause's rule in one window; for a deadline or a requested document: one trigger or request.

    `obligation` is a key that stays the same from day to day and from ledger to ledger. `clause` is `-` for
    an obligation of the rubric itself. `kind` is the rule's (`quota`, `dues`, …), `what` the form's own title
    of what is asked (the ref beside it), `form` the rubric's title. `window` is a label, None for a trigger
    or request.

    `required`, `done`, `missing` are units in hundredths, over all who owe. `at_stake`, in hundredths of
    points: what the clause would lose by this alone if nothing more came; for `late` and `overdue` what it
    cost. `members`: everybody (or every subordinate) who still misses something, sorted; `part_paid`: those
    of them who have paid a part of their dues. `begins`, `lead_on`: the first day of the window or span, of
    the lead time. `place`: clause and rule in the form's order, and the window.
    """

    branch: str
    rubric: str
    clause: str
    obligation: str
    kind: str
    what: Words
    form: Words
    window: str | None
    due_on: date
    days_left: int
    required: int
    done: int
    missing: int
    at_stake: int
    members: tuple[str, ...]
    part_paid: tuple[str, ...]
    advisory: bool
    state: DutyState
    begins: date
    lead_on: date
    place: tuple[int, int, str]

    @property
    def order(self) -> tuple[object, ...]:
        """By due day, then points at stake, highest first; then by branch, rubric and the form's order."""
        return self.due_on, -self.at_stake, self.branch, self.rubric, self.place

    @property
    def unmet(self) -> bool:
        """Whether there is still something to do."""
        return self.state in UNMET
