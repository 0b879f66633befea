"""The tree of organisations as it stands today: which there are, and which stand below which.

In: the log. Out: `Tree`, corrections, retractions and moves applied. Deliberately absent: the tree of another
day (projections ask it of a replay), members, rights.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import orjson

from ledger.effective import CONTROLS, Control, Correction, resolve
from ledger.store.codec import Recorded

TREE_TYPES = CONTROLS | frozenset(
    {
        "branch_registered",
        "branch_renamed",
        "branch_moved",
        "branch_dissolved",
    }
)
"""What tells of the organisations, corrections and retractions of anything among it."""


class Log(Protocol):
    """What is asked of a store, or of an appender inside the lock."""

    def read(self, *, branch: str | None = None, types: Collection[str] | None = None) -> Iterator[Recorded]:
        """Read the log by position."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A registered organisation: its code, latest name, kind (`branch`, `committee`, …), superior's code."""

    code: str
    name: str
    kind: str
    parent: str | None
    founded_on: date
    dissolved_on: date | None = None


class Tree(Mapping[str, Organisation]):
    """The organisations by code, superiors known."""

    def __init__(self, organisations: Mapping[str, Organisation]) -> None:
        self._by_code = dict(sorted(organisations.items()))
        self._children: dict[str, list[str]] = {}
        for code, organisation in self._by_code.items():
            if organisation.parent is not None:
                self._children.setdefault(organisation.parent, []).append(code)

    def __getitem__(self, code: str) -> Organisation:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def name_of(self, code: str) -> str:
        """Return the organisation's name, its code where nobody registered it."""
        found = self._by_code.get(code)
        return code if found is None else found.name

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes directly below."""
        return tuple(self._children.get(code, ()))

    def below(self, code: str) -> frozenset[str]:
        """Return the codes of an organisation and of all below it."""
        reached: set[str] = set()
        waiting = [code]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += self._children.get(one, ())
        return frozenset(reached)

    def above(self, code: str) -> Iterator[str]:
        """Yield the codes of an organisation and of its superiors, upwards."""
        seen: set[str] = set()
        current: str | None = code
        while current is not None and current in self._by_code and current not in seen:
            seen.add(current)
            yield current
            current = self._by_code[current].parent


def read_tree(log: Log, today: date | None = None) -> Tree:
    """Read the organisations as they stand on a day, by default as the whole log has them."""
    found = list(log.read(types=TREE_TYPES))
    controls = resolve(Control(one.id, one.type, one.data) for one in found if one.type in CONTROLS)
    retracted, corrected = controls.retracted, controls.corrected()
    standing: dict[str, Organisation] = {}
    facts: list[tuple[str, int, str, str, Mapping[str, object]]] = []
    for one in found:
        if one.type in CONTROLS or one.id in retracted:
            continue
        day, payload = _as_it_stands(one, corrected.get(one.id))
        facts.append((day, one.position, one.branch, one.type, payload))
    # A founding first, whatever its day: moves and new names are told of something that is there.
    for day, _, branch, type_word, payload in sorted(
        facts, key=lambda f: (f[3] != "branch_registered", f[:2])
    ):
        if today is not None and type_word != "branch_registered" and day > today.isoformat():
            continue
        _apply(standing, branch, type_word, day, payload)
    return Tree(standing)


def _as_it_stands(one: Recorded, correction: Correction | None) -> tuple[str, Mapping[str, object]]:
    if correction is None:
        return one.occurred_on, one.payload()
    return correction.occurred_on or one.occurred_on, orjson.loads(correction.data)


def _apply(
    standing: dict[str, Organisation], branch: str, type_word: str, day: str, payload: Mapping[str, object]
) -> None:
    parent = payload.get("parent")
    if type_word == "branch_registered":
        standing[branch] = Organisation(
            branch,
            str(payload.get("name", branch)),
            str(payload.get("organization", "branch")),
            None if parent is None else str(parent),
            date.fromisoformat(day),
        )
        return
    known = standing.get(branch)
    if known is None:
        return
    name = str(payload["name"]) if type_word == "branch_renamed" else known.name
    above = str(parent) if type_word == "branch_moved" else known.parent
    dissolved = date.fromisoformat(day) if type_word == "branch_dissolved" else known.dissolved_on
    standing[branch] = Organisation(branch, name, known.kind, above, known.founded_on, dissolved)
