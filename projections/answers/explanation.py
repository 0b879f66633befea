"""Why a clause of a branch has its points: its entries, the events behind them, what would still save some.

In: a replay that was asked to explain, an open ledger. Out: an `Explanation`; its document. Deliberately
absent: scoring; entries, and what each puts at risk, are those of the replay. Events are told as they stood
in the replayed prefix.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections.answers.document import Replayed, Row, clause_row, entry_row
from projections.answers.history import Fates
from projections.engine.entries import Entry
from projections.engine.plan import Plan
from projections.engine.replays import recoverable
from projections.engine.results import BranchScore, ClauseScore, ItemScore
from rubrics.model import Clause, Item
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from ledger.store.event_store import Store
    from projections.answers.history import Fate
    from projections.engine.entries import Obligation
    from projections.engine.logs import Log


@dataclass(frozen=True, slots=True)
class Behind:
    """An event behind an entry, as it stood in the replayed prefix."""

    id: str
    type: str
    fate: "Fate"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clause, where it stands in the form and in the score, and the events behind each of its entries."""

    item: Item
    clause: Clause
    item_score: ItemScore
    score: ClauseScore
    behind: Sequence[Sequence[Behind]]

    def entries(self) -> Iterator[tuple[Entry, Sequence[Behind]]]:
        """Yield each entry with the events behind it."""
        yield from zip(self.score.entries, self.behind, strict=True)

    def row(self) -> Row:
        """Return the clause as programs read it: its entries bear their rule and what they put at risk."""
        entries = [
            {**entry_row(entry), "rule": entry.rule, "at_risk": print_points(-entry.risk)}
            for entry in self.score.entries
        ]
        return {**clause_row(self.score, explain=False), "entries": entries}


def explain_clauses(
    store: "Store", replayed: Replayed, score: BranchScore, clauses: Sequence[str]
) -> list[Explanation]:
    """Explain clauses of a branch, in the form's order."""
    fates = Fates(store, score.branch, upto=replayed.position)
    found = []
    for section, shown_section in zip(replayed.rubric.sections, score.sections, strict=True):
        for item, shown in zip(section.items, shown_section.items, strict=True):
            for clause, one in zip(item.clauses, shown.clauses, strict=True):
                if clause.id in clauses:
                    behind = [list(_behind(store, fates, entry)) for entry in one.entries]
                    found.append(Explanation(item, clause, shown, one, behind))
    return found


def explanation_row(replayed: Replayed, branch: str, asked: str, explained: Sequence[Explanation]) -> Row:
    """Return the JSON of an explanation: of a clause, or of an item with its clauses."""
    rows = [one.row() for one in explained]
    head = replayed.row() | {"branch": branch}
    one = rows and rows[0]["id"] == asked
    return head | ({"clause": rows[0]} if one else {"item": asked, "clauses": rows})


def _behind(store: "Store", fates: Fates, entry: Entry) -> Iterator[Behind]:
    for event_id in entry.events:
        event = store.find(event_id)
        if event is not None:
            yield Behind(event.id, event.type, fates.of(event))


def what_saves(log: "Log", replayed: Replayed, branch: str, clause: str) -> "list[Obligation]":
    """List what can still be done for a clause in the replayed period, by due day.

    What puts no points at stake is left out.
    """
    return recoverable(
        log,
        Plan(replayed.rubric),
        replayed.period,
        branch,
        clause,
        on=replayed.on,
        upto=replayed.position,
    )
