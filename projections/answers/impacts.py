"""What new events count for: the difference of two replays, branch by branch, and its JSON.

In: an open ledger, the new events as stored (or as a trial would store them), how forms are found by their
ids. Out: `Impact`s, why points were lost, forms that cannot be used. Deliberately absent: any knowledge of
what a rule makes of an event; sentences.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from projections.engine.logs import Row as LogRow
from projections.engine.reading.facts import decoders, read_facts
from projections.engine.reading.tree import Tree, read_tree

if TYPE_CHECKING:
    from ledger.store.codec import Recorded
    from ledger.store.event_store import Store
    from projections.answers.document import Row
    from projections.engine.plan import Plan
    from projections.engine.results import Impact
    from rubrics.library import Unusable
    from rubrics.reader.loaded import Loaded
    from rubrics.rules import Rule

MOST_BRANCHES = 1_000
"""Of the events of more branches nobody waits for what they count for."""

Forms = Callable[[Iterable[str]], "tuple[list[Loaded], list[Unusable]]"]
"""Reads forms by their ids; what cannot be used is told beside those that can."""


@dataclass(slots=True)
class Impacts:
    """What new events count for. `plans`: the forms that were asked, by id; `adopted`: the ids of those that
    some of the branches adopted themselves; `branches`: whose events they are."""

    found: "list[Impact]" = field(default_factory=list)
    plans: "dict[str, Plan]" = field(default_factory=dict)
    unusable: "list[Unusable]" = field(default_factory=list)
    adopted: set[str] = field(default_factory=set)
    branches: list[str] = field(default_factory=list)


def find_impacts(
    store: "Store", events: "Iterable[Recorded]", forms: Forms, *, today: date, upto: int
) -> Impacts:
    """Return what events count for, as of today.

    `events` in order of position, stored or of a trial; `upto` the last position before them.
    """
    by_branch: dict[str, list[LogRow]] = {}
    for one in events:
        by_branch.setdefault(one.branch, []).append(_row(one))
    answer = Impacts()
    if by_branch:
        tree = read_tree(store, upto=store.head().position)
        for branch in sorted(by_branch):
            _add(answer, store, tree, branch, by_branch[branch], forms, today, upto)
    return answer


def find_impacts_after(store: "Store", position: int, forms: Forms, *, today: date) -> Impacts | None:
    """Return what all events after a position count for, branch by branch, in the memory of one; None where
    they are of too many branches."""
    branches: set[str] = set()
    for event in store.read(after=position):
        branches.add(event.branch)
        if len(branches) > MOST_BRANCHES:
            return None
    answer, tree = Impacts(), read_tree(store, upto=store.head().position)
    for branch in sorted(branches):
        rows = [_row(event) for event in store.read(branch=branch, after=position)]
        _add(answer, store, tree, branch, rows, forms, today, position)
    return answer


def _row(one: "Recorded") -> LogRow:
    return one.position, one.id, one.type, one.schema_version, one.occurred_on, one.counts_for, one.data


def _add(
    answer: Impacts,
    store: "Store",
    tree: Tree,
    branch: str,
    rows: Sequence[LogRow],
    forms: Forms,
    today: date,
    upto: int,
) -> None:
    answer.branches.append(branch)
    ids = list(_concerned(tree, branch, rows))
    if not ids:
        return
    # Whoever logs in a branch without a form need not wait for the engine.
    from projections.engine.replays import impact

    answer.adopted.update(_own(tree, branch, rows))
    _load(answer, ids, forms)
    plans = [answer.plans[id_] for id_ in ids if id_ in answer.plans]
    answer.found += impact(store, plans, branch, rows, today=today, upto=upto)


def _own(tree: Tree, branch: str, rows: Sequence[LogRow]) -> Iterable[str]:
    """Yield the ids of the forms that a branch has adopted, or adopts by the new events."""
    organization = tree.get(branch)
    if organization is not None:
        yield from (adoption.rubric for adoption in organization.adoptions)
    new = [row for row in rows if row[2] == "rubric_adopted"]
    yield from (fact.data["rubric"] for fact in read_facts(new, decoders({"rubric_adopted"})))


def _concerned(tree: Tree, branch: str, rows: Sequence[LogRow]) -> Iterable[str]:
    """Return the ids of the forms that a branch and its superiors go by, each once."""
    ids = dict.fromkeys(_own(tree, branch, rows))
    organization = tree.get(branch)
    for _, parent in organization.parents if organization is not None else ():
        above = None if parent is None else tree.get(parent)
        if above is not None:
            ids |= dict.fromkeys(adoption.rubric for adoption in above.adoptions)
    return ids


def _load(answer: Impacts, ids: Iterable[str], forms: Forms) -> None:
    from projections.engine.plan import Plan

    known = {*answer.plans, *(one.id for one in answer.unusable)}
    usable, unusable = forms([id_ for id_ in ids if id_ not in known])
    answer.plans |= {loaded.rubric.id: Plan(loaded.rubric) for loaded in usable}
    answer.unusable += unusable


def rules_behind(plan: "Plan", clause: str, event: "Recorded") -> "list[Rule]":
    """Return the rules of a clause that match an event, in the form's order."""
    from projections.engine.reasons import rules_matching

    number = plan.numbers.get(clause, -1)
    return [
        planned.rule
        for fact in read_facts([_row(event)], decoders({event.type}))
        for planned in rules_matching(plan, fact)
        if planned.clause == number
    ]


def impact_row(one: "Impact") -> "Row":
    """Return what a clause moves by, as programs read it."""
    from rubrics.numbers import print_points

    return {
        "branch": one.branch,
        "rubric": one.rubric,
        "period": one.period,
        "clause": one.clause,
        "before": print_points(one.before),
        "after": print_points(one.after),
        "score_before": print_points(one.score_before),
        "score_after": print_points(one.score_after),
        "met": [duty.obligation for duty in one.met],
        "unmet": [duty.obligation for duty in one.unmet],
        "why": one.why,
    }


def impact_rows(impacts: Impacts | None) -> list[Mapping[str, object]] | None:
    """Return the JSON of what events count for; None where nobody waited for it."""
    return None if impacts is None else [impact_row(one) for one in impacts.found]
