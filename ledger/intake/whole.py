"""What only the log as a whole can say of what was just taken in: seen by days, whatever the order of lines.

In: the events that came in, each with its line; then the log with them. Out: problems, each at the line of
the new event, naming the event that stands. Deliberately absent: what one event alone can say (`checks`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from ledger.events import CATALOGUE, Event, fields_of
from ledger.events.types.control import EventCorrected
from ledger.events.values.shown import shown
from ledger.intake.checks import Setting
from ledger.intake.checks.clashes import (
    OF_A_BRANCH,
    ROSTER,
    TREE,
    Clash,
    begins,
    clashes_of_adoptions,
    clashes_of_ends,
    clashes_of_members,
    clashes_of_moves,
)
from ledger.intake.checks.setting import nearest
from ledger.intake.ready import Ready
from ledger.intake.standing import CORRECTING, Log, Standing, read_stream, read_streams
from ledger.problems import Problem
from ledger.store.codec import Recorded
from ledger.words import Language, Words

_REFERRED = MappingProxyType(
    {
        "document_requested": Words("对它的报送从这一天起算", "papers answer this request from this day on"),
        "issue_opened": Words("办结按先后对应", "what closes it answers the earlier one first"),
    }
)
_WATCHED = OF_A_BRANCH | TREE | _REFERRED.keys()
_REGISTERED = Words("应为已登记的党组织", "must be a registered organization")
_CORRECT_IT = Words("；如有误，请更正或撤销", "; correct or retract what is wrong")


class Came(NamedTuple):
    """Which new event tells something (itself, or a correction of an old one): file, line, as which field."""

    id: str
    file: str | None
    number: int | None
    path: str


class Whole:
    """Remembers what came in, of the types that must be seen as a whole."""

    def __init__(self, setting: Setting, head_before: int) -> None:
        self._setting = setting
        self._head_before = head_before
        self._came: dict[str, Came] = {}
        self._branches: dict[str, list[Recorded]] = {}
        self._new: list[Recorded] = []
        self._tree = False
        self._notes: list[tuple[str, Problem]] = []

    def note(self, event_id: str, event: Event | Ready, file: str | None, number: int | None) -> None:
        """Remember an event that passed its own checks."""
        if isinstance(event, Ready) and event.type not in _WATCHED:
            return
        type_word, path, stands = event.type, "data", event_id
        if isinstance(event, Event) and isinstance(event.data, EventCorrected):
            target = self._setting.streams.target(event.data.target)
            if target is None:
                return
            type_word, path, stands = target.type, "data.data", event.data.target
            self._tree = self._tree or type_word in TREE
        if type_word in _WATCHED:
            self._came[stands] = Came(event_id, file, number, path)
            if type_word not in TREE:
                self._branches.setdefault(event.branch, [])
            self._tree = self._tree or type_word == "branch_moved"

    def keep(self, appended: Iterable[Recorded]) -> None:
        """Keep what was appended, as far as it must be seen."""
        # Of a million there are some tens of thousands, and nobody looks at their hashes.
        self._new += [
            one._replace(prev_hash="", hash="")
            for one in appended
            if one.type in _WATCHED or one.type in CORRECTING
        ]

    def problems(self, log: Log) -> Iterator[Problem]:
        """Yield what is wrong, once everything is known; what should be noted besides is kept for `notes`."""
        for one in self._new:
            if one.branch in self._branches:
                self._branches[one.branch].append(one)
        for branch, new in self._branches.items():
            standing = read_stream(
                log, branch, OF_A_BRANCH | _REFERRED.keys(), upto=self._head_before, new=new
            ).standing
            for find in (clashes_of_members, clashes_of_ends, clashes_of_adoptions):
                for clash in find(standing):
                    yield from self._told(clash)
            self._note(standing)
        if self._tree:
            yield from self._of_the_tree(log)

    def notes(self) -> Sequence[tuple[str, Problem]]:
        """Return what a reader should know of what came in, though it was taken, by the id of the event."""
        return self._notes

    def _of_the_tree(self, log: Log) -> Iterator[Problem]:
        streams = read_streams(log, TREE, upto=self._head_before, new=self._new)
        registered = [
            branch
            for branch, stream in streams.items()
            if any(event.type == "branch_registered" for event in stream.standing)
        ]
        for stream in streams.values():
            for move in stream.standing:
                came = self._came.get(move.id)
                if came is not None and move.type == "branch_moved":
                    yield from self._unknown_parent(came, move, registered)
        for clash in clashes_of_moves(streams):
            yield from self._told(clash)

    def _unknown_parent(self, came: Came, move: Standing, registered: Collection[str]) -> Iterator[Problem]:
        parent, setting = move.payload()["parent"], self._setting
        if (parent in registered and setting.may_see(parent)) or setting.streams.is_forgiven(parent):
            return
        near = nearest(parent, [code for code in registered if code != move.branch and setting.may_see(code)])
        hint = near or Words("请先登记上级党组织", "Log the superior's branch_registered first")
        yield _at(came, Problem(_REGISTERED, f"{came.path}.parent", shown(parent), hint))

    def _told(self, clash: Clash) -> Iterator[Problem]:
        """Tell a clash of the event that came in: the latter, else the former, else what links them."""
        parties = (clash.latter, *((clash.former,) if clash.former else ()), *clash.links)
        new = next((event for event in parties if event.id in self._came), None)
        if new is None:
            return
        came = self._came[new.id]
        against = clash.former if new is clash.latter else clash.latter
        payload = new.payload()
        if clash.field in payload:
            path, found = f"{came.path}.{clash.field}", shown(payload[clash.field])
        else:
            path, found = ("type" if came.path == "data" else came.path), shown(new.type)
        yield _at(came, Problem(clash.expected, path, found, self._stands(against)))

    def _stands(self, event: Standing | None) -> Words | None:
        """Say which event stands against it, where the reader may know of it."""
        if event is None:
            return Words(
                "当日尚未适用；适用见 zhibu history",
                "It was not adopted by then: `zhibu history` tells the adoptions",
            )
        if not self._setting.may_see(event.branch):
            return None
        where = self._where(event)
        return Words(
            f"已有 {event.day}“{told(event, 'zh')}”（{where.zh}）{_CORRECT_IT.zh}",
            f'"{told(event, "en")}" of {event.day} stands ({where.en}){_CORRECT_IT.en}',
        )

    def _where(self, event: Standing) -> Words:
        came = self._came.get(event.id)
        if event.position <= self._head_before or came is None:
            return Words(f"序号 {event.position}", f"position {event.position}")
        if came.number is None:
            return Words("一同录入", "logged together with it")
        return Words(f"第 {came.number} 行", f"line {came.number}")

    def _note(self, standing: Sequence[Standing]) -> None:
        """Note who was taken off of whom nothing is known, and refs that are used again."""
        known: set[str] = set()
        refs: dict[tuple[str, str], Standing] = {}
        for event in sorted(standing, key=lambda event: event.happened):
            came, payload = self._came.get(event.id), event.payload()
            if event.type in ROSTER:
                if came is not None and payload["member"] not in known and not begins(event):
                    words = Words(
                        "此前不在名册上，仍已录入", "was not on the roster before; taken all the same"
                    )
                    self._add_note(came, "member", payload["member"], words)
                known.add(payload["member"])
            elif event.type in _REFERRED:
                key = (event.type, payload["ref"])
                if key in refs and came is not None:
                    before, why = refs[key], _REFERRED[event.type]
                    where = self._where(before)
                    words = Words(
                        f"编号已在 {before.day} 用过（{where.zh}）：{why.zh}",
                        f"was used on {before.day} ({where.en}) already: {why.en}",
                    )
                    self._add_note(came, "ref", payload["ref"], words)
                refs[key] = event

    def _add_note(self, came: Came, field: str, value: str, words: Words) -> None:
        problem = Problem(words, f"{came.path}.{field}", shown(value), severity="note")
        self._notes.append((came.id, _at(came, problem)))


def _at(came: Came, problem: Problem) -> Problem:
    return replace(problem, file=came.file, line=came.number)


def told(event: Standing, language: Language) -> str:
    """Say what an event is: its type's label, and the direction of a transfer."""
    label = CATALOGUE[event.type].label.pick(language)
    direction = event.payload().get("direction")
    if event.type != "member_transferred" or direction is None:
        return label
    word = fields_of(event.type)["direction"].choices[direction].label.pick(language)
    return f"{label}·{word}" if language == "zh" else f"{label} {word}"
