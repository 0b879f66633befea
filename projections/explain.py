"""Beside the entries of one clause: which rule made each, and what it still puts at risk.

In: a replay that was asked to explain. Out: one row an entry, as the answer lists them, with the rule's place
in the clause and the points that the entry alone would move if it were lost. Deliberately absent: words.
"""

from typing import NamedTuple

import polars as pl

from projections.answer import Row, entry_rows
from projections.entries import told_in_order
from projections.judgements import Grade, read_grades
from projections.means import build_means
from projections.replay import Replay


class Explained(NamedTuple):
    """An entry of the contract. `rule` counts from 0 in the clause, None for a judgement; `at_risk` ≥ 0."""

    entry: Row
    rule: int | None
    at_risk: int


def explain_clause(replayed: Replay, branch: str, clause_id: str) -> list[Explained]:
    """List the entries of a branch's clause, in the answer's order; at risk in hundredths.

    Raises KeyError for a branch or a clause that was not replayed.
    """
    context = replayed.context
    numbers = dict(context.branches.select("code", "b").iter_rows())
    clauses = {clause.id: number for number, clause in enumerate(context.plan.clauses)}
    place = (numbers[branch], clauses[clause_id])
    means = build_means(replayed) if context.plan.rubric.aggregate == "mean" else None
    listed = entry_rows(replayed, means).get(place, [])
    rows = replayed.entries.filter(pl.col("b") == place[0], pl.col("clause") == place[1])
    ordered = sorted(rows.iter_rows(named=True), key=told_in_order)
    explained = [
        Explained(entry, row["order"], -row["risk"]) for entry, row in zip(listed, ordered, strict=False)
    ]
    if any(one.entry["cause"] != row["cause"] for one, row in zip(explained, ordered, strict=True)):
        raise RuntimeError("entries are listed in another order than the answer's")
    return explained + [Explained(entry, None, 0) for entry in listed[len(ordered) :]]


def explain_grade(replayed: Replay, branch: str, clause_id: str) -> Grade | None:
    """Return the grade that a branch's clause was given, None where none was."""
    context = replayed.context
    numbers = dict(context.branches.select("code", "b").iter_rows())
    clauses = {clause.id: number for number, clause in enumerate(context.plan.clauses)}
    return read_grades(context).get((numbers[branch], clauses[clause_id]))
