"""What cannot stand beside each other in one stream, seen by days, whatever the order of typing.

In: the standing events of a branch, of all branches. Out: `Clash`es: an event, the one that stands against
it, and what was expected instead. Deliberately absent: which of the two is new; `whole` knows, and tells it
of that one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.intake.standing import Standing, Stream
from ledger.words import Words

ROSTER = frozenset({"member_joined", "member_left", "member_transferred"})
EMPLOYMENT = frozenset({"member_hired", "member_departed"})
ENDS = frozenset({"branch_dissolved"})
ADOPTIONS = frozenset({"rubric_adopted", "rubric_dropped"})
TREE = frozenset({"branch_registered", "branch_moved"})
OF_A_BRANCH = ROSTER | EMPLOYMENT | ENDS | ADOPTIONS

_NOT_ON = Words("应为当日不在册的成员", "must be somebody who is not on the roster that day")
_NOT_OFF = Words("应为尚未出册的成员", "must be somebody whom nothing took off the roster before")
_NOT_HIRED = Words(
    "应为尚未入职、或其后离开过的成员", "must be somebody who was not hired, or departed since"
)
_NOT_DEPARTED = Words(
    "应为尚未离开、或其后又入职的成员", "must be somebody who did not depart, or was hired since"
)
_NOT_DISSOLVED = Words("应为尚未撤销的党组织", "must be an organization that is not dissolved yet")
_ADOPTED = Words("应为支部当日适用的细则", "must be a rubric by which the branch goes that day")
_NOT_BELOW = Words("不得为自己的下级党组织", "must not be an organization below the branch itself")


class Clash(NamedTuple):
    """Two events that cannot both stand.

    `former` and `latter` are in order of days; `former` is None where what should have come before is
    missing. `expected` completes the sentence of `field` of the latter, and holds for the former as well.
    `links`: further events without which they would not clash.
    """

    former: Standing | None
    latter: Standing
    field: str | None
    expected: Words
    links: tuple[Standing, ...] = ()


def clashes_of_members(standing: Sequence[Standing]) -> Iterator[Clash]:
    """Yield second joinings, leavings, hirings and departures without the opposite between them."""
    by_member: dict[str, list[Standing]] = {}
    for event in sorted(standing, key=lambda event: event.happened):
        if event.type in ROSTER | EMPLOYMENT:
            by_member.setdefault(event.payload()["member"], []).append(event)
    for events in by_member.values():
        yield from _twice([e for e in events if e.type in ROSTER], {True: _NOT_ON, False: _NOT_OFF})
        yield from _twice(
            [e for e in events if e.type in EMPLOYMENT], {True: _NOT_HIRED, False: _NOT_DEPARTED}
        )


def _twice(events: Sequence[Standing], expected: Mapping[bool, Words]) -> Iterator[Clash]:
    for former, latter in pairwise(events):
        if begins(former) == begins(latter):
            yield Clash(former, latter, "member", expected[begins(latter)])


def begins(event: Standing) -> bool:
    """Whether the event puts somebody on the roster, or into employment."""
    if event.type == "member_transferred":
        return bool(event.payload()["direction"] == "in")
    return event.type in ("member_joined", "member_hired")


def clashes_of_ends(standing: Sequence[Standing]) -> Iterator[Clash]:
    """Yield every dissolution after the first to be logged."""
    ends = [event for event in standing if event.type in ENDS]
    for latter in ends[1:]:
        yield Clash(ends[0], latter, None, _NOT_DISSOLVED)


def clashes_of_adoptions(standing: Sequence[Standing]) -> Iterator[Clash]:
    """Yield every drop of a rubric that is not adopted on its day."""
    latest: dict[str, Standing] = {}
    for event in sorted(standing, key=lambda event: event.happened):
        if event.type not in ADOPTIONS:
            continue
        rubric = event.payload()["rubric"]
        before = latest.get(rubric)
        if event.type == "rubric_dropped" and (before is None or before.type == "rubric_dropped"):
            yield Clash(before, event, "rubric", _ADOPTED)
        latest[rubric] = event


def clashes_of_moves(streams: Mapping[str, Stream]) -> Iterator[Clash]:
    """Yield every move under a subordinate, that of its day or a later one.

    Where the superior is not registered at all, nothing is said: that asks for no other event.
    """
    steps = {branch: _steps(stream) for branch, stream in streams.items()}
    days = sorted({move.day for own in steps.values() for move in own if move.type == "branch_moved"})
    told: set[str] = set()
    for day in days:
        for own in steps.values():
            move = _on(own, day)
            if move is None or move.type != "branch_moved" or move.id in told:
                continue
            links = _circle(steps, move, day)
            if links:
                told.add(move.id)
                yield Clash(links[-1], move, "parent", _NOT_BELOW, links)


def _steps(stream: Stream) -> list[Standing]:
    """Return what says who stands above a branch: its registration, then its moves by day."""
    registered = [event for event in stream.standing if event.type == "branch_registered"]
    moves = [event for event in stream.standing if event.type == "branch_moved"]
    return registered[-1:] + sorted(moves, key=lambda event: event.happened)


def _on(steps: Sequence[Standing], day: str) -> Standing | None:
    begun = [event for event in steps[1:] if event.day <= day] or list(steps[:1])
    return begun[-1] if begun else None


def _circle(steps: Mapping[str, Sequence[Standing]], move: Standing, day: str) -> tuple[Standing, ...]:
    """Return the steps that lead from a move's superior back to the branch itself; none where none do."""
    links: list[Standing] = []
    passed: set[str] = set()
    above = move.payload().get("parent")
    while above is not None and above not in passed:
        if above == move.branch:
            return tuple(links)
        passed.add(above)
        step = _on(steps.get(above, ()), day)
        if step is None:
            break
        links.append(step)
        above = step.payload().get("parent")
    return ()
