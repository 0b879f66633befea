"""The forms that a command goes by: those named, or those that branches adopted.

In: an open ledger, ids and paths. Out: loaded forms, and a warning of adopted ones that cannot be used.
Deliberately absent: how they are found (`projections.adopted_forms`, `rubrics.library`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.context import Door
from cli.known import library, load_rubric
from cli.ui.language import noted
from projections.adopted_forms import adopted_forms
from projections.engine.reading.tree import read_tree
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from ledger.store.event_store import Store


def adopted_rubrics(door: Door, store: "Store", upto: int) -> list[Loaded]:
    """Read the rubrics that were adopted up to a position; warn of those that cannot be used."""
    usable, unusable = adopted_forms(read_tree(store, upto=upto), library(), door.today(store))
    for one in unusable:
        door.screen.warn(noted(one.words))
    return usable


def named_rubrics(names: Sequence[str]) -> list[Loaded]:
    """Read rubrics named by id or path, each id once. Raises WrongUsage, SaysNo."""
    found: dict[str, Loaded] = {}
    for loaded in map(load_rubric, names):
        found.setdefault(loaded.rubric.id, loaded)
    return list(found.values())
