"""Ranks: points by place among the sibling branches that reported a metric.

In: the reports of all branches, once; then a branch, a rank rule. Out: races, then one entry a ranked report.
Deliberately absent: who was asked for; a branch ranks the same alone as among a thousand.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from projections.engine.branch import Branch, Frame
from projections.engine.entries import Entry
from projections.engine.plan import PlannedRule
from projections.engine.reading.facts import Fact
from projections.engine.reading.tree import Organization
from projections.engine.rules.making import event_entry, in_period
from rubrics.rules import Rank

Race = tuple[str | None, str | None]
"""The parent of those who run, and the round."""
Races = Mapping[tuple[int, int], Mapping[Race, Sequence[int]]]
"""By rank rule (clause, place in it), then by race, the values that were reported, rising."""


def ranks(branch: Branch, planned: PlannedRule, rule: Rank) -> Iterator[Entry]:
    """Give each ranked report the points of its place."""
    reports = branch.of("metric_reported")
    latest = _latest(rule, in_period(branch, reports)) if reports else None
    if not latest:
        return
    races = branch.beside.races[planned.clause, planned.order]
    for round_, fact in latest.items():
        values = races[branch.parent, round_]
        place = 1 + len(values) - bisect_right(values, fact.data["value"])
        points = rule.points[place - 1] if place <= len(rule.points) else 0
        cause = f"rank:{place} of {len(values)}"
        yield event_entry(branch, planned, fact, "gained", cause, amount=points)


def build_races(
    frame: Frame, tree: Mapping[str, Organization], reports: Mapping[str, Sequence[Fact]]
) -> Races:
    """Gather, for every rank rule of the plan, the values that the branches of each parent reported."""
    found: dict[tuple[int, int], dict[Race, list[int]]] = {}
    for planned in frame.plan.ranks:
        races = found[planned.clause, planned.order] = {}
        if not isinstance(planned.rule, Rank):
            continue
        for code, facts in reports.items():
            standing = (f for f in facts if f.day <= frame.on and frame.holds(f.stands))
            for round_, fact in _latest(planned.rule, standing).items():
                race = (tree[code].parent_on(min(frame.end, frame.on)), round_)
                races.setdefault(race, []).append(fact.data["value"])
        for values in races.values():
            values.sort()
    return found


def _latest(rule: Rank, facts: Iterable[Fact]) -> dict[str | None, Fact]:
    """Return the latest report of the metric in each round; in one, where rounds are not told apart."""
    latest: dict[str | None, Fact] = {}
    metric, per_round = rule.metric, rule.per_round
    for fact in facts:
        if fact.data["metric"] == metric:
            latest[fact.data.get("round") if per_round else None] = fact
    return latest
