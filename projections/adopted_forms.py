"""The forms that the branches of a log go by, and by which day of the month they ask for dues.

In: the organisations of a log, a library, a day; or a ledger. Out: loaded forms, and what cannot be used of
those by which somebody goes on that day; for a branch, each such form's title and day. Deliberately absent:
who goes by which since when (the tree knows), who has paid (that is an obligation), printing.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ledger.words import Words
from projections.engine.reading.tree import Tree, read_tree
from rubrics.library import Library, Unusable
from rubrics.reader.loaded import Loaded
from rubrics.rules import Dues

if TYPE_CHECKING:
    from ledger.store.event_store import Store

_LAST_DAY = 31


def adopted_forms(tree: Tree, library: Library, on: date) -> tuple[list[Loaded], list[Unusable]]:
    """Read every form that was ever adopted; of the unusable ones tell those adopted on the day."""
    day = on.toordinal()
    ids = {adoption.rubric for one in tree.values() for adoption in one.adoptions}
    usable, unusable = library.take(sorted(ids))
    standing = {
        adoption.rubric
        for one in tree.values()
        if one.dissolved > day
        for adoption in one.adoptions
        if adoption.stands_on(day)
    }
    return usable, [one for one in unusable if one.id in standing]


def dues_days(store: "Store", rubrics: Iterable[Loaded]) -> Callable[[str], Sequence[tuple[Words, int]]]:
    """Return a function from a branch to titles and days; 31 stands for the last of each month."""
    titles = {}
    for loaded in rubrics:
        rules = [rule for clause in loaded.rubric.clauses() for rule in clause.rules]
        days = {
            _LAST_DAY if rule.by_day == "last" else rule.by_day for rule in rules if isinstance(rule, Dues)
        }
        title = loaded.rubric.title
        titles[loaded.rubric.id] = [(Words(title.zh, title.en), day) for day in sorted(days)]
    found: dict[str, list[tuple[Words, int]]] = {}
    for branch, organization in read_tree(store, upto=store.head().position).items():
        asked = [told for one in organization.adoptions for told in titles.get(one.rubric, ())]
        found[branch] = list(dict.fromkeys(asked))
    return lambda branch: found.get(branch, ())
