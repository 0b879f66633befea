"""Lines without an id, compared with what stands: the n-th equal line is there where n equal events stand.

In: the log as it was before an import; a line's content and its occurrence in its file. Out: what the line
is: new, there already (under the id that its content makes, or under another), equal to what was retracted.
Deliberately absent: lines with an id; those are compared by id.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Literal, NamedTuple

from ledger.intake.identity import Content, content_id
from ledger.intake.standing import Log, Standing, read_stream
from ledger.problems import Problem
from ledger.store.codec import Recorded
from ledger.words import Words

State = Literal["new", "present", "equal", "retracted"]
_MOST_BRANCHES = 500
"""Of so many branches what stands is kept in memory; a file sorted by branch needs one at a time."""


class Found(NamedTuple):
    """What a line is, and the event that it equals, if any."""

    state: State
    event: Standing | None = None


class _Known(NamedTuple):
    standing: list[Standing]
    retracted: list[Standing]


class Equals:
    """What stands, and what was retracted, by content."""

    def __init__(self, log: Log, upto: int) -> None:
        self._log = log
        self._upto = upto
        self._branches: OrderedDict[str, Mapping[str, _Known]] = OrderedDict()

    def find(self, content: Content, occurrence: int, *, named: bool) -> Found:
        """Say what the occurrence-th line of a content is; `named`: the id that it makes is in the log."""
        known = self._of(content.branch).get(content_id(content))
        standing, retracted = known or ([], [])
        if occurrence <= len(standing):
            return Found("present" if named else "equal", standing[occurrence - 1])
        if occurrence <= len(standing) + len(retracted):
            return Found("retracted", retracted[occurrence - len(standing) - 1])
        # what bore this content when it was logged was corrected since: the same line again changes nothing
        return Found("present" if named else "new")

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
                by_content.setdefault(content_id(content_that_stands(event)), _Known([], []))
            for event in stream.standing:
                by_content[content_id(content_that_stands(event))].standing.append(event)
            for event in stream.retracted:
                by_content[content_id(content_that_stands(event))].retracted.append(event)
            found = self._branches[branch] = by_content
            if len(self._branches) > _MOST_BRANCHES:
                self._branches.popitem(last=False)
        return found


def content_that_stands(event: Standing) -> Content:
    """Return the content of an event as it stands."""
    return Content(event.branch, event.type, event.day, event.counts_for, event.data)


def equal_problem(event: Standing | None) -> Problem:
    """Say which event a line equals, where equal events are to be refused."""
    return Problem(
        Words("不得与已有记录相同", "must not equal an event that stands"),
        hint=Words(
            f"已有相同记录（{_where(event, 'zh')}）；另有其事的，请给出记录编号 id",
            f"An equal one stands ({_where(event, 'en')}); give an id to record another one",
        ),
    )


def retracted_problem(event: Standing | None) -> Problem:
    """Say that a line equals what was retracted."""
    return Problem(
        Words("不得与已撤销的记录相同", "must not equal an event that was retracted"),
        hint=Words(
            f"该记录已撤销（{_where(event, 'zh')}）；如需再次作数，请给出新的记录编号 id",
            f"It was retracted ({_where(event, 'en')}); give a new id to record it again",
        ),
    )


def retracted_note(event: Recorded) -> Problem:
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


def equal_that_stands(log: Log, content: Content) -> Standing | None:
    """Return an event of equal content that stands; the first of several."""
    stream = read_stream(log, content.branch, {content.type})
    return next((one for one in stream.standing if content_that_stands(one) == content), None)
