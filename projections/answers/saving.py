"""What would still save the points of a clause: its obligations that are open at a replay's end of day.

In: what was replayed, a branch, a clause. Out: obligations of the replayed period, by due day, that put
points at stake. Deliberately absent: obligations of other periods, and those that move no points.
"""

from projections.answers.document import Replayed
from projections.engine.duties import Obligation
from projections.engine.logs import Log
from projections.engine.plan import Plan
from projections.engine.replays import recoverable


def what_saves(log: Log, replayed: Replayed, branch: str, clause: str) -> list[Obligation]:
    """List what can still be done for a clause, and what each by itself would save."""
    return recoverable(
        log,
        Plan(replayed.rubric),
        replayed.period,
        branch,
        clause,
        on=replayed.on,
        upto=replayed.position,
    )
