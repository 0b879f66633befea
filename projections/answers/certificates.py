"""A certificate in the log, checked.

In: an open ledger, a `score_sealed` event, today's rubric of its id. Out: a verdict. Deliberately absent:
what is asked of a certificate (`seals`), and how it is told.
"""

from datetime import date
from typing import TYPE_CHECKING

from ledger.errors import BrokenChain
from projections.answers.scoring import head_at, named_period, replay_of
from projections.answers.seals import Verdict, check_seal
from projections.engine.results import BranchScore
from rubrics.reader.loaded import parse_rubric

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store


def check_certificate(store: "Store", found: "Recorded", todays_rubric: str | None, program: str) -> Verdict:
    """Check a certificate. Raises RubricError where this program cannot read the sealed rubric any more.

    `todays_rubric`: the text of the rubric of that id as it is now, None where there is none.
    """
    sealed = found.payload()
    position = int(str(sealed["position"]))

    def replay_with(text: str, upto: int | None) -> BranchScore:
        loaded = parse_rubric(text, str(sealed["rubric"]))
        _, answer = replay_of(
            store,
            loaded,
            named_period(str(sealed["period"]), loaded.rubric.year_start),
            on=date.fromisoformat(str(sealed["on"])),
            upto=position if upto is None else upto,
            branches=[found.branch],
            explain=True,
        )
        return answer.branch(found.branch)

    return check_seal(
        sealed,
        _recomputed_head(store, position),
        replay_with,
        todays_rubric=todays_rubric,
        head=store.head().position,
        program=program,
    )


def _recomputed_head(store: "Store", position: int) -> str:
    """Recompute the chain and return the hash at a position; a broken chain counts as another log."""
    try:
        store.verify()
    except BrokenChain:
        return ""
    return head_at(store, position)
