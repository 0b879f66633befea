"""What every rule's evaluator reads: the events that happened, who was there, and what was asked.

In: the events frame, a plan, a period, a day. Out: a `Context`. Deliberately absent: points.

Frames of a context:

    events    the events frame, of days up to `on`, with `b` in the place of the code, by position
    branches  b, code, founded (day), parent (code or null): every branch whose registration was read
    asked     b, founded of the branches that are to be scored
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from projections.engine.periods import Period
from projections.plan import Plan, PlannedRule
from projections.roster import build_stays

BY_ASK = {"tally": "events", "none_of": "events", "excess": "events", "deadline": "trigger"}
"""Rule kinds that say nothing where what they look for did not happen, and the ask that tells."""

BY_EVENT = {
    "submission": frozenset({"document_requested"}),
    "rank": frozenset({"metric_reported"}),
    "streak": frozenset({"meeting_held", "lecture_given", "activity_held"}),
}
"""Rule kinds that say nothing without an event of these types."""


@dataclass(frozen=True)
class Context:
    """One replay: what is asked of whom, and what happened.

    `explain`: advisory rules are evaluated, too, and entries name the events behind them. `advisory`: such
    rules are evaluated, and that is all.
    """

    plan: Plan
    period: Period
    on: date
    explain: bool
    events: pl.DataFrame
    branches: pl.DataFrame
    asked: pl.DataFrame
    advisory: bool = False

    @cached_property
    def stays(self) -> pl.DataFrame:
        """The stretches for which members were on the rosters; see `roster.build_stays`."""
        return build_stays(self.events)

    @cached_property
    def _hits(self) -> pl.DataFrame:
        """Every row that an ask looks for: ask, row."""
        asks = [
            ask
            for planned in self.plan.rules
            if self.explain or self.advisory or not planned.rule.advisory
            for ask in planned.asks.values()
        ]
        if self.plan.veto is not None:
            asks.append(self.plan.veto)
        asks = [ask for ask in asks if any(match.type in self.types for match in ask.matches)]
        if not asks:
            return pl.DataFrame(schema={"ask": pl.UInt32, "row": pl.UInt32})
        found = self.events.select(pl.arg_where(ask.expr).implode().alias(str(ask.index)) for ask in asks)
        return (
            found.unpivot(variable_name="ask", value_name="row")
            .explode("row")
            .drop_nulls("row")
            .select(pl.col("ask").cast(pl.UInt32), pl.col("row").cast(pl.UInt32))
        )

    @cached_property
    def _asks_hit(self) -> frozenset[int]:
        """The numbers of the asks that found anything."""
        return frozenset(self._hits["ask"].unique())

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of which there is an event."""
        return frozenset(self.events["type"].unique())

    def rules(self, kind: str) -> list[PlannedRule]:
        """Return the rules of one kind that can yield entries.

        Advisory ones only where they are wanted; those of a kind that events alone bring to speak, only where
        there is such an event.
        """
        rules = self.plan.of_kind(kind, advisory=self.explain or self.advisory)
        if kind in BY_EVENT and not BY_EVENT[kind] & self.types:
            return []
        if kind in BY_ASK:
            return [r for r in rules if r.asks[BY_ASK[kind]].index in self._asks_hit]
        return rules

    def matched(self, asks: Sequence[tuple[int, int]], columns: Iterable[str]) -> pl.DataFrame:
        """Return the rows that asks look for: `key` (the second of each pair), `row`, and event columns.

        `asks` pairs the number of an ask with the key that its rows shall bear.
        """
        keys = pl.DataFrame(asks, schema={"ask": pl.UInt32, "key": pl.UInt32}, orient="row")
        hits = self._hits.join(keys, on="ask", how="inner").select("key", "row")
        return hits.hstack(self.events.select(*dict.fromkeys(columns))[hits["row"]])

    def in_period(self, column: str = "stands") -> pl.Expr:
        """Whether a day lies in the period."""
        return pl.col(column).is_between(self.period.start, self.period.end)
