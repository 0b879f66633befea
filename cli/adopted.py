"""The rubrics that the log says were adopted.

In: an open ledger. Out: loaded rubrics, and a warning of those that are not at hand. Deliberately absent: who
adopted them since when; projections read that where they need it.
"""

from typing import TYPE_CHECKING

from cli.context import Door
from cli.known import known_ids, load_rubric, not_at_hand
from projections.adoptions import read_adoptions
from rubrics.load import Loaded

if TYPE_CHECKING:
    from ledger.store import Store


def adopted_rubrics(door: Door, store: "Store", upto: int) -> list[Loaded]:
    """Read the rubrics that were adopted up to a position; raises SaysNo for one that is no good."""
    known = known_ids()
    rubrics = []
    for rubric in dict.fromkeys(adoption.rubric for adoption in read_adoptions(store, upto=upto)):
        if rubric in known:
            rubrics.append(load_rubric(rubric))
        else:
            door.screen.warn(not_at_hand(rubric))
    return rubrics
