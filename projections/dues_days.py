"""By which day of the month the forms of a branch ask for its dues.

In: a ledger, and the forms that its log says were adopted. Out: for a branch, each such form's title and day.
Deliberately absent: who has paid; that is an obligation.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from ledger.words import Words
from projections.engine.reading.tree import read_tree
from rubrics.reader.loaded import Loaded
from rubrics.rules import Dues

if TYPE_CHECKING:
    from ledger.store.event_store import Store

LAST_DAY = 31


def dues_days(store: "Store", rubrics: Iterable[Loaded]) -> Callable[[str], Sequence[tuple[Words, int]]]:
    """Return a function from a branch to titles and days; `LAST_DAY` stands for the last of each month."""
    titles = {}
    for loaded in rubrics:
        rules = [rule for clause in loaded.rubric.clauses() for rule in clause.rules]
        days = {
            LAST_DAY if rule.by_day == "last" else rule.by_day for rule in rules if isinstance(rule, Dues)
        }
        title = loaded.rubric.title
        titles[loaded.rubric.id] = [(Words(title.zh, title.en), day) for day in sorted(days)]
    found: dict[str, list[tuple[Words, int]]] = {}
    for branch, organization in read_tree(store, upto=store.head().position).items():
        asked = [told for one in organization.adoptions for told in titles.get(one.rubric, ())]
        found[branch] = list(dict.fromkeys(asked))
    return lambda branch: found.get(branch, ())
