"""What happened to the log between two prefixes, and which of it moved a clause.

In: an open ledger, two positions, the differences between two replays of a branch. Out: `Change` values:
what was logged, corrected or retracted, with the reason. Deliberately absent: what it moved.

A change belongs to a clause where the entries that differ name its event. What no entry names (who is on the
roster, an exemption, a waiver, a term's end) belongs to every clause whose entries differ in what was owed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections.answers.document import Row

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_CONTROLS = {"event_retracted": "retracted", "event_corrected": "corrected"}
# What entries never name, but go by.
SETTING = frozenset(
    {
        "branch_registered", "branch_moved", "branch_dissolved", "rubric_adopted", "rubric_dropped",
        "member_joined", "member_left", "member_transferred", "member_hired", "member_departed",
        "role_assigned", "member_exempted", "clause_waived", "term_began",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """An event that one prefix has and the other has not, or has otherwise.

    `what`: `logged`, `corrected`, `retracted`, or `restored` where a correction was taken back. `position`:
    of the event that changed it. `reason`: why it was corrected or retracted.
    """

    event: str
    what: str
    reason: str | None
    position: int
    type: str

    def row(self) -> Row:
        """Return the change as programs read it."""
        return {"event": self.event, "what": self.what, "reason": self.reason}


def read_changes(store: "Store", branch: str, positions: tuple[int, int]) -> list[Change]:
    """List what happened to a branch's stream between two prefixes, in order of position."""
    first, last = sorted(positions)
    return [_change(store, found) for found in store.read(branch=branch, after=first, upto=last)]


def _change(store: "Store", found: "Recorded") -> Change:
    what = _CONTROLS.get(found.type)
    if what is None:
        return Change(found.id, "logged", None, found.position, found.type)
    payload = found.payload()
    target = store.find(str(payload["target"]))
    if target is not None and target.type == "event_corrected":
        # A correction that was taken back: what it had corrected stands as before.
        target, what = store.find(str(target.payload()["target"])), "restored"
    word = "" if target is None else target.type
    event = str(payload["target"]) if target is None else target.id
    return Change(event, what, str(payload.get("reason") or "") or None, found.position, word)


def changes_behind(changes: Sequence[Change], cited: Iterable[str], *, owed_otherwise: bool) -> list[Change]:
    """Return those that entries name; where what was owed differs, what entries go by, too."""
    named = set(cited)
    return [
        change for change in changes if change.event in named or (owed_otherwise and change.type in SETTING)
    ]
