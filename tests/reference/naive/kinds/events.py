"""The rule kinds that look at single events: none_of, tally, excess, threshold per event, rank, veto.

In: a replay, a branch, a rule. Out: an entry for each event that moves points, or meets a bound.
Deliberately absent: waivers of the clause (but for `once`, which takes an event that is not waived).
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import groupby

from rubrics.model import Veto
from rubrics.rules import Excess, NoneOf, PointsBy, Rank, Tally, Threshold
from tests.reference.naive.effective import Fact
from tests.reference.naive.entries import Entry, obligation, rounded
from tests.reference.naive.kinds.windows import ratio_of, reaches
from tests.reference.naive.matching import matches
from tests.reference.naive.periods import Day
from tests.reference.naive.roster import Replay

ATTENDANCE = {"absent", "present", "excused", "expected", "participants"}


def none_of(replay: Replay, branch: str, rule: NoneOf) -> Iterator[Entry]:
    for fact in replay.in_period(branch):
        if matches(fact, rule.events):
            count = fact.number("count") if fact.type == "finding_recorded" else None
            yield Entry(
                state="lost",
                due_on=fact.stands_on,
                cause=fact.type,
                price=rule.shortfall,
                missing=count or Fraction(1),
                events=(fact,),
            )


def tally(replay: Replay, branch: str, rule: Tally, is_waived: Callable[[Day], bool]) -> Iterator[Entry]:
    """An entry for each event that moves points.

    Where only one event counts (`distinct`, `once`) it is the one that moves most, the first of equals: of
    gains the best, of losses the worst. With `once` a loss that is waived does not shelter others.
    """
    worth = []
    for fact in replay.in_period(branch):
        if fact.type == "metric_reported" and fact is not _latest_report(replay, fact):
            continue
        points = _tallied(rule, fact) if matches(fact, rule.events, _tally_host(rule)) else 0
        if points:
            worth.append((fact, points))
    if rule.distinct is not None:
        kept = []
        for fact, points in worth:
            value = fact.get(rule.distinct)
            rivals = [pair for pair in worth if pair[0].get(rule.distinct) == value]
            if value is None or (fact, points) == _moves_most(rivals):
                kept.append((fact, points))
        worth = kept
    if rule.once:
        sheltered = [(fact, points) for fact, points in worth if points < 0 and is_waived(fact.stands_on)]
        others = [pair for pair in worth if pair not in sheltered]
        worth = sheltered + ([_moves_most(others)] if others else [])
    for fact, points in worth:
        yield Entry(
            state="gained" if points > 0 else "lost",
            due_on=fact.stands_on,
            cause=fact.type,
            price=points,
            events=(fact,),
        )


def _moves_most(worth: list[tuple[Fact, int]]) -> tuple[Fact, int]:
    """The event that moves most points, up or down; of equals the first."""
    most = max(abs(points) for _, points in worth)
    return next(pair for pair in worth if abs(pair[1]) == most)


def _latest_report(replay: Replay, report: Fact) -> Fact:
    """The period's latest report of the same metric and round."""
    return [
        fact
        for fact in replay.in_period(report.branch)
        if fact.type == "metric_reported"
        and fact.data["metric"] == report.data["metric"]
        and fact.get("round") == report.get("round")
    ][-1]


def _tally_host(rule: Tally) -> str:
    """Tallies of attendance take gatherings of any host, all others the branch's own."""
    named = {rule.times} | {field for match in rule.events for field in match.where}
    return "any" if named & ATTENDANCE else "branch"


def _tallied(rule: Tally, fact: Fact) -> int:
    """The points of one event, in hundredths; 0 where it moves nothing."""
    points = rule.points
    if isinstance(points, PointsBy):
        points = points.values.get(fact.get(points.by), 0)
    if fact.type == "finding_recorded":
        weight = fact.number("count") or Fraction(1)
    elif rule.times is not None:
        weight = fact.number(rule.times) or Fraction(0)
    else:
        weight = Fraction(1)
    if rule.once and weight > 0:
        weight = Fraction(1)
    factor = rule.factor.values.get(fact.get(rule.factor.by), Fraction(1)) if rule.factor else Fraction(1)
    return rounded(points * weight * factor)


def excess(replay: Replay, branch: str, rule: Excess) -> Iterator[Entry]:
    for fact in replay.in_period(branch):
        count, whole = fact.number(rule.of), fact.number(rule.over)
        if not matches(fact, rule.events) or count is None or whole is None:
            continue
        over = max(Fraction(0), count - (rule.share * whole).__floor__())
        yield Entry(
            state="lost" if over else "met",
            due_on=fact.stands_on,
            cause=f"{over} above the share",
            price=-rounded(rule.each * over),
            events=(fact,),
        )


def threshold_per_event(replay: Replay, branch: str, rule: Threshold) -> Iterator[Entry]:
    for fact in replay.in_period(branch):
        pair = ratio_of(rule, fact) if matches(fact, rule.events, "any") else None
        if pair is not None:
            yield obligation(
                missing=0 if reaches(rule, pair[0] / pair[1]) else 1,
                required=1,
                due_on=fact.stands_on,
                on=Day.max,
                shortfall=rule.shortfall,
                cause=f"{pair[0]} of {pair[1]}",
                events=(fact,),
            )


def rank(replay: Replay, branch: str, rule: Rank) -> Iterator[Entry]:
    """The branch's place among its siblings; in each round, or once by the latest report of the period."""
    reports = [
        fact
        for code in sorted(replay.siblings(branch))
        for fact in replay.in_period(code)
        if fact.type == "metric_reported" and fact.data["metric"] == rule.metric
    ]

    def contest(fact: Fact) -> tuple[bool, str]:
        round_ = fact.get("round") if rule.per_round else None
        return (round_ is not None, round_ or "")

    for _, group in groupby(sorted(reports, key=contest), key=contest):
        latest = {fact.branch: fact for fact in sorted(group, key=lambda fact: fact.order)}
        if branch in latest:
            own = latest[branch]
            value = own.number("value") or Fraction(0)
            better = [fact for fact in latest.values() if (fact.number("value") or Fraction(0)) > value]
            place = len(better) + 1
            yield Entry(
                state="gained",
                due_on=own.stands_on,
                cause=f"place {place} of {len(latest)}",
                price=rule.points[place - 1] if place <= len(rule.points) else 0,
                events=(own,),
            )


def veto(replay: Replay, branch: str, rule: Veto) -> Iterator[Entry]:
    for fact in replay.in_period(branch):
        if matches(fact, rule.events):
            yield Entry(state="lost", due_on=fact.stands_on, cause=fact.type, events=(fact,))
