"""What was just logged has met, and what is due next: told after `zhibu log` and `zhibu import`.

In: the ledger, an event or a stretch of positions. Out: sentences. Deliberately absent: Polars after a single
event, which must be logged at once; points, which `zhibu due` tells.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from cli.adopted import adopted_rubrics
from cli.doors import Door
from cli.language import counted
from ledger.words import Words
from projections.adoptions import read_adoptions

if TYPE_CHECKING:
    from ledger.events import Event
    from ledger.store import Store
    from projections.at_entry import Duty
    from projections.obligations import Obligation
    from rubrics.model import Rubric

_MOST_NAMED = 3
_MOST_BRANCHES = 5
"""Of so many branches and no more an import tells; `zhibu due` tells of all."""
_FULFILLED = ("met", "late")
_LONGEST_AGO = timedelta(days=3660)


def met_by_event(
    store: "Store", event: "Event", rubrics: "Sequence[tuple[Rubric, date]]", today: date
) -> Iterator[Words]:
    """Say which obligations an event has met, and what its branch owes next, by rubrics adopted on a day."""
    from projections.at_entry import met_by, next_due, types_of
    from projections.stream import read_stream

    if not rubrics:
        return
    types = frozenset[str]().union(*(types_of(rubric) for rubric, _ in rubrics))
    stream = read_stream(store, event.branch, types, today)
    for rubric, since in rubrics:
        for duty in met_by(rubric, stream, str(event.id)):
            if duty.due_on >= since:
                yield _met(duty, event.occurred_on)
    following = [next_due(rubric, stream, today, since) for rubric, since in rubrics]
    nearest = min((one for one in following if one), key=lambda duty: duty.due_on, default=None)
    if nearest is not None:
        yield _next(nearest.what, nearest.window, nearest.due_on, nearest.asked.clause_id)


def _met(duty: "Duty", day: date) -> Words:
    window = f" {duty.window}" if duty.window else ""
    kept = Words("逾期办结", "met, but late") if day > duty.due_on else Words("办结", "met")
    return Words(
        f"{kept.zh}：{duty.what.zh}{window}（{duty.asked.clause_id}，期限 {duty.due_on}）",
        f"{kept.en}: {duty.what.en}{window} ({duty.asked.clause_id}, due {duty.due_on})",
    )


def _next(what: Words, window: str | None, due_on: date, clause: str) -> Words:
    named = f" {window}" if window else ""
    return Words(
        f"下一项应办：{due_on} 前，{what.zh}{named}（{clause}）",
        f"next due: {what.en}{named} by {due_on} ({clause})",
    )


def met_by_import(door: Door, store: "Store", before: int) -> Iterator[Words]:
    """Say which obligations the events after a position have met, a line a branch, and what is due next."""
    from projections.obligations import due_obligations

    today = door.today(store)
    first, asked = _touched(store, before, today)
    if not asked:
        return
    if len(asked) > _MOST_BRANCHES:
        yield Words(
            "办结了什么、下一项是什么：zhibu due", "what that has met, and what is due next: zhibu due"
        )
        return
    after = store.head().position
    rubrics = adopted_rubrics(door, store, after)

    def due(upto: int) -> "list[Obligation]":
        return due_obligations(store, on=today, upto=upto, branches=asked, rubrics=rubrics, since=first)

    met_before = {(one.branch, one.obligation) for one in due(before) if not one.unmet}
    owed = sorted(due(after), key=lambda one: one.branch)
    for branch, of_branch in groupby(owed, key=lambda one: one.branch):
        yield _told(branch, list(of_branch), met_before, today)


def _touched(store: "Store", before: int, today: date) -> tuple[date, list[str]]:
    """Return the first day of the year of the earliest event after a position, and whom to tell about.

    Those are the branches with such events that have adopted a rubric, some more than are told about where
    there are many.
    """
    adopters = {adoption.branch for adoption in read_adoptions(store)}
    first, branches = today, dict[str, None]()
    for recorded in store.read(after=before):
        day = f"{recorded.counts_for}-01" if recorded.counts_for else recorded.occurred_on
        first = min(first, date.fromisoformat(day))
        if recorded.branch in adopters:
            branches[recorded.branch] = None
            if len(branches) > _MOST_BRANCHES:
                break
    return max(first, today - _LONGEST_AGO).replace(month=1, day=1), list(branches)


def _told(branch: str, owed: "list[Obligation]", met_before: set[tuple[str, str]], today: date) -> Words:
    parts = []
    met = [one for one in owed if one.state in _FULFILLED and (branch, one.obligation) not in met_before]
    if met:
        named = [Words(*(f"{text} {one.window or ''}".rstrip() for text in one.what)) for one in met]
        last, more = named[-_MOST_NAMED:], len(named) > _MOST_NAMED
        parts.append(
            Words(
                f"办结 {len(met)} 项应办（{'、'.join(one.zh for one in last)}{' 等' if more else ''}）",
                f"{counted(len(met), 'obligation')} met ({'among them ' if more else ''}"
                f"{', '.join(one.en for one in last)})",
            )
        )
    following = next((one for one in owed if one.unmet and one.due_on >= today), None)
    if following is not None:
        parts.append(_next(following.what, following.window, following.due_on, following.clause))
    if not parts:
        parts = [Words("没有办结应办，也没有待办", "nothing was met, nothing is due")]
    return Words(
        f"{branch}：{'；'.join(part.zh for part in parts)}",
        f"{branch}: {'; '.join(part.en for part in parts)}",
    )
