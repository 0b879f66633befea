"""Which rule of its clause made each entry of the answer.

In: a replay that was asked to explain. Out: for each branch and clause the places of the rules, one an entry
as the answer lists them; None for a judgement. Deliberately absent: words.

A clause may ask for several things; a report that says "not enough done" must say of what.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

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
    found: defaultdict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    rows = replayed.entries.filter(pl.col("clause") >= 0)
    for row in rows.iter_rows(named=True):
        clause = clauses[row["clause"]]
        if clause.graded:
            continue
        # The answer's own order; `order` is the place of the rule.
        key = (
            row["due_on"], row["order"], row["window"] or "", row["member"] or "",
            row["cause"], row["points"], row["pos"] or 0,
        )  # fmt: skip
        found[codes[row["b"]], clause.id].append(key)
    return {place: [key[1] for key in sorted(keys)] for place, keys in found.items()}
