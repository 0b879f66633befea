"""A line of the table of commands.

In: nothing. Out: `Entry`. Deliberately absent: Typer; the table is read for `--help` without it.
"""

from typing import TYPE_CHECKING, NamedTuple

from ledger.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class Entry(NamedTuple):
    """One line of the table: a command, or a family of commands.

    `place`: `module:function`, or `module:Class` of a group that finds its commands itself. `passes_on`:
    the options that Typer does not know are left to the command. `uses_ledger`: whether `--ledger` means
    anything to it.
    """

    summary: Words
    place: str = ""
    panel: Words | None = None
    family: "Mapping[str, Entry]" = {}  # noqa: RUF012 -- nobody writes into it
    passes_on: bool = False
    uses_ledger: bool = True
