"""What new events change, as a value: the difference of two replays, clause by clause.

Made by `impact`. Deliberately absent: how it is found; sentences.
"""

from dataclasses import dataclass
from typing import Literal

from projections.engine.duties import Obligation

Why = Literal[
    "cap", "full", "floor", "short", "founding", "roster", "exempt", "period", "judged", "waived", "other"
]
"""Why an event that a clause's rules match moved no points of it.

cap: the clause, item or section gives no more; full: nothing was lost that it could win back (what was asked
is met already); floor: the clause has nothing left to lose; short: too little, or too late, to count;
founding: it lies before the day from which the branch owes; roster: the member is not on the roster; exempt:
the member is exempt; period: it stands in no window of the period; judged: a judgement stands; waived: the
clause is waived; other.
"""


@dataclass(frozen=True, slots=True)
class Impact:
    """A clause of one rubric year of one branch that new events move, or whose rules match them.

    `period` is the rubric year's name. `before`, `after`: the branch's total, `score_before`, `score_after`
    the clause's score, as of today, in hundredths. `met`: obligations that became met or late by the events;
    `unmet` the reverse. `why` is None where the clause's score moved. `events`: ids of those of the events
    that the clause's rules match, empty where it moved by others (a member who joined).
    """

    branch: str
    rubric: str
    period: str
    clause: str
    before: int
    after: int
    score_before: int
    score_after: int
    met: tuple[Obligation, ...]
    unmet: tuple[Obligation, ...]
    why: Why | None
    events: tuple[str, ...] = ()
