"""The rubrics that the log says were adopted.

In: an open ledger. Out: loaded rubrics, and a warning of those that are not at hand. Deliberately absent: who
adopted them since when; projections read that where they need it.
"""

from typing import TYPE_CHECKING

from cli.context import Door
from cli.known import library
from cli.ui.language import noted
from projections.adoptions import read_adoptions
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from ledger.store.event_store import Store


def adopted_rubrics(door: Door, store: "Store", upto: int) -> list[Loaded]:
    """Read the rubrics that were adopted up to a position; warn of those that cannot be used."""
    rubrics, unusable = library().take(adoption.rubric for adoption in read_adoptions(store, upto=upto))
    for one in unusable:
        door.screen.warn(noted(one.words))
    return rubrics
