"""Whether an event is in the log already: by its id, or, of a line without one, by what stands.

In: an event with its id and content, and the event that bears this id, if any; the log as it was before an
import. Out: whether it is there, with a problem or a note where there is something to say; and counts.
Deliberately absent: judging what is new.

Of lines without an id the n-th equal one is there where n equal events stand.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from ledger.events import Event, canonical_data
from ledger.events.values.shown import shown
from ledger.intake.ready import Content, Ready, content_id
from ledger.intake.standing import Log, Standing, data_today, read_stream
from ledger.intake.streams import Streams
from ledger.problems import Problem
from ledger.store.codec import Draft, Recorded
from ledger.words import Words

_State = Literal["new", "present", "equal", "retracted"]
_MOST_BRANCHES = 500
"""Of so many branches what stands is kept in memory; a file sorted by branch needs one at a time."""


class _Found(NamedTuple):
    """What a line is, and the event that it equals, if any."""

    state: _State
    event: Standing | None = None


class Candidate(NamedTuple):
    """A parsed line with its id; `at` is its place among the lines of the call, `occurrence` that among the
    equal lines of its file, 0 where it came with an id."""

    at: int
    event: Event | Ready
    id: str
    occurrence: int

    @property
    def content(self) -> Content:
        """What makes it equal to another event."""
        return content_of(self.event)


class Already:
    """What of an import was there already.

    `present` counts what was there under its id; `equal` lines without an id that are there under another
    one; `retracted` lines with an id that are there, but count no longer. `may_see`: whether an answer may
    tell of an organisation.
    """

    def __init__(
        self,
        log: Log,
        streams: Streams,
        head_before: int,
        may_see: Callable[[str], bool],
        *,
        strict: bool,
    ) -> None:
        self.present = 0
        self.equal = 0
        self.retracted = 0
        self._streams = streams
        self._head_before = head_before
        self._may_see = may_see
        self._equals = _Equals(log, head_before)
        self._strict = strict

    @property
    def there(self) -> int:
        """How many were there in any way."""
        return self.present + self.equal + self.retracted

    def find(self, candidate: Candidate, twin: Recorded | Draft | None) -> tuple[bool, Problem | None]:
        """Say whether the event is there, with a problem or a note; `twin` bears its id."""
        if not candidate.occurrence:
            return (False, None) if twin is None else self._by_id(candidate, twin)
        branch, event_id = candidate.event.branch, candidate.id
        if twin is None:
            known = not self._streams.began(branch)
            return (False, None) if known else self._by_content(candidate, named=False)
        old = isinstance(twin, Recorded) and twin.position <= self._head_before
        if old and self._streams.is_touched(branch, event_id):
            return self._by_content(candidate, named=True)
        self.present += 1
        return True, None

    def _by_content(self, candidate: Candidate, *, named: bool) -> tuple[bool, Problem | None]:
        found = self._equals.find(candidate.content, candidate.occurrence, named=named)
        if found.state == "retracted":
            return True, _retracted_problem(found.event)
        if found.state == "equal":
            self.equal += 1
            return True, _equal_problem(found.event) if self._strict else None
        self.present += found.state == "present"
        return found.state == "present", None

    def _by_id(self, candidate: Candidate, twin: Recorded | Draft) -> tuple[bool, Problem | None]:
        """Hold it against the content first logged, and the one that stands."""
        branch, same = candidate.event.branch, content_of_stored(twin) == candidate.content
        if not same and twin.branch == branch and isinstance(twin, Recorded):
            stands = self._equals.standing(branch, candidate.id)
            same = stands is not None and _content_that_stands(stands) == candidate.content
        if not same:
            return True, self._taken(candidate.id, twin)
        if isinstance(twin, Recorded) and self._streams.is_retracted(branch, candidate.id):
            self.retracted += 1
            return True, _retracted_note(twin)
        self.present += 1
        return True, None

    def _taken(self, event_id: str, twin: Recorded | Draft) -> Problem:
        words = Words(zh="已用于另一条内容不同的记录", en="must not be the id of another event")
        if not self._may_see(twin.branch):
            return Problem(words, "id", shown(event_id), Words("请省去编号", "Leave the id out"))
        position = getattr(twin, "position", self._head_before + 1)
        if position <= self._head_before:
            zh, en = f"序号 {position}：", f"At position {position} stands"
        else:
            zh, en = "前面一行：", "An earlier line bears it:"
        what = f"{twin.type} {twin.branch} {twin.occurred_on}"
        return Problem(
            words,
            "id",
            shown(event_id),
            Words(
                zh=f"{zh}{what}。请省去编号；若要更正那条记录，请用 zhibu correct",
                en=f"{en} {what}. Leave the id out, or use `zhibu correct` to change that event",
            ),
        )


def equal_that_stands(log: Log, content: Content) -> Standing | None:
    """Return an event of equal content that stands; the first of several."""
    stream = read_stream(log, content.branch, {content.type})
    return next((one for one in stream.standing if _content_that_stands(one) == content), None)


def content_of(event: Event | Ready) -> Content:
    """Return what makes an event equal to another one."""
    if isinstance(event, Ready):
        return event.content
    return Content(
        event.branch,
        event.type,
        event.occurred_on.isoformat(),
        event.counts_for,
        canonical_data(event.data),
    )


def content_of_stored(recorded: Recorded | Draft) -> Content:
    """Return the content of an event of the log, its payload in the shape of today."""
    return Content(
        recorded.branch, recorded.type, recorded.occurred_on, recorded.counts_for, data_today(recorded)
    )


class _Known(NamedTuple):
    standing: list[Standing]
    retracted: list[Standing]


class _Equals:
    """What stands, and what was retracted, by content."""

    def __init__(self, log: Log, upto: int) -> None:
        self._log = log
        self._upto = upto
        self._branches: OrderedDict[str, Mapping[str, _Known]] = OrderedDict()

    def find(self, content: Content, occurrence: int, *, named: bool) -> _Found:
        """Say what the occurrence-th line of a content is; `named`: the id that it makes is in the log."""
        known = self._of(content.branch).get(content_id(content))
        standing, retracted = known or ([], [])
        if occurrence <= len(standing):
            return _Found("present" if named else "equal", standing[occurrence - 1])
        if occurrence <= len(standing) + len(retracted):
            return _Found("retracted", retracted[occurrence - len(standing) - 1])
        # what bore this content when it was logged was corrected since: the same line again changes nothing
        return _Found("present" if named else "new")

    def standing(self, branch: str, event_id: str) -> Standing | None:
        """Return the event of an id as it stands; None where it was retracted."""
        for known in self._of(branch).values():
            for event in known.standing:
                if event.id == event_id:
                    return event
        return None

    def _of(self, branch: str) -> Mapping[str, _Known]:
        found = self._branches.get(branch)
        if found is None:
            stream = read_stream(self._log, branch, upto=self._upto)
            by_content: dict[str, _Known] = {}
            for event in [*stream.standing, *stream.retracted]:
                by_content.setdefault(content_id(_content_that_stands(event)), _Known([], []))
            for event in stream.standing:
                by_content[content_id(_content_that_stands(event))].standing.append(event)
            for event in stream.retracted:
                by_content[content_id(_content_that_stands(event))].retracted.append(event)
            found = self._branches[branch] = by_content
            if len(self._branches) > _MOST_BRANCHES:
                self._branches.popitem(last=False)
        return found


def _content_that_stands(event: Standing) -> Content:
    """Return the content of an event as it stands."""
    return Content(event.branch, event.type, event.day, event.counts_for, event.data)


def _equal_problem(event: Standing | None) -> Problem:
    """Say which event a line equals, where equal events are to be refused."""
    return Problem(
        Words("不得与已有记录相同", "must not equal an event that stands"),
        hint=Words(
            f"已有相同记录（{_where(event, 'zh')}）；另有其事的，请给出记录编号 id",
            f"An equal one stands ({_where(event, 'en')}); give an id to record another one",
        ),
    )


def _retracted_problem(event: Standing | None) -> Problem:
    """Say that a line equals what was retracted."""
    return Problem(
        Words("不得与已撤销的记录相同", "must not equal an event that was retracted"),
        hint=Words(
            f"该记录已撤销（{_where(event, 'zh')}）；如需再次作数，请给出新的记录编号 id",
            f"It was retracted ({_where(event, 'en')}); give a new id to record it again",
        ),
    )


def _retracted_note(event: Recorded) -> Problem:
    """Say that an event is there by its id, and counts no longer."""
    return Problem(
        Words(
            f"已有此记录（序号 {event.position}），但已撤销，不再作数",
            f"is there already at position {event.position}, but was retracted and does not count",
        ),
        "id",
        severity="note",
    )


def _where(event: Standing | None, language: str) -> str:
    if event is None:
        return ""
    zh, en = f"序号 {event.position}，{event.day}", f"position {event.position}, of {event.day}"
    return zh if language == "zh" else en
