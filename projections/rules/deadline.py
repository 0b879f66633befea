"""Deadlines: after each trigger a response, of the same member or ref, within a span.

In: a context, deadline rules. Out: one raw entry a trigger whose last day lies in the period. Deliberately
absent: which response answers which trigger (`answering`).
"""

from collections.abc import Iterable, Sequence

import polars as pl

from projections.answering import Response, Trigger, answer, span
from projections.context import Context
from projections.entries import RAW
from projections.plan import PlannedRule
from rubrics.rules import Deadline


def evaluate_deadlines(context: Context, rules: Sequence[PlannedRule]) -> pl.LazyFrame:
    """Match triggers and responses of every deadline, and say how each trigger stands."""
    founded = dict(context.asked.select("b", "founded").iter_rows())
    rows: list[tuple[object, ...]] = []
    for planned in rules:
        rule = planned.rule
        if not isinstance(rule, Deadline):
            raise TypeError(rule.kind)
        triggers = [
            trigger
            for trigger in _triggers(context, planned, rule)
            if trigger.b in founded and trigger.day >= founded[trigger.b]
        ]
        if triggers:
            answer(triggers, _responses(context, planned, rule))
            rows += [
                _row(context, planned, rule, trigger)
                for trigger in triggers
                if context.period.contains(trigger.last)
            ]
    return pl.LazyFrame(rows, schema=RAW, orient="row")


def _columns(rule: Deadline, *more: str) -> list[str]:
    return ["b", *([rule.match] if rule.match else []), "day", "pos", "id", *more]


def _triggers(context: Context, planned: PlannedRule, rule: Deadline) -> Iterable[Trigger]:
    columns = _columns(rule, "years", *({"member"} - {rule.match}))
    found = context.matched([(planned.asks["trigger"].index, 0)], columns)
    for row in found.select(columns).iter_rows(named=True):
        match = row[rule.match] if rule.match else None
        reach = span(row["day"], rule.within, row["years"])
        if reach is not None and (match is not None or rule.match is None):
            yield Trigger(row["b"], match, row["day"], row["pos"], row["id"], *reach, row["member"])


def _responses(context: Context, planned: PlannedRule, rule: Deadline) -> Iterable[Response]:
    columns = _columns(rule)
    found = context.matched([(planned.asks["response"].index, 0)], columns)
    for row in found.select(columns).iter_rows(named=True):
        match = row[rule.match] if rule.match else None
        yield Response(row["b"], match, row["day"], row["pos"], row["id"])


def _row(context: Context, planned: PlannedRule, rule: Deadline, trigger: Trigger) -> tuple[object, ...]:
    kept = trigger.in_time
    state = "met" if kept else "lost" if trigger.last <= context.on else "open"
    outcome = "in_time" if kept else "late" if trigger.answer else "missing"
    events = [trigger.id, *([trigger.answer] if trigger.answer else [])]
    return (
        planned.charges[0].index, trigger.b, None, trigger.last, trigger.last, trigger.last, trigger.member,
        100, 100 if kept else 0, 0 if kept else 100, None, state, f"deadline:{outcome}", trigger.pos,
        events if context.explain else None,
    )  # fmt: skip
