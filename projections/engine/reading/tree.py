"""The organisations of a log: what each is called, which stands above it and since when, which forms it
adopted.

In: the facts of the tree's types (registrations, moves, dissolutions, adoptions, drops) of one branch or of
all. Out: `Organization` and `Tree`. Deliberately absent: members, and whatever else a branch did.

A parent is that of a day, so that a move does not rewrite closed years: quotas of subordinates look at a
window's last day, ranks and shares at a period's, reminders at today's.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ledger.effective import CONTROLS
from projections.engine.logs import Log
from projections.engine.reading.facts import Fact, decoders, read_facts

TREE_TYPES = frozenset(
    {
        "branch_registered",
        "branch_renamed",
        "branch_moved",
        "branch_dissolved",
        "rubric_adopted",
        "rubric_dropped",
    }
)
PARENT_TYPES = frozenset({"branch_registered", "branch_moved"})
"""The types that say who stands above whom."""
NEVER = date.max.toordinal() + 1
"""A day that does not come, as an ordinal."""


class Adoption(NamedTuple):
    """A branch goes by a rubric from a day on, until it drops it (the day excluded; NEVER while it lasts).

    `owed_from`: the day from which windows, triggers and requests are owed, where the adoption names one.
    """

    rubric: str
    since: int
    until: int
    owed_from: int | None

    def stands_on(self, day: int) -> bool:
        """Whether the branch goes by the rubric on that day."""
        return self.since <= day < self.until


@dataclass(slots=True)
class Organization:
    """A registered organisation. Days are ordinals; `parents` are (day, code) in order of day, the
    registration's first of all."""

    code: str
    name: str
    kind: str
    founded: int
    dissolved: int = NEVER
    parents: list[tuple[int, str | None]] = field(default_factory=list)
    adoptions: list[Adoption] = field(default_factory=list)

    def parent_on(self, day: int) -> str | None:
        """Return the code of the superior on a day: that of the latest move by then, else of the
        registration.
        """
        at = bisect_right(self.parents, day, key=_day_of)
        return self.parents[at - 1][1]

    def ends(self, on: int) -> int:
        """Return the day of its dissolution, as far as it had happened by a day; NEVER where it had not."""
        return self.dissolved if self.dissolved <= on else NEVER

    def adoptions_by(self, on: int) -> list[Adoption]:
        """Return the adoptions as far as they had happened by a day: a later drop does not end one yet."""
        return [a if a.until <= on else a._replace(until=NEVER) for a in self.adoptions if a.since <= on]

    def adopted(self, rubric: str, day: int, on: int | None = None) -> bool:
        """Whether an adoption of the rubric stands on a day, as far as it had happened by the day `on`."""
        known = self.adoptions if on is None else self.adoptions_by(on)
        return any(a.rubric == rubric and a.stands_on(day) for a in known)

    def adoption(self, rubric: str, day: int, on: int) -> Adoption | None:
        """Return the adoption that counts for what ends on a day: the latest begun by then, else the first;
        as far as it had happened by the day `on`.
        """
        of_rubric = [a for a in self.adoptions if a.rubric == rubric and a.since <= on]
        begun = [a for a in of_rubric if a.since <= day]
        return begun[-1] if begun else of_rubric[0] if of_rubric else None


def _day_of(step: tuple[int, str | None]) -> int:
    return step[0]


def organization_of(code: str, facts: Iterable[Fact]) -> Organization | None:
    """Build an organisation of its facts in the order of standing; None where it is not registered."""
    facts = [fact for fact in facts if fact.type in TREE_TYPES]
    found: Organization | None = None
    for fact in facts:
        if fact.type == "branch_registered":
            data = fact.data
            found = Organization(code, data["name"], data.get("organization") or "branch", fact.day)
            found.parents.append((0, data.get("parent")))
    if found is None:
        return None
    for fact in sorted(facts, key=_happened) if len(facts) > 1 else ():
        _apply(found, fact)
    return found


def _happened(fact: Fact) -> tuple[int, int]:
    return fact.day, fact.position


def _apply(organization: Organization, fact: Fact) -> None:
    data = fact.data
    if fact.type == "branch_moved":
        organization.parents.append((fact.day, data["parent"]))
        organization.parents.sort(key=_day_of)
    elif fact.type == "branch_renamed":
        organization.name = data["name"]
    elif fact.type == "branch_dissolved":
        organization.dissolved = fact.day
    elif fact.type == "rubric_adopted":
        owed_from = data.get("owed_from")
        owed = None if owed_from is None else date.fromisoformat(owed_from).toordinal()
        organization.adoptions.append(Adoption(data["rubric"], fact.day, NEVER, owed))
    elif fact.type == "rubric_dropped":
        organization.adoptions[:] = [
            a._replace(until=min(a.until, fact.day)) if a.rubric == data["rubric"] else a
            for a in organization.adoptions
        ]


class Tree(Mapping[str, Organization]):
    """Every organisation by its code, in order of code."""

    def __init__(self, organizations: Mapping[str, Organization]) -> None:
        self._organizations = dict(sorted(organizations.items()))

    def __getitem__(self, code: str) -> Organization:
        return self._organizations[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._organizations)

    def __len__(self) -> int:
        return len(self._organizations)

    def below(self, code: str) -> list[str]:
        """Return the branches that this one ever stood above."""
        return [other for other, found in self.items() if any(parent == code for _, parent in found.parents)]


def read_tree(log: Log, *, upto: int, types: frozenset[str] = TREE_TYPES) -> Tree:
    """Read the organisations of a prefix, as far as some types tell of them."""
    wanted = decoders(types)
    found = {}
    for code, rows in log.rare_streams(upto=upto, types=types | CONTROLS):
        organization = organization_of(code, read_facts(rows, wanted))
        if organization is not None:
            found[code] = organization
    return Tree(found)
