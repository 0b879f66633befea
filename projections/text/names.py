"""Display names beside codes: of organisations from their registrations, of members from `people`.

In: names by code. Out: a code with its name, where one is kept. Deliberately absent: deciding who may see
them; a door gives names for its own screen and its reports, and none to files for programs, messages and
calendars.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from ledger.words import Words, as_words


class People(Protocol):
    """Names of members: a code means another person in another branch."""

    def of(self, branch: str, code: str) -> str | None:
        """Return the name of a code of a branch, None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Names:
    """Names of organisations by code, and of the members of the branch that is spoken of (`home`).

    `alone`: a name is said without its code, where codes are of no use to who reads.
    """

    branches: Mapping[str, str] = field(default_factory=dict)
    people: People | None = None
    home: str = ""
    alone: bool = False

    def at(self, branch: str) -> "Names":
        """Return the names with which a branch is spoken of."""
        return replace(self, home=branch)

    def branch(self, code: str) -> Words:
        """Return an organisation's code with its name."""
        return self._named(code, self.branches.get(code))

    def member(self, code: str) -> Words:
        """Return the code of a member of the branch that is spoken of, or of a subordinate, with the name."""
        known = None if self.people is None else self.people.of(self.home, code)
        return self._named(code, known or self.branches.get(code))

    def _named(self, code: str, name: str | None) -> Words:
        if not name or name == code:
            return as_words(code)
        return as_words(name) if self.alone else Words(f"{code}（{name}）", f"{code} ({name})")


NAMELESS = Names()
