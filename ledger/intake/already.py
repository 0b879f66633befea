"""Whether an event is in the log already: by its id, or, of a line without one, by what stands.

In: an event with its id and content, and the event that bears this id, if any. Out: whether it is there, with
a problem or a note where there is something to say; and counts. Deliberately absent: judging what is new.
"""

from collections.abc import Callable
from typing import NamedTuple

from ledger.events import Event, canonical_data
from ledger.events.values.shown import shown
from ledger.intake.equals import (
    Equals,
    content_that_stands,
    equal_problem,
    retracted_note,
    retracted_problem,
)
from ledger.intake.identity import Content
from ledger.intake.ready import Ready
from ledger.intake.standing import Log, data_today
from ledger.intake.streams import Streams
from ledger.problems import Problem
from ledger.store.codec import Draft, Recorded
from ledger.words import Words


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
        self._equals = Equals(log, head_before)
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
            return True, retracted_problem(found.event)
        if found.state == "equal":
            self.equal += 1
            return True, equal_problem(found.event) if self._strict else None
        self.present += found.state == "present"
        return found.state == "present", None

    def _by_id(self, candidate: Candidate, twin: Recorded | Draft) -> tuple[bool, Problem | None]:
        """Hold it against the content first logged, and the one that stands."""
        branch, same = candidate.event.branch, content_of_stored(twin) == candidate.content
        if not same and twin.branch == branch and isinstance(twin, Recorded):
            stands = self._equals.standing(branch, candidate.id)
            same = stands is not None and content_that_stands(stands) == candidate.content
        if not same:
            return True, self._taken(candidate.id, twin)
        if isinstance(twin, Recorded) and self._streams.is_retracted(branch, candidate.id):
            self.retracted += 1
            return True, retracted_note(twin)
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
