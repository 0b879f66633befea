"""Display names beside codes: of organisations from their registrations, of members from `people`.

In: names by code. Out: a code with its name, where one is kept. Deliberately absent: deciding who may see
them; a door gives names for its own screen only, and none to files that leave it, messages and calendars.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.words import Words, as_words


@dataclass(frozen=True, slots=True)
class Names:
    """Names by code. `members` are kept by organisation: a code means another person in another branch."""

    branches: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)

    def branch(self, code: str) -> Words:
        """Return an organisation's code with its name."""
        return _named(code, self.branches.get(code))

    def member(self, code: str) -> Words:
        """Return a member's code with the name that is kept for it."""
        return _named(code, self.members.get(code))


NAMELESS = Names()


def _named(code: str, name: str | None) -> Words:
    return as_words(code) if not name or name == code else Words(f"{code}（{name}）", f"{code} ({name})")
