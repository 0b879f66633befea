"""Members as pages show them: a name beside the code where it may be seen, and what is typed for one.

In: codes, names of one branch. Out: `Member`. Deliberately absent: who may see names (the desk knows).
"""

from datetime import date
from typing import NamedTuple

_ORDER = ("secretary", "deputy_secretary", "committee", "member")


class Member(NamedTuple):
    """Somebody on a roster. `name` is None where there is none, or where it may not be seen.

    `label`: the name where it is known, with the code where two share it; else the code.
    """

    code: str
    name: str | None
    role: str
    since: date
    label: str

    @property
    def order(self) -> tuple[int, str]:
        """Offices first, then by code."""
        rank = _ORDER.index(self.role) if self.role in _ORDER else len(_ORDER)
        return rank, self.code
