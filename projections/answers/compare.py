"""Two replays side by side: which clauses differ, by which entries, through which events, and what happened
to the log between two prefixes that moved them.

In: two scores with their entries; an open ledger and two positions. Out: a `Difference` a clause that
differs, `Change` values (what was logged, corrected or retracted, with the reason); their document.
Deliberately absent: which two; instants, periods, versions of a rubric, branches are all the same to it.

A change belongs to a clause where the entries that differ name its event. What no entry names (who is on the
roster, an exemption, a waiver, a term's end) belongs to every clause whose entries differ in what was owed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from projections.answers.document import Replayed, Row, entry_row
from projections.engine.entries import Entry
from projections.engine.results import ASSESSORS, BranchScore, ClauseScore
from projections.text.amounts import print_signed
from rubrics.numbers import print_points

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store

_CONTROLS = {"event_retracted": "retracted", "event_corrected": "corrected"}
# What entries never name, but go by.
_SETTING = frozenset(
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


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause that differs: its score in either replay, the entries that only one has, what made it so.

    A side is None where that rubric has no such clause. `events` are the ids that stand behind such entries
    of one replay and behind none of the other's; `changes` what was logged, corrected or retracted between
    the two prefixes.
    """

    clause: str
    a: ClauseScore | None
    b: ClauseScore | None
    only_a: Sequence[Entry]
    only_b: Sequence[Entry]
    events: Sequence[str]
    changes: Sequence[Change] = ()

    @property
    def in_points(self) -> bool:
        """Whether points differ, and not only the entries behind the same points."""
        return self.a is None or self.b is None or _numbers(self.a) != _numbers(self.b)

    @property
    def moved(self) -> int:
        """How many hundredths more the second replay gives."""
        return (self.b.score if self.b else 0) - (self.a.score if self.a else 0)

    @property
    def cited(self) -> set[str]:
        """The events behind the entries that only one replay has."""
        return {event for entry in (*self.only_a, *self.only_b) for event in entry.events}


def compare_scores(a: BranchScore, b: BranchScore) -> list[Difference]:
    """List the clauses whose points, or whose entries, differ between two scores, in the form's order."""
    return compare_clauses(a.clauses(), b.clauses())


def compare_clauses(a: Iterable[ClauseScore], b: Iterable[ClauseScore]) -> list[Difference]:
    """List the clauses that differ, those of the second form first."""
    ours, theirs = ({clause.id: clause for clause in side} for side in (a, b))
    order = [*theirs, *(clause for clause in ours if clause not in theirs)]
    found = (_difference(clause, ours.get(clause), theirs.get(clause)) for clause in order)
    return [difference for difference in found if difference is not None]


def attribute(differences: Iterable[Difference], changes: Sequence[Change]) -> list[Difference]:
    """Give each difference those of the changes between the two prefixes that made it."""
    attributed = []
    for found in differences:
        otherwise = _owed(found.only_a) != _owed(found.only_b)
        behind = _changes_behind(changes, found.cited, owed_otherwise=otherwise)
        attributed.append(replace(found, changes=behind))
    return attributed


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


def _changes_behind(changes: Sequence[Change], cited: Iterable[str], *, owed_otherwise: bool) -> list[Change]:
    """Return those that entries name; where what was owed differs, what entries go by, too."""
    named = set(cited)
    return [
        change for change in changes if change.event in named or (owed_otherwise and change.type in _SETTING)
    ]


def _owed(entries: Sequence[Entry]) -> set[tuple[object, ...]]:
    return {(entry.label, entry.member, entry.required, entry.state == "waived") for entry in entries}


def _numbers(clause: ClauseScore) -> tuple[object, ...]:
    judged = (clause.judged_by(assessor) for assessor in ASSESSORS)
    points = tuple(None if judgement is None else judgement.points for judgement in judged)
    return clause.score, clause.computed, clause.at_risk, clause.unassessed, points


def _difference(clause: str, a: ClauseScore | None, b: ClauseScore | None) -> Difference | None:
    only_a, only_b = _apart(a, b), _apart(b, a)
    here, there = _events(only_a), _events(only_b)
    alone = [event for event in {**here, **there} if (event in here) != (event in there)]
    found = Difference(clause, a, b, only_a, only_b, alone)
    return found if found.in_points or only_a or only_b else None


def _apart(ours: ClauseScore | None, theirs: ClauseScore | None) -> list[Entry]:
    """Return the entries that the first has and the second has not, equal ones counted.

    Of entries that are told alike those of one rule belong together first: of two that are open in a window,
    the one that was met since is the one that differs. Another form may have its rules in another order.
    """
    apart, others = list(ours.entries if ours else ()), list(theirs.entries if theirs else ())
    for alike in (_ruled, _shown):
        left, right = _without(apart, others, alike), _without(others, apart, alike)
        apart, others = left, right
    return apart


def _without(ours: Sequence[Entry], theirs: Sequence[Entry], alike: Callable[[Entry], object]) -> list[Entry]:
    there = Counter(map(alike, theirs))
    left = []
    for entry in ours:
        shown = alike(entry)
        if there[shown]:
            there[shown] -= 1
        else:
            left.append(entry)
    return left


def _ruled(entry: Entry) -> tuple[object, ...]:
    return entry.rule, *_shown(entry)


def _shown(entry: Entry) -> tuple[object, ...]:
    """Return what anybody is shown of an entry: entries that are told alike are the same."""
    return (
        entry.state, entry.points, entry.cause, entry.label, entry.due, entry.required, entry.done,
        entry.member, entry.advisory, entry.events,
    )  # fmt: skip


def _events(entries: Sequence[Entry]) -> Mapping[str, None]:
    return dict.fromkeys(event for entry in entries for event in entry.events)


def comparison_row(
    a: tuple[Replayed, BranchScore], b: tuple[Replayed, BranchScore], differences: Sequence[Difference]
) -> Row:
    """Return the JSON of a comparison.

    `clauses` are those whose points differ; `same_points` names those where only the entries behind do;
    `changes` is what made the points differ, over all clauses.
    """
    moved = [difference for difference in differences if difference.in_points]
    return {
        "a": _side(*a),
        "b": _side(*b),
        "difference": print_signed(b[1].total - a[1].total).removeprefix("+"),
        "changes": [change.row() for change in _once(moved)],
        "clauses": [
            {
                "clause": found.clause,
                "a": found.a and print_points(found.a.score),
                "b": found.b and print_points(found.b.score),
                "difference": print_points(found.moved),
                "entries_a": [entry_row(entry) for entry in found.only_a],
                "entries_b": [entry_row(entry) for entry in found.only_b],
                "events": list(found.events),
                "changes": [change.row() for change in found.changes],
            }
            for found in moved
        ],
        "same_points": [found.clause for found in differences if not found.in_points],
    }


def _once(differences: Iterable[Difference]) -> Iterator[Change]:
    """Yield the changes behind several clauses, each once, in order of position."""
    changes = {change: None for difference in differences for change in difference.changes}
    yield from sorted(changes, key=lambda change: change.position)


def _side(replayed: Replayed, score: BranchScore) -> dict[str, Any]:
    return {**replayed.row(), "branch": score.branch, "total": print_points(score.total)}
