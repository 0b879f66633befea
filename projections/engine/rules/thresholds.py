"""Thresholds: a ratio, of one event or over a window, or a reported metric, reaches a bound.

In: a branch, a threshold. Out: one entry an event, or a window. Deliberately absent: binary fractions; a
ratio is compared crosswise, in whole numbers.
"""

from collections.abc import Iterator, Sequence

from projections.engine.branch import Branch
from projections.engine.entries import Entry, State
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import MILLION, Fact
from projections.engine.rules.making import (
    event_entry,
    in_period,
    number_of,
    owed_slots,
    state_of,
    window_entry,
)
from rubrics.rules import Ratio, Threshold


def thresholds(branch: Branch, planned: PlannedRule, rule: Threshold) -> Iterator[Entry]:
    """Hold each ratio or metric against its bound."""
    if rule.ratio is not None and rule.per == "event":
        return _per_event(branch, planned, rule, rule.ratio)
    return _over_windows(branch, planned, rule)


def _per_event(branch: Branch, planned: PlannedRule, rule: Threshold, ratio: Ratio) -> Iterator[Entry]:
    for fact in in_period(branch, branch.found[planned.criteria["events"]]):
        pair = ratio_of(ratio, fact)
        if pair is None:
            continue
        kept = reached(rule, *pair)
        state: State = "met" if kept else "lost"
        cause = "threshold:reached" if kept else "threshold:below"
        missing = 0 if kept else 100
        yield event_entry(branch, planned, fact, state, cause, 100, 100 - missing, missing)


def _over_windows(branch: Branch, planned: PlannedRule, rule: Threshold) -> Iterator[Entry]:
    slots = owed_slots(branch, rule.per)
    if not slots:
        return
    measured: dict[int, list[Fact]] = {}
    for fact in _measured(branch, planned, rule):
        measured.setdefault(branch.frame.ordinal(fact.month, rule.per), []).append(fact)
    for slot in slots:
        facts = measured.get(slot.ordinal, [])
        if rule.metric is not None:
            facts = facts[-1:]
        kept = bool(facts) and reached(rule, *_sums(rule, facts))
        missing = 0 if kept else 100
        state = state_of(branch, missing, slot.due)
        cause = "threshold:reached" if kept else "threshold:below" if facts else "threshold:unmeasured"
        yield window_entry(branch, planned, slot, state, cause, 100, 100 - missing, missing, facts)


def _measured(branch: Branch, planned: PlannedRule, rule: Threshold) -> Iterator[Fact]:
    """Return the reports of the metric, or the events that give both numbers and expect somebody."""
    if rule.ratio is None:
        return (fact for fact in branch.of("metric_reported") if fact.data["metric"] == rule.metric)
    ratio = rule.ratio
    facts = branch.found[planned.criteria["events"]]
    return (fact for fact in facts if ratio_of(ratio, fact) is not None)


def _sums(rule: Threshold, facts: Sequence[Fact]) -> tuple[int, int]:
    if rule.ratio is None:
        return facts[-1].data["value"], MILLION
    pairs = [pair for fact in facts if (pair := ratio_of(rule.ratio, fact)) is not None]
    return sum(of for of, _ in pairs), sum(to for _, to in pairs)


def ratio_of(ratio: Ratio, fact: Fact) -> tuple[int, int] | None:
    """Return numerator and denominator that an event gives; None where it does not, or expects nobody."""
    of, to = number_of(fact, ratio.of), number_of(fact, ratio.to)
    if of is None or to is None:
        return None
    to -= (number_of(fact, ratio.less) or 0) if ratio.less else 0
    return (of, to) if to > 0 else None


def reached(rule: Threshold, numerator: int, denominator: int) -> bool:
    """Whether numerator / denominator (> 0) reaches the rule's bound, inclusive."""
    if rule.at_least is not None:
        return numerator * rule.at_least.denominator >= denominator * rule.at_least.numerator
    if rule.at_most is None:
        raise ValueError(rule.kind)
    return numerator * rule.at_most.denominator <= denominator * rule.at_most.numerator
