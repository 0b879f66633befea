"""What the checks need to know of the log, and no more of it.

In: the appender (inside the one lock), and the events about to be checked. Out: answers: is this branch
registered, what does this id name, is it retracted. Only the branches and ids that come up are looked up,
many at a time, so that a file of a million lines needs little memory and few queries.
Deliberately absent: judgement (`checks`) and appending (`intake`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ledger.events import Event, canonical_data
from ledger.events.types.control import EventCorrected, EventRetracted, ReminderAcknowledged
from ledger.events.types.organizations import BranchRegistered
from ledger.intake.ready import Ready
from ledger.intake.standing import Log, read_stream
from ledger.store.codec import Recorded

_FEW = 8
"""Of so many branches of a chunk each is read by itself; of more what is asked of all is read at once."""
_REGISTERING = frozenset({BranchRegistered.type_word, EventRetracted.type_word, EventCorrected.type_word})
_REFERRING = (EventRetracted, EventCorrected, ReminderAcknowledged)


class Target(NamedTuple):
    """What an id names: enough of an event to judge whoever refers to it."""

    branch: str
    type: str
    occurred_on: str
    counts_for: str | None
    data: str
    """The payload as it was logged, canonical."""

    @property
    def is_registration(self) -> bool:
        """Whether it is the registration of a branch."""
        return self.type == BranchRegistered.type_word


class _Days(NamedTuple):
    """The days that one correction gives, None where it leaves one out."""

    correction: str
    occurred_on: str | None
    counts_for: str | None


class _Controls:
    """What the control events of one branch say: what is retracted, and the days that were corrected; and its
    registrations, which may be retracted, too."""

    def __init__(self, recorded: Iterable[Recorded] = ()) -> None:
        self.registrations: set[str] = set()
        self.retracted: set[str] = set()
        self.corrected: dict[str, list[_Days]] = {}
        for event in recorded:
            self.take(event)

    @property
    def is_registered(self) -> bool:
        """Whether a registration stands."""
        return not self.registrations <= self.retracted

    def take(self, event: Recorded) -> None:
        """Take what the log has into account, in order of position."""
        if event.type == BranchRegistered.type_word:
            self.registrations.add(event.id)
            return
        payload = event.payload()
        target = str(payload["target"])
        if event.type == EventRetracted.type_word:
            self.retracted.add(target)
        else:
            self._corrects(target, event.id, payload.get("occurred_on"), payload.get("counts_for"))

    def note(self, event_id: str, event: Event) -> None:
        if isinstance(event.data, EventRetracted):
            self.retracted.add(event.data.target)
        elif isinstance(event.data, EventCorrected):
            self._corrects(event.data.target, event_id, event.data.occurred_on, event.data.counts_for)

    def _corrects(self, target: str, event_id: str, occurred_on: object, counts_for: object) -> None:
        days = _Days(
            event_id,
            None if occurred_on is None else str(occurred_on),
            None if counts_for is None else str(counts_for),
        )
        self.corrected.setdefault(target, []).append(days)


class Streams:
    """The branches and events that the events being checked refer to."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._registered: dict[str, bool] = {}
        self._stored: dict[str, Target] = {}
        self._noted: dict[str, Event | Ready] = {}
        self._controls: dict[str, _Controls] = {}
        self._forgiven: set[str] = set()
        self._codes: set[str] | None = None
        self._begun: set[str] = set()
        self._all_read = False

    def look_up(self, events: Sequence[Event | Ready]) -> None:
        """Ask the log, all at once, for the branches and targets of the events that come next.

        Forgets what `note` was told of single events before: by now the log has them.
        """
        branches = {event.branch for event in events} - self._registered.keys()
        if branches:
            self._look_up_branches(branches)
        named = {target for event in events if (target := target_of(event)) is not None}
        self._noted = {}
        self._stored = {
            found.id: Target(found.branch, found.type, found.occurred_on, found.counts_for, found.data)
            for found in (self._log.stored(named).values() if named else ())
        }

    def note(self, event_id: str, event: Event | Ready) -> None:
        """Take an event that passed its checks into account for those after it."""
        if isinstance(event, Ready):
            self._noted[event_id] = event
            return
        if isinstance(event.data, BranchRegistered):
            self._registered[event.branch] = True
            self._of(event.branch).registrations.add(event_id)
        elif isinstance(event.data, EventRetracted | EventCorrected):
            self._of(event.branch).note(event_id, event)
            target = self.target(event.data.target)
            if isinstance(event.data, EventRetracted) and target is not None and target.is_registration:
                self._registered[event.branch] = False
        self._noted[event_id] = event

    def forgive(self, name: str) -> None:
        """Count a branch, or an id, that a refused event would have brought as there.

        One mistake is one problem: what follows from it is not told again line by line.
        """
        self._forgiven.add(name)

    def is_forgiven(self, name: str) -> bool:
        """Return whether the branch or id belongs to an event refused before."""
        return name in self._forgiven

    def is_registered(self, branch: str) -> bool:
        """Return whether a registration of the branch stands."""
        return self._registered[branch]

    def target(self, event_id: str) -> Target | None:
        """Return what the id names as it was logged, None where nothing before bears it."""
        noted = self._noted.get(event_id)
        return self._stored.get(event_id) if noted is None else as_target(noted)

    def any_target(self, event_id: str) -> Target | None:
        """Return what an id names that no event of the call refers to; asks the log by itself."""
        found = self.target(event_id)
        if found is None and (stored := self._log.stored({event_id}).get(event_id)) is not None:
            found = Target(stored.branch, stored.type, stored.occurred_on, stored.counts_for, stored.data)
        return found

    def standing(self, event_id: str) -> Target | None:
        """Return what the id names with the days that corrections gave it, in order of position."""
        target = self.target(event_id)
        if target is None:
            return None
        controls = self._of(target.branch)
        for correction, occurred_on, counts_for in controls.corrected.get(event_id, ()):
            if correction not in controls.retracted:
                target = target._replace(
                    occurred_on=occurred_on or target.occurred_on,
                    counts_for=counts_for or target.counts_for,
                )
        return target

    def began(self, branch: str) -> bool:
        """Return whether the log held anything of the branch before it was first looked up here."""
        return branch in self._begun

    def is_touched(self, branch: str, event_id: str) -> bool:
        """Return whether an event of the branch was retracted or corrected."""
        controls = self._of(branch)
        return event_id in controls.retracted or event_id in controls.corrected

    def is_retracted(self, branch: str, event_id: str) -> bool:
        """Return whether an event of the branch was retracted."""
        return event_id in self._of(branch).retracted

    def still_standing(self, branch: str, but: str) -> Iterator[tuple[str, str, int | None]]:
        """Yield what else of a branch stands: type, day, and position where the log has it."""
        gone = self._of(branch).retracted
        for event in read_stream(self._log, branch).standing:
            if event.id != but and event.id not in gone and event.id not in self._noted:
                yield event.type, event.day, event.position
        for event_id, noted in self._noted.items():
            told = as_target(noted)
            if (
                told.branch == branch
                and event_id != but
                and event_id not in gone
                and target_of(noted) is None
            ):
                yield told.type, told.occurred_on, None

    def codes(self) -> Collection[str]:
        """Return the codes of all registered branches, for hints; the log is read once for them."""
        if self._codes is None:
            registrations = self._log.read(types={BranchRegistered.type_word})
            self._codes = {recorded.branch for recorded in registrations}
        self._codes.update(branch for branch, registered in self._registered.items() if registered)
        return self._codes

    def _look_up_branches(self, branches: set[str]) -> None:
        """Learn of each branch whether it began, whether a registration stands, and its control events."""
        versions = self._log.versions(branches)
        begun = {branch for branch in branches if versions[branch] > 0}
        self._begun |= begun
        self._controls.update({branch: _Controls() for branch in branches - begun})
        if len(begun) > _FEW and not self._all_read:
            self._all_read = True
            found: dict[str, _Controls] = {}
            for event in self._log.read(types=_REGISTERING):
                found.setdefault(event.branch, _Controls()).take(event)
            self._controls = {**found, **self._controls}
        self._registered.update({branch: self._of(branch).is_registered for branch in branches})

    def _of(self, branch: str) -> _Controls:
        if branch not in self._controls:
            self._controls[branch] = _Controls(self._log.read(branch=branch, types=_REGISTERING))
        return self._controls[branch]


def target_of(event: Event | Ready) -> str | None:
    """Return the id that an event refers to, None for every event that is not about another one."""
    if isinstance(event, Ready):
        return None
    return event.data.target if isinstance(event.data, _REFERRING) else None


def as_target(event: Event | Ready) -> Target:
    """Return what is to be known of an event when another one refers to it."""
    if isinstance(event, Ready):
        return Target(event.branch, event.type, event.occurred_on, event.counts_for, event.data)
    return Target(
        event.branch,
        event.type,
        event.occurred_on.isoformat(),
        event.counts_for,
        canonical_data(event.data),
    )
