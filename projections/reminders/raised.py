"""What became of the reminders of a log: taken on, settled.

In: a log with its `reminder_raised` and `reminder_acknowledged` events, the forms at hand, a day. Out:
`Raised` views, in the order of raising. Deliberately absent: whether messages were delivered; the outbox
tells that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.words import Words
from projections.engine.entries import Obligation
from projections.engine.plan import Plan
from projections.engine.replays import obligations
from rubrics.library import Library
from rubrics.reader.loaded import Loaded

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_RAISED = frozenset({"reminder_raised"})
_ACKNOWLEDGED = frozenset({"reminder_acknowledged"})


@dataclass(frozen=True, slots=True)
class Raised:
    """A reminder of the log. Instants as the log keeps them.

    `settled`: nothing is missing any more; None where its rubric is not at hand. `what`: None then, too, and
    where nothing of the kind is owed any more.
    """

    id: str
    branch: str
    rubric: str
    clause: str
    obligation: str
    rung: str
    due_on: date
    missing: str | None
    at_stake: str | None
    raised_at: str
    acknowledged_at: str | None
    acknowledged_by: str | None
    note: str | None
    settled: bool | None
    what: Words | None
    window: str | None


def read_raised(
    store: "Store",
    library: Library,
    *,
    on: date,
    branches: Collection[str] | None = None,
    own: Sequence[Loaded] = (),
) -> list[Raised]:
    """Read the reminders of some branches, or of all, and whether what each was about is settled on a day.

    `own`: forms that the library does not hold.
    """
    upto = store.head().position
    only = next(iter(branches)) if branches and len(branches) == 1 else None
    wanted = frozenset(branches or ())
    raised, acknowledged = (
        [one for one in store.read(upto=upto, branch=only, types=types) if not wanted or one.branch in wanted]
        for types in (_RAISED, _ACKNOWLEDGED)
    )
    if not raised:
        return []
    about = [one.payload() for one in raised]
    ids = {str(one["rubric"]) for one in about}
    at_hand = {loaded.rubric.id: loaded for loaded in own}
    usable, _ = library.take(sorted(ids - at_hand.keys()))
    at_hand |= {loaded.rubric.id: loaded for loaded in usable}
    owed = obligations(
        store,
        [Plan(loaded.rubric) for name, loaded in at_hand.items() if name in ids],
        on=on,
        upto=upto,
        branches=sorted({one.branch for one in raised}),
        since=min(date.fromisoformat(str(one["due_on"])) for one in about),
        until=max(date.fromisoformat(str(one["due_on"])) for one in about),
    )
    return raised_views(raised, acknowledged, owed, at_hand.keys())


def raised_views(
    raised: "Iterable[Recorded]",
    acknowledged: "Iterable[Recorded]",
    owed: Iterable[Obligation],
    rubrics: Collection[str],
) -> list[Raised]:
    """Say of every reminder of the log who took it on first, the last note, and whether it is settled.

    `owed`: everything owed since the earliest due day among the reminders, by the rubrics with those ids.
    """
    taken: dict[str, Recorded] = {}
    notes: dict[str, str] = {}
    for event in acknowledged:
        said = event.payload()
        taken.setdefault(str(said["target"]), event)
        if said.get("note"):
            notes[str(said["target"])] = str(said["note"])
    duties = {(one.branch, one.obligation, one.due_on): one for one in owed}
    return [_view(event, taken.get(event.id), notes.get(event.id), duties, rubrics) for event in raised]


def _view(
    event: "Recorded",
    by: "Recorded | None",
    note: str | None,
    duties: dict[tuple[str, str, date], Obligation],
    rubrics: Collection[str],
) -> Raised:
    payload: dict[str, Any] = event.payload()
    due_on = date.fromisoformat(payload["due_on"])
    duty = duties.get((event.branch, payload["obligation"], due_on))
    unmet = duty is not None and duty.unmet
    return Raised(
        id=event.id,
        branch=event.branch,
        rubric=payload["rubric"],
        clause=payload["clause"],
        obligation=payload["obligation"],
        rung=payload["rung"],
        due_on=due_on,
        missing=payload.get("missing"),
        at_stake=payload.get("at_stake"),
        raised_at=event.recorded_at,
        acknowledged_at=by.recorded_at if by else None,
        acknowledged_by=by.recorded_by if by else None,
        note=note,
        settled=None if payload["rubric"] not in rubrics else not unmet,
        what=duty.what if duty else None,
        window=duty.window if duty else None,
    )
