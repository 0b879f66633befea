"""Who is on a branch's roster on a day, in plain Python: what logging an event asks.

In: an open ledger, a branch or all. Out: the days from which each member was on the roster or off it,
retractions and corrections applied. Deliberately absent: Polars, whose import takes longer than logging
does; `roster` makes frames of the same events.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import orjson

from ledger.effective import Control, resolve
from ledger.store.codec import Recorded
from ledger.store.event_store import Store

_CONTROLS = frozenset({"event_retracted", "event_corrected"})
_MOVES = frozenset({"member_joined", "member_left", "member_transferred"})


class Presence:
    """The roster of one branch, by days; of several moves on one day the last by position decides."""

    def __init__(self, moves_and_controls: Iterable[Recorded]) -> None:
        found = list(moves_and_controls)
        standing = resolve(Control(one.id, one.type, one.data) for one in found if one.type in _CONTROLS)
        corrected = standing.corrected()
        self._moves: dict[str, list[tuple[str, int, bool]]] = {}
        for one in found:
            if one.type in _CONTROLS or one.id in standing.retracted:
                continue
            correction = corrected.get(one.id)
            data = orjson.loads(correction.data if correction else one.data)
            day = (correction.occurred_on if correction else None) or one.occurred_on
            joins = one.type == "member_joined" or data.get("direction") == "in"
            self._moves.setdefault(data["member"], []).append((day, one.position, joins))

    def members(self) -> list[str]:
        """Return everybody who was ever on the roster, or taken off it."""
        return sorted(self._moves)

    def is_on(self, member: str, day: date) -> bool:
        """Return whether a member is on the roster on a day."""
        moves = [move for move in self._moves.get(member, ()) if move[0] <= day.isoformat()]
        return bool(moves) and max(moves)[2]


def read_presence(store: Store, branch: str) -> Presence:
    """Read the roster of a branch."""
    return Presence(store.read(branch=branch, types=_CONTROLS | _MOVES))


def read_presences(store: Store) -> dict[str, Presence]:
    """Read the rosters of all branches that have one, by code."""
    found: defaultdict[str, list[Recorded]] = defaultdict(list)
    for recorded in store.read(types=_CONTROLS | _MOVES):
        found[recorded.branch].append(recorded)
    return {branch: Presence(of_branch) for branch, of_branch in found.items()}
