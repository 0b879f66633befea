"""Rows of people's own tables held against what stands in the log, so that nothing is told twice: each row's
state, new, present, differing, retracted, twice in the file, wrong.

In: the rows of some readings, and a reader of the log inside the appending transaction. Out: one `Compared`
a row. Rows are compared one to one with what stands, by what they are about: the facts by which two tellings
of one thing are known to be of that thing. Deliberately absent: what is done about it
(`ledger.files.importing`).
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import orjson

from ledger.events import Event
from ledger.files.tables.rows.row_reading import RowReading
from ledger.intake.admission import content_of, content_of_stored
from ledger.intake.ready import Content
from ledger.store.codec import Recorded
from ledger.stored_events import Reader, Stored, decoded, stored_of

_Matter = tuple[object, ...]

_DUES, _ROSTER, _ARTICLE = "dues_paid", "member_joined", "article_published"
_GATHERINGS = frozenset({"meeting_held", "lecture_given", "activity_held"})
_OF_A_GROUP = "group_meeting"
# What stands around the payload, by the keys of columns.
ENVELOPE_KEYS = frozenset({"branch", "occurred_on", "counts_for", "recorded_by", "id", "type"})
KEYED = frozenset({_DUES, _ROSTER, _ARTICLE, *_GATHERINGS})
State = Literal["new", "present", "differs", "retracted", "duplicate", "problem"]
_ToldAs = Callable[[Stored], tuple[Content, ...]]
_Tell = Callable[[Content, Mapping[str, object], frozenset[str]], object]
"""What of a content must be the same for two tellings to be paired; None where it cannot be told."""


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
    matter: _Matter
    settled: bool = False

    @property
    def said(self) -> frozenset[str]:
        return self.compared.reading.said

    def differing(self, stored: Content) -> tuple[str, ...]:
        return _differing(self.content, self.data, self.said, stored, decoded(stored))


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
            rows.append(_Row(one, reading.event, content, data, _matter_of(content, data)))
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
    for tell in (_what_is_said, _day, _sum, _nothing_more):
        waiting = _Waiting(stands, lambda stored: (stored.now,), tell)
        for row in rows:
            if not row.settled and (stand := waiting.take(row)) is not None:
                _settle(row, stand, row.differing(stand.stored.now))
    # Rows that say what an event said at first, before a correction gave it another matter.
    corrected = [stand for stand in stands if stand.stored.was_corrected]
    waiting = _Waiting(corrected, lambda stored: (stored.first,), _what_is_said)
    for row in rows:
        if not row.settled and (stand := waiting.take(row)) is not None:
            _settle(row, stand, row.differing(stand.stored.now) or ("data",))


def _find_retracted(stands: Sequence[_Stand], rows: Sequence[_Row]) -> None:
    """Find rows that say again what was retracted, as it was first said or as it stood."""
    waiting = _Waiting(stands, lambda stored: (stored.now, stored.first), _what_is_said)
    for row in rows:
        if not row.settled and (stand := waiting.take(row)) is not None:
            stand.taken = row.settled = True
            row.compared.state, row.compared.stands = "retracted", stand.stored


class _Waiting:
    """Events that wait for a row of their own, found by their matter and by what is told of them.

    However many events and rows have one matter, each event is looked at once for every way in which rows
    speak.
    """

    def __init__(self, stands: Sequence[_Stand], told_as: _ToldAs, tell: _Tell) -> None:
        self._stands, self._told_as, self._tell = stands, told_as, tell
        self._found: dict[frozenset[str], dict[object, deque[_Stand]]] = {}

    def take(self, row: _Row) -> _Stand | None:
        """Return the first event that fits a row and waits, None where none does."""
        told = self._tell(row.content, row.data, row.said)
        if told is None:
            return None
        fitting = self._by_told(row.said).get((row.matter, told))
        while fitting and fitting[0].taken:
            fitting.popleft()
        return fitting[0] if fitting else None

    def _by_told(self, said: frozenset[str]) -> dict[object, deque[_Stand]]:
        if said not in self._found:
            found: dict[object, deque[_Stand]] = {}
            for stand in self._stands:
                for content in dict.fromkeys(self._told_as(stand.stored)):
                    data = decoded(content)
                    told = self._tell(content, data, said)
                    if told is not None:
                        found.setdefault((_matter_of(content, data), told), deque()).append(stand)
            self._found[said] = found
        return self._found[said]


def _settle(row: _Row, stand: _Stand, differs: tuple[str, ...]) -> None:
    stand.taken = True
    row.settled = True
    row.compared.stands = stand.stored
    row.compared.differs = differs
    row.compared.state = "differs" if differs else "present"


def _matter_of(content: Content, data: Mapping[str, object]) -> _Matter:
    """Return what a row or an event is about.

    Dues: member and month. The roster: the member. A gathering: kind and day, of group meetings the topic
    as well. An article: day, content, medium. Everything else: its whole content.
    """
    branch, word, day, _, _ = content
    if word == _DUES:
        return branch, word, data.get("member"), data.get("month")
    if word == _ROSTER:
        return branch, word, data.get("member")
    if word == _ARTICLE:
        return branch, word, day, data.get("content"), data.get("medium")
    if word in _GATHERINGS:
        kind = data.get("kind")
        return branch, word, day, kind, data.get("topic") if kind == _OF_A_GROUP else None
    return tuple(content)


def _matter_in_file(matter: _Matter, content: Content, *, says_day: bool) -> _Matter:
    """Return the matter by which rows of one file are twins: several days of dues are several payments."""
    return (*matter, content.occurred_on) if content.type == _DUES and says_day else matter


def _what_is_said(content: Content, data: Mapping[str, object], said: frozenset[str]) -> object:
    """Return what a telling says of the given keys: equal where `_differing` finds nothing."""
    if content.type not in KEYED:
        return content
    keys = sorted(key.removeprefix("data.") for key in said if key not in ENVELOPE_KEYS)
    values = tuple(orjson.dumps(data.get(key)) for key in keys)
    day = content.occurred_on if "occurred_on" in said else None
    return values, day, content.counts_for if "counts_for" in said else None


def _differing(
    row: Content,
    data: Mapping[str, object],
    said: frozenset[str],
    stored: Content,
    stored_data: Mapping[str, object],
) -> tuple[str, ...]:
    """Return the keys of what a row says otherwise than an event of its matter; what it does not say is not
    compared.

    A type without a matter of its own is compared as a whole.
    """
    if row.type not in KEYED:
        return () if row == stored else ("data",)
    keys = [key.removeprefix("data.") for key in sorted(said) if key not in ENVELOPE_KEYS]
    found = [key for key in keys if data.get(key) != stored_data.get(key)]
    if "occurred_on" in said and row.occurred_on != stored.occurred_on:
        found.append("occurred_on")
    if "counts_for" in said and row.counts_for != stored.counts_for:
        found.append("counts_for")
    return tuple(found)


def _day(content: Content, data: Mapping[str, object], said: frozenset[str]) -> object:
    return content.occurred_on if "occurred_on" in said and content.type in KEYED else None


def _sum(content: Content, data: Mapping[str, object], said: frozenset[str]) -> object:
    return data.get("amount") if content.type in KEYED else None


def _nothing_more(content: Content, data: Mapping[str, object], said: frozenset[str]) -> object:
    return "" if content.type in KEYED else None


def _twins(rows: Sequence[_Row]) -> None:
    """Mark every row of a matter but the first that is not accounted for by what stands."""
    first: dict[_Matter, _Row] = {}
    for row in rows:
        matter = _matter_in_file(row.matter, row.content, says_day="occurred_on" in row.said)
        if matter in first and row.compared.state == "new":
            row.compared.state = "duplicate"
            row.compared.twin = first[matter].compared
        first.setdefault(matter, row)
