"""An obligation, as it stands at the beginning of a day: a value.

Made by `obligations`; lists, calendars and reminders are made of it. Deliberately absent: how it is found.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ledger.words import Words

DutyState = Literal["met", "late", "waived", "open", "at_risk", "overdue"]
UNMET: tuple[DutyState, ...] = ("open", "at_risk", "overdue")
"""States in which there is still something to do."""


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
