"""A clause for people: its heading, and a line for each of its entries.

In: a branch's score with its entries, the rubric, names. Out: blocks of words, a block a clause. Deliberately
absent: the events themselves; an explanation of one clause shows them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.words import Words
from projections.engine.results import BranchScore, ClauseScore
from projections.text.amounts import points_of
from projections.text.entries import entry_line
from projections.text.labels import NAMELESS, Names
from projections.text.rules import clause_title
from rubrics.model import Clause, Item, Rubric


@dataclass(frozen=True, slots=True)
class Block:
    """A clause's heading and a line for each entry."""

    heading: Words
    lines: Sequence[Words]


def entry_blocks(score: BranchScore, rubric: Rubric, names: Names = NAMELESS) -> Iterator[Block]:
    """Return a block for each clause that has entries."""
    for item, clause, shown in clauses_of(score, rubric):
        if shown.entries:
            lines = [entry_line(entry, names) for entry in shown.entries]
            yield Block(clause_heading(shown, item, clause), lines)


def clauses_of(score: BranchScore, rubric: Rubric) -> Iterator[tuple[Item, Clause, ClauseScore]]:
    """Yield every clause of a form beside its score."""
    for item, shown in zip(rubric.items(), score.items(), strict=True):
        for clause, one in zip(item.clauses, shown.clauses, strict=True):
            yield item, clause, one


def clause_heading(score: ClauseScore, item: Item, clause: Clause) -> Words:
    """Return a clause's id, title and points: `2.2.b rank  0.00 of 2.00`."""
    return f"{clause.id} " + clause_title(item, clause) + "  " + points_of(score.score, score.points)
