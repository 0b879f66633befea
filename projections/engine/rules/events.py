"""The rules that look at single events: what must not be found, what may not exceed a share, points an event.

In: a branch, a rule. Out: one entry an event that stands in the period. Deliberately absent: windows, caps;
clauses and items have them.
"""

from collections.abc import Iterator

from projections.engine.branch import Branch
from projections.engine.entries import Entry
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact
from projections.engine.rules.making import event_entry, in_period, number_of, value_of, weight_of, word_of
from rubrics.rules import Excess, NoneOf, Tally


def none_of(branch: Branch, planned: PlannedRule, rule: NoneOf) -> Iterator[Entry]:
    """Charge each event that there should not have been."""
    for fact in in_period(branch, branch.found[planned.criteria["events"]]):
        units = 100 * weight_of(fact)
        yield event_entry(branch, planned, fact, "lost", f"{rule.kind}:found", 0, units, units)


def excesses(branch: Branch, planned: PlannedRule, rule: Excess) -> Iterator[Entry]:
    """Charge what goes beyond the share, in each event that gives both numbers."""
    for fact in in_period(branch, branch.found[planned.criteria["events"]]):
        of, over = number_of(fact, rule.of), number_of(fact, rule.over)
        if of is None or over is None:
            continue
        allowed = over * rule.share.numerator // rule.share.denominator
        beyond = max(0, of - allowed)
        yield event_entry(
            branch, planned, fact, "lost" if beyond else "met",
            "excess:beyond" if beyond else "excess:within",
            100 * allowed, 100 * of, 100 * beyond, -rule.each * beyond,
        )  # fmt: skip


def tallies(branch: Branch, planned: PlannedRule, rule: Tally) -> Iterator[Entry]:
    """Give every matching event its points: by the value of a field, times its weight and factor."""
    for fact, weight, points in _counted(branch, planned, rule):
        yield event_entry(
            branch, planned, fact, "gained" if points > 0 else "lost", f"tally:{fact.type}",
            None, 100 * weight, 0, points,
        )  # fmt: skip


def tallied(branch: Branch, planned: PlannedRule, rule: Tally) -> int:
    """Return what the entries of a tally come to, in hundredths."""
    return sum([points for _, _, points in _counted(branch, planned, rule)])


def _counted(branch: Branch, planned: PlannedRule, rule: Tally) -> list[tuple[Fact, int, int]]:
    """Return the events that a tally counts, with their weights and points."""
    facts = branch.found[planned.criteria["events"]]
    if not facts:
        return []
    facts = in_period(branch, facts)
    if branch.kept.get("metric_reported"):
        facts = _latest_reports(branch, facts)
    worth = [(fact, weight, points) for fact in facts for weight, points in [_worth(rule, fact)] if points]
    return worth if rule.distinct is None else _one_of_each(rule.distinct, worth)


def _latest_reports(branch: Branch, facts: list[Fact]) -> list[Fact]:
    """Leave out reports after which the period has a later one of the same metric and round."""
    if all(fact.type != "metric_reported" for fact in facts):
        return facts
    latest = {}
    for fact in in_period(branch, branch.of("metric_reported")):
        latest[fact.data["metric"], fact.data.get("round")] = fact
    kept = set(latest.values())
    return [fact for fact in facts if fact.type != "metric_reported" or fact in kept]


def _worth(rule: Tally, fact: Fact) -> tuple[int, int]:
    """Return an event's weight, and its points in hundredths; 0 where it moves nothing."""
    points = rule.points
    if not isinstance(points, int):
        points = points.values.get(word_of(value_of(fact, points.by)), 0)
    if rule.times is None or fact.type == "finding_recorded":
        weight = weight_of(fact)
    else:
        weight = number_of(fact, rule.times) or 0
    if rule.once:
        weight = min(weight, 1)
    worth, whole = points * weight, 1
    if rule.factor is not None:
        factor = rule.factor.values.get(word_of(value_of(fact, rule.factor.by)))
        if factor is not None:
            worth, whole = worth * factor.numerator, factor.denominator
    rounded = (2 * abs(worth) + whole) // (2 * whole)
    return weight, rounded if worth >= 0 else -rounded


def _one_of_each(field: str, worth: list[tuple[Fact, int, int]]) -> list[tuple[Fact, int, int]]:
    """Keep the event that moves most of those with one value, the first of equals; those without one each."""
    best: dict[object, tuple[Fact, int, int]] = {}
    for one in worth:
        value = value_of(one[0], field)
        if value is not None and (value not in best or abs(one[2]) > abs(best[value][2])):
            best[value] = one
    return [one for one in worth if (value := value_of(one[0], field)) is None or best[value] is one]
