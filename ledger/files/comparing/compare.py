"""Each row's state: new, present, differing, retracted, twice in the file, wrong.

In: the rows of some readings, and a reader of the log inside the appending transaction. Out: one `Compared` a
row. Rows are compared one to one with what stands, by what they are about. Deliberately absent: what is
done about it (`ledger.files.importing`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ledger.events import Event
from ledger.files.comparing.matters import KEYED, Matter, differing, matter_in_file, matter_of
from ledger.files.tables.row_reading import RowReading
from ledger.intake.admission import content_of, content_of_stored
from ledger.intake.identity import Content
from ledger.store.codec import Recorded
from ledger.stored_events import Reader, Stored, decoded, stored_of

State = Literal["new", "present", "differs", "retracted", "duplicate", "problem"]


class Log(Reader, Protocol):
    """A reader that finds events by their ids as well."""

    def stored(self, ids: Collection[str]) -> Mapping[str, Recorded]:
        """Return those of the ids that are in the log, with their events."""


@dataclass(slots=True)
class Compared:
    """A row and its state.

    `stands` is the event that it was compared with, `differs` the keys of what it says otherwise; `twin` is
    the row of the same file that tells the same matter before it.
    """

    reading: RowReading
    state: State
    stands: Stored | None = None
    differs: tuple[str, ...] = ()
    twin: "Compared | None" = None


@dataclass(slots=True)
class _Row:
    compared: Compared
    event: Event
    content: Content
    data: Mapping[str, object]
    matter: Matter
    settled: bool = False

    @property
    def said(self) -> frozenset[str]:
        return self.compared.reading.said

    def differing(self, stored: Content) -> tuple[str, ...]:
        return differing(self.content, self.data, self.said, stored, decoded(stored))


@dataclass(slots=True)
class _Stand:
    stored: Stored
    taken: bool = field(default=False)


def compare(log: Log, readings: Iterable[RowReading]) -> list[Compared]:
    """Return the state of every row, in their order."""
    compared: list[Compared] = []
    rows: list[_Row] = []
    for reading in readings:
        one = Compared(reading, "problem" if reading.problems or reading.event is None else "new")
        compared.append(one)
        if one.state == "new" and reading.event is not None:
            content = content_of(reading.event)
            data = decoded(content)
            rows.append(_Row(one, reading.event, content, data, matter_of(content, data)))
    _by_id(log, [row for row in rows if row.event.id is not None])
    others = [row for row in rows if row.event.id is None]
    _by_matter(log, others)
    _twins(others)
    return compared


def _by_id(log: Log, rows: Sequence[_Row]) -> None:
    """Settle rows with an id: equal to what was first said, or to what stands, is there already."""
    held = log.stored({row.event.id or "" for row in rows})
    stored: dict[str, Stored] = {}
    branches = {(held[row.event.id or ""].branch) for row in rows if row.event.id in held}
    types = {event.type for event in held.values()}
    for branch in branches:
        stored |= {one.id: one for one in stored_of(log, branch, types)}
    for row in rows:
        row.settled = True
        event = held.get(row.event.id or "")
        if event is None:
            continue
        stands = stored.get(event.id)
        row.compared.stands = stands
        same = {content_of_stored(event)} | ({stands.now} if stands is not None else set())
        row.compared.state = "present" if row.content in same else "problem"


def _by_matter(log: Log, rows: Sequence[_Row]) -> None:
    by_branch: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_branch[row.content.branch].append(row)
    for branch, of_branch in by_branch.items():
        stored = stored_of(log, branch, {row.content.type for row in of_branch})
        _pair([_Stand(one) for one in stored if not one.retracted], of_branch)
        _find_retracted([_Stand(one) for one in stored if one.retracted], of_branch)


def _pair(stands: Sequence[_Stand], rows: Sequence[_Row]) -> None:
    """Pair rows with what stands, one to one: equal ones first, then of one day, one sum, one matter."""
    of_matter: dict[Matter, list[_Stand]] = defaultdict(list)
    for stand in stands:
        of_matter[matter_of(stand.stored.now, stand.stored.data)].append(stand)
    for same in (_equal, _of_one_day, _of_one_sum, _of_one_matter):
        for row in rows:
            if row.settled:
                continue
            for stand in of_matter.get(row.matter, ()):
                if not stand.taken and same(row, stand.stored.now):
                    _settle(row, stand, row.differing(stand.stored.now))
                    break
    _pair_with_corrected(stands, rows)


def _pair_with_corrected(stands: Sequence[_Stand], rows: Sequence[_Row]) -> None:
    """Pair rows that say what an event said at first, before a correction gave it another matter."""
    at_first: dict[Matter, list[_Stand]] = defaultdict(list)
    for stand in stands:
        if stand.stored.was_corrected:
            first = stand.stored.first
            at_first[matter_of(first, decoded(first))].append(stand)
    for row in rows:
        for stand in () if row.settled else at_first.get(row.matter, ()):
            if not stand.taken and not row.differing(stand.stored.first):
                _settle(row, stand, row.differing(stand.stored.now) or ("data",))
                break


def _find_retracted(stands: Sequence[_Stand], rows: Sequence[_Row]) -> None:
    """Find rows that say again what was retracted."""
    of_matter: dict[Matter, list[_Stand]] = defaultdict(list)
    for stand in stands:
        for content in {stand.stored.now, stand.stored.first}:
            of_matter[matter_of(content, decoded(content))].append(stand)
    for row in rows:
        for stand in () if row.settled else of_matter.get(row.matter, ()):
            contents = (stand.stored.now, stand.stored.first)
            if not stand.taken and any(not row.differing(content) for content in contents):
                stand.taken = True
                row.compared.state, row.compared.stands = "retracted", stand.stored
                row.settled = True
                break


def _settle(row: _Row, stand: _Stand, differs: tuple[str, ...]) -> None:
    stand.taken = True
    row.settled = True
    row.compared.stands = stand.stored
    row.compared.differs = differs
    row.compared.state = "differs" if differs else "present"


def _equal(row: _Row, stored: Content) -> bool:
    return not row.differing(stored)


def _of_one_day(row: _Row, stored: Content) -> bool:
    return "occurred_on" in row.said and row.content.occurred_on == stored.occurred_on


def _of_one_sum(row: _Row, stored: Content) -> bool:
    return "amount" in row.data and row.data["amount"] == decoded(stored).get("amount")


def _of_one_matter(row: _Row, stored: Content) -> bool:
    return row.content.type in KEYED


def _twins(rows: Sequence[_Row]) -> None:
    """Mark every row of a matter but the first that is not accounted for by what stands."""
    first: dict[Matter, _Row] = {}
    for row in rows:
        matter = matter_in_file(row.matter, row.content, says_day="occurred_on" in row.said)
        if matter in first and row.compared.state == "new":
            row.compared.state = "duplicate"
            row.compared.twin = first[matter].compared
        first.setdefault(matter, row)
