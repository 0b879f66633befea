"""Which rule of its clause made each entry of the answer.

In: a replay that was asked to explain. Out: for each branch and clause the places of the rules, one an entry
as the answer lists them; None for a judgement. Deliberately absent: words.

A clause may ask for several things; a report that says "not enough done" must say of what.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from projections.entries import told_in_order
from projections.replay import Replay

Places = Mapping[tuple[str, str], Sequence[int]]


def rules_behind(replayed: Replay) -> Places:
    """Return the places of the rules behind the entries, by code of the branch and id of the clause.

    Judgements, which the answer lists last, have no place: the sequence ends before them. Graded clauses,
    whose grades stand among the entries of their rules, are left out.
    """
    context = replayed.context
    codes = dict(context.branches.select("b", "code").iter_rows())
    clauses = context.plan.clauses
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    rows = replayed.entries.filter(pl.col("clause") >= 0).iter_rows(named=True)
    for row in sorted(rows, key=told_in_order):
        clause = clauses[row["clause"]]
        if not clause.graded:
            # `order` is the place of the rule.
            found[codes[row["b"]], clause.id].append(row["order"])
    return found
