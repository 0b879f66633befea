"""The names that a ledger keeps: of organisations, and of members for the screen of whoever asks.

In: an open ledger. Out: `Names`. Deliberately absent: who may see them; the doors decide.
"""

from typing import TYPE_CHECKING

from projections.engine.reading.tree import read_tree
from projections.text.labels import NAMELESS, Names

if TYPE_CHECKING:
    from ledger.store.event_store import Store


def read_names(store: "Store", *, members: bool = True, codes: bool = False) -> Names:
    """Return the names of all organisations; those of members, too, unless they are not wanted.

    `codes`: no names at all.
    """
    if codes:
        return NAMELESS
    from ledger.people import all_names

    branches = {code: found.name for code, found in read_tree(store, upto=store.head().position).items()}
    return Names(branches, all_names(store) if members else None)
