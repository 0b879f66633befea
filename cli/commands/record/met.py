"""What was just logged has met, and what is due next: told after `zhibu log` and `zhibu import`.

In: the ledger, an event or the position after which a file was taken in. Out: sentences. Deliberately absent:
Polars after a single event, which must be logged at once; points, which `zhibu due` tells.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cli.adopted import adopted_rubrics
from cli.commands.record.strangers import strangers_after
from cli.context import Door
from cli.ui.language import counted
from cli.ui.width import shortened, width
from ledger.words import Words
from projections.adoptions import read_adoptions

if TYPE_CHECKING:
    from ledger.events import Event
    from ledger.store.event_store import Store
    from projections.at_entry import Duty
    from projections.stream import Stream
    from rubrics.model import Rubric
    from rubrics.reader.loaded import Loaded

    Adopted = Sequence[tuple[Rubric, date]]

_MOST_LINES = 8
"""Of so many branches an import tells a line each."""
_MOST_COUNTED = 100
"""Of so many it counts what was met; of more, that would take longer than the import."""
_FULFILLED = ("met", "late")
_LONGEST_AGO = timedelta(days=3660)


def met_by_event(store: "Store", event: "Event", rubrics: "Adopted", today: date) -> Iterator[Words]:
    """Say which obligations an event has met, and what its branch owes next, by rubrics adopted on a day."""
    from projections.at_entry import met_by

    if not rubrics:
        return
    stream = _stream(store, event.branch, rubrics, today)
    for rubric, since in rubrics:
        for duty in met_by(rubric, stream, str(event.id)):
            if duty.due_on >= since:
                yield _met(duty, event.occurred_on)
    following = _following(stream, rubrics, today)
    if following is not None:
        yield _next(following, following.what)


def _stream(store: "Store", branch: str, rubrics: "Adopted", today: date) -> "Stream":
    from projections.at_entry import types_of
    from projections.stream import read_stream

    types = frozenset[str]().union(*(types_of(rubric) for rubric, _ in rubrics))
    return read_stream(store, branch, types, today)


def _following(stream: "Stream", rubrics: "Adopted", today: date) -> "Duty | None":
    """Return what a branch owes next, by any of its rubrics: the same after `log` and after `import`."""
    from projections.at_entry import Duty, next_due

    found = (next_due(rubric, stream, today, since) for rubric, since in rubrics)
    return min((duty for duty in found if duty), key=Duty.urgency, default=None)


def _met(duty: "Duty", day: date) -> Words:
    window = f" {duty.window}" if duty.window else ""
    kept = Words("已补办（逾期）", "met, but late") if day > duty.due_on else Words("已落实", "met")
    return Words(
        f"{kept.zh}：{duty.what.zh}{window}（{duty.asked.clause_id}，期限 {duty.due_on}）",
        f"{kept.en}: {duty.what.en}{window} ({duty.asked.clause_id}, due {duty.due_on})",
    )


def _next(duty: "Duty", what: Words) -> Words:
    clause = duty.asked.clause_id
    return Words(
        f"下一件：{what.zh}，截止 {duty.due_on}（{clause}）",
        f"next due: {what.en} by {duty.due_on} ({clause})",
    )


def tell_import(door: Door, store: "Store", before: int) -> None:
    """Say what the events after a position have met and what is due next, in a line a branch at most.

    Where there are many branches, in one for all; and who of their members is on no roster.
    """
    for words in _met_by_import(door, store, before):
        door.screen.paragraph(words)
    strangers = strangers_after(store, before)
    if strangers is not None:
        door.screen.warn(strangers)


def _met_by_import(door: Door, store: "Store", before: int) -> Iterator[Words]:
    today = door.today(store)
    adopted: dict[str, dict[str, date]] = {}
    for adoption in read_adoptions(store):
        since = adopted.setdefault(adoption.branch, {})
        since[adoption.rubric] = min(adoption.since, since.get(adoption.rubric, adoption.since))
    first, branches = _touched(store, before, today, adopted)
    if not branches:
        return
    if len(branches) > _MOST_COUNTED:
        yield Words(
            "各支部还有什么待办：zhibu due --branch 支部",
            "what each branch still owes: zhibu due --branch CODE",
        )
        return
    loaded = adopted_rubrics(door, store, store.head().position)
    met = _counts(store, loaded, before, first, branches, today)
    if len(branches) > _MOST_LINES:
        total = sum(met.values())
        zh, en = f"{len(branches)} 个支部", counted(len(branches), "branch")
        if total:
            zh, en = f"{zh}，本次落实应办 {total} 件", f"{en}, {counted(total, 'obligation')} met"
        yield Words(
            f"{zh}；各支部还有什么待办：zhibu due --branch 支部",
            f"{en}; what each still owes: zhibu due --branch CODE",
        )
        return
    rubrics = {one.rubric.id: one.rubric for one in loaded}
    for branch in branches:
        own = [(rubrics[name], since) for name, since in adopted[branch].items() if name in rubrics]
        following = _following(_stream(store, branch, own, today), own, today)
        if met[branch] or following:
            yield _line(branch, met[branch], following, door.screen.columns)


def _touched(
    store: "Store", before: int, today: date, adopted: Mapping[str, Mapping[str, date]]
) -> tuple[date, list[str]]:
    """Return the first day of the year of the earliest event after a position, and whom to tell about.

    Those are the branches with such events that have adopted a rubric, one more than are counted where there
    are many. Nothing is owed before their first adoption: the day is not earlier.
    """
    first, branches = today, dict[str, None]()
    for recorded in store.read(after=before):
        day = f"{recorded.counts_for}-01" if recorded.counts_for else recorded.occurred_on
        first = min(first, date.fromisoformat(day))
        if recorded.branch in adopted:
            branches[recorded.branch] = None
            if len(branches) > _MOST_COUNTED:
                break
    earliest = min((day for branch in branches for day in adopted[branch].values()), default=today)
    first = max(first, min(earliest, today), today - _LONGEST_AGO)
    return first.replace(month=1, day=1), sorted(branches)


def _counts(
    store: "Store",
    rubrics: "Sequence[Loaded]",
    before: int,
    first: date,
    branches: Sequence[str],
    today: date,
) -> Counter[str]:
    """Count by branch the obligations that the events after a position have met."""
    from projections.engine.plan import Plan
    from projections.engine.replays import obligations

    plans = [Plan(loaded.rubric) for loaded in rubrics]

    def met(upto: int) -> set[tuple[str, str]]:
        owed = obligations(store, plans, on=today, upto=upto, branches=branches, since=first)
        return {(one.branch, one.obligation) for one in owed if one.state in _FULFILLED}

    return Counter(branch for branch, _ in met(store.head().position) - met(before))


def _line(branch: str, met: int, following: "Duty | None", columns: int) -> Words:
    """Say both in one line; what is due next is shortened so that it fits."""
    done = Words(f"本次落实应办 {met} 件", f"{met} met")

    def told(what: Words) -> Words:
        parts = [*([done] if met else []), *([_next(following, what)] if following else [])]
        zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
        return Words(f"{branch}：{zh}", f"{branch}: {en}")

    what = following.what if following else Words("", "")
    bare = told(Words("", ""))
    return told(
        Words(
            shortened(what.zh, columns - width(bare.zh)),
            shortened(what.en, columns - width(bare.en)),
        )
    )
