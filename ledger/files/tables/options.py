"""What a reader of tables is told beside the file, and whom it asks about names.

In: nothing. Out: the types Options and Directory. Deliberately absent: the command line, and the ledger:
names are looked up by whoever implements the Directory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Protocol

from ledger.problems import Problem

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Options:
    """What fills in where no cell says it.

    `sheets`: the names of the sheets to take, hidden ones too; empty: all that fit. `branch` is as typed: a
    code or a name. `set` gives fields by stored name or label, `map` columns by their own header (an empty
    field leaves the column out). `day` is the day of a month for dues whose sheet has no days.
    """

    sheets: Sequence[str] = ()
    type_word: str | None = None
    branch: str | None = None
    on: date | None = None
    year: int | None = None
    day: int | None = None
    set: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    map: Mapping[str, str] = field(default_factory=lambda: NOTHING)


class Directory(Protocol):
    """Knows which code a name in a cell stands for."""

    def branch(self, text: str) -> str | Problem:
        """Return the code of a branch given by code, name, or both; or why there is none."""

    def member(self, text: str, branch: str) -> str | Problem:
        """Return the code of a member of a branch given by code, name, or both; or why there is none."""

    def organization(self, branch: str) -> str:
        """Return which kind of organisation a branch is (`branch`, `general_branch`, `committee`)."""

    def office(self, code: str, branch: str, day: str) -> str | None:
        """Return which office a member had on a day, `YYYY-MM-DD`; None where no such member was there."""
