"""What would still save the points of a clause: its obligations that are open at a replay's end of day.

In: a replay, a branch, a clause. Out: obligations of the replayed period, by due day, that put points at
stake. Deliberately absent: obligations of other periods, and those that move no points.
"""

from datetime import timedelta
from operator import attrgetter

import polars as pl

from projections.obligations import UNMET, Obligation, list_obligations
from projections.owed import obligation_frame
from projections.replay import Replay


def what_saves(replayed: Replay, branch: str, clause_id: str) -> list[Obligation]:
    """List what can still be done for a clause, and what each by itself would save.

    A score stands at the end of its day: what was due on that day is lost, so we speak on the next morning.
    Raises KeyError for a branch or a clause that was not replayed.
    """
    context = replayed.context
    clause = {found.id: number for number, found in enumerate(context.plan.clauses)}[clause_id]
    b = dict(context.branches.select("code", "b").iter_rows())[branch]
    morning = context.on + timedelta(days=1)
    frame = obligation_frame(context, morning, clauses={clause}, unmet_only=True)
    saving = frame.filter(
        pl.col("b") == b, pl.col("state").is_in(UNMET), pl.col("due_on") >= morning, pl.col("stake") > 0
    )
    return sorted(list_obligations(context, saving, morning), key=attrgetter("order"))
