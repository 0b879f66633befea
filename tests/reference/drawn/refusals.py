"""What cannot stand beside each other in one log: the naive telling of what intake refuses.

In: events as plain dicts in order of position. Out: pairs of ids (the former, the latter by day; None for
what lacks anything before it). Deliberately absent: what intake refuses by looking at one event alone.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from tests.reference.naive.effective import Fact, effective_events
from tests.reference.naive.periods import Day
from tests.reference.naive.roster import OFF, ON

Pair = tuple[str | None, str]


def conflicts(log: Sequence[dict[str, Any]]) -> list[Pair]:
    """Every pair of standing events that the contract does not let stand."""
    facts = sorted(effective_events(log), key=lambda fact: fact.happened)
    found: list[Pair] = []
    for branch in sorted({fact.branch for fact in facts}):
        own = [fact for fact in facts if fact.branch == branch]
        for member in sorted({fact.data["member"] for fact in own if "member" in fact.data}):
            theirs = [fact for fact in own if fact.get("member") == member]
            found += _twice_the_same([(f, _step(f)) for f in theirs if _step(f) is not None])
            found += _twice_the_same(
                [(f, f.type) for f in theirs if f.type in {"member_hired", "member_departed"}]
            )
        ends = sorted(f.position for f in own if f.type == "branch_dissolved")
        if len(ends) > 1:
            ids = {fact.position: fact.id for fact in own}
            found += [(ids[ends[0]], ids[later]) for later in ends[1:]]
        found += _dropped_without_adoption(own)
    return found + list(_moves_in_circles(facts))


def _step(fact: Fact) -> bool | None:
    """Whether it puts somebody on the roster, or takes somebody off; None where it does neither."""
    step = (fact.type, fact.get("direction"))
    return True if step in ON else False if step in OFF else None


def _twice_the_same(steps: list[tuple[Fact, Any]]) -> Iterator[Pair]:
    for (former, did), (latter, does) in pairwise(steps):
        if did == does:
            yield former.id, latter.id


def _dropped_without_adoption(own: list[Fact]) -> Iterator[Pair]:
    adopted: set[str] = set()
    for fact in own:
        if fact.type == "rubric_adopted":
            adopted.add(fact.data["rubric"])
        elif fact.type == "rubric_dropped":
            if fact.data["rubric"] not in adopted:
                yield None, fact.id
            adopted.discard(fact.data["rubric"])


def _moves_in_circles(facts: list[Fact]) -> Iterator[Pair]:
    registered = {fact.branch: fact for fact in facts if fact.type == "branch_registered"}
    moves = [fact for fact in facts if fact.type == "branch_moved"]
    for move in moves:
        above, day = move.data["parent"], move.day
        if above not in registered:
            yield None, move.id
            continue
        passed = {move.branch}
        while above is not None and above not in passed:
            passed.add(above)
            above = _parent(registered, moves, above, day)
        if above == move.branch:
            yield None, move.id


def _parent(registered: dict[str, Fact], moves: list[Fact], branch: str, day: Day) -> str | None:
    latest = [move for move in moves if move.branch == branch and move.day <= day]
    if latest:
        return str(latest[-1].data["parent"])
    return registered[branch].get("parent") if branch in registered else None
