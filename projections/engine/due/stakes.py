"""What is at stake in an obligation: the points that its clause would lose by it alone, or has lost by it;
and what of that is won back by doing late what is over.

In: the priced entries of one clause, what it came to. Out: points in hundredths, ≥ 0. Deliberately absent:
items and sections; what a clause loses may be less on the whole form.

An open obligation is priced against what is lost already: what `once` or `all` has taken is not taken again,
a proportional share is one of all that the period requires, and a clause that is empty has nothing to lose.
What a lost one has cost is told in the order of entries, the clause's gains counted first, so that the costs
of all entries of a clause add up to what it lost. Where a judgement stands over the clause, nothing is.
"""

from collections.abc import Sequence
from dataclasses import replace

from projections.engine.entries import Entry
from projections.engine.plan import PlannedRule
from projections.engine.results import ClauseScore
from projections.engine.scoring.prices import half_up, price
from rubrics.rules import Dues, Rule, Streak, Submission


class Stakes:
    """What the entries of one clause cost it: `entries` in order, `start` and `points` of the clause."""

    def __init__(self, entries: Sequence[Entry], start: int, points: int, *, judged: bool) -> None:
        self._entries = entries
        self._points = points
        self._judged = judged
        self._reached = start + sum(entry.points for entry in entries)
        self._costs: dict[int, int] | None = None
        shared = [
            e for e in entries if e.charge and e.charge.shares and not e.advisory and e.state != "waived"
        ]
        self._required = sum(entry.required or 0 for entry in shared)
        self._share_lost = sum(e.missing for e in shared if e.state == "lost" and _mode(e) == "proportional")
        self._taken = {id(e.charge) for e in entries if e.state == "lost" and _mode(e) in ("once", "all")}

    def at_stake(self, entries: Sequence[Entry]) -> int:
        """Return what the entries of one obligation would cost, or have cost."""
        if self._judged or entries[0].advisory:
            return 0
        still_open = [entry for entry in entries if entry.state == "open"]
        if not still_open:
            costs = self._all_costs()
            return sum(costs.get(id(entry), 0) for entry in entries)
        alone = 0
        share = 0
        at_once = 0
        for entry in still_open:
            mode = _mode(entry)
            if mode == "each":
                alone -= entry.risk
            elif mode == "proportional":
                share += entry.missing
            elif entry.charge is not None and id(entry.charge) not in self._taken:
                at_once = max(at_once, entry.charge.price)
        alone += at_once + self._by_share(self._share_lost + share) - self._by_share(self._share_lost)
        return self._clip(self._reached) - self._clip(self._reached - alone)

    def _by_share(self, units: int) -> int:
        return half_up(self._points * units, self._required)

    def _clip(self, points: int) -> int:
        return min(max(points, 0), self._points)

    def _all_costs(self) -> dict[int, int]:
        if self._costs is None:
            self._costs = {}
            lost = [entry for entry in self._entries if entry.points < 0]
            level = self._reached - sum(entry.points for entry in lost)
            for entry in lost:
                after = level + entry.points
                self._costs[id(entry)] = self._clip(level) - self._clip(after)
                level = after
        return self._costs


def saved_late(score: ClauseScore, rules: Sequence[PlannedRule]) -> tuple[int, list[Rule]]:
    """Return the points (hundredths) that a clause would win back if what is over were done now, and the
    rules by which it would; 0 where late costs as much as never. `score`: with its entries; `rules`: the
    clause's.

    A late paper may cost less than none, dues paid late less than dues that are owed; and a note makes up for
    a row of leave whenever it is handed in.
    """
    entries = [entry for entry in score.entries if entry.rule is not None]
    made_up: list[Rule] = []
    after = []
    for entry in entries:
        planned = rules[entry.rule or 0]
        done = _done_now(entry, planned) if entry.state == "lost" and not entry.advisory else None
        if done is not None and planned.rule not in made_up:
            made_up.append(planned.rule)
        after.append(replace(done or entry, points=0, risk=0))
    moved = sum(entry.points for entry in price(after)) - sum(entry.points for entry in entries)

    def clip(points: int) -> int:
        return min(max(points, 0), score.points)

    saved = clip(score.unclipped + moved) - clip(score.unclipped)
    return (saved, made_up) if saved > 0 else (0, [])


def _done_now(entry: Entry, planned: PlannedRule) -> Entry | None:
    """Return a lost entry as it would be if what it asks for were done now; None where that is not asked for
    any more, or was done already."""
    rule, outcome = planned.rule, entry.cause.partition(":")[2]
    if isinstance(rule, Submission) and outcome != "late":
        return replace(entry, amount=-rule.late)
    if isinstance(rule, Dues) and outcome != "late":
        late = planned.charges[0]
        return replace(entry, charge=late, amount=-late.cost(entry.missing))
    if isinstance(rule, Streak):
        return replace(entry, state="met", missing=0, amount=0)
    return None


def _mode(entry: Entry) -> str | None:
    return None if entry.charge is None else entry.charge.mode
