"""Entries, and what they cost or earn.

In: what the rules of one clause found, each with its shortfall. Out: whole hundredths for each entry.
Deliberately absent: how a rule finds its entries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from rubrics.numbers import print_points
from rubrics.parameters import Shortfall
from tests.reference.naive.effective import Fact
from tests.reference.naive.periods import Day, Span

State = Literal["met", "lost", "gained", "open", "waived"]


@dataclass(frozen=True)
class Entry:
    """One line of the ledger of points.

    `price`: the points it moves when lost or gained (a signed number of hundredths), or the shortfall and
    then `missing` units. `group`: within a rule, those of one group share `once` and `all`. `units`: what it
    asks in the sum of the clause's proportional rules; None where it has no part in it. `member`: whose it is
    (for each subordinate: its code).
    """

    state: State
    due_on: Day
    cause: str
    price: int | Shortfall = 0
    missing: Fraction = Fraction(0)
    units: Fraction | None = None
    group: str = ""
    window: Span | None = None
    member: str | None = None
    required: Fraction | None = None
    done: Fraction | None = None
    events: tuple[Fact, ...] = ()
    rule: int = 0
    advisory: bool = False

    @property
    def order(self) -> tuple[Any, ...]:
        """The place in the clause: by due day, rule, window, member; last by the log, where what caused it
        stands, whatever came of it.
        """
        return (
            self.due_on,
            self.rule,
            self.window.label if self.window else "",
            self.member or "",
            self.events[0].position if self.events else 0,
        )


def obligation(
    *,
    missing: Fraction | int,
    required: Fraction | int,
    due_on: Day,
    on: Day,
    shortfall: Shortfall,
    cause: str,
    **more: Any,
) -> Entry:
    """An entry of something owed: met if nothing is missing, else lost once it is due, else open."""
    state: State = "met" if missing == 0 else "lost" if due_on <= on else "open"
    return Entry(
        state=state,
        due_on=due_on,
        cause=cause,
        price=shortfall,
        missing=Fraction(missing),
        units=Fraction(required) if shortfall.mode == "proportional" else None,
        required=Fraction(required),
        **{"done": Fraction(required) - missing, **more},
    )


def waived(entry: Entry) -> Entry:
    """The same entry, waived: listed, without points, and left out of what is required."""
    return replace(entry, state="waived")


def rounded(number: Fraction) -> int:
    """The nearest whole number, halves away from zero."""
    whole = (abs(number) + Fraction(1, 2)).__floor__()
    return whole if number >= 0 else -whole


def points_of(entries: Sequence[Entry], clause_points: int, *, open_too: bool = False) -> list[int]:
    """The points, in hundredths, that each entry moves; `entries` are all of one clause, in order.

    With `open_too`: as if nothing more came and every open entry were lost.
    """
    asked = sum(
        (e.units for e in entries if e.units is not None and not e.advisory and e.state != "waived"),
        Fraction(0),
    )
    missing_so_far = Fraction(0)
    paid: set[tuple[int, str]] = set()
    result = []
    for entry in entries:
        moves = entry.state in {"lost", "gained"} or (open_too and entry.state == "open")
        if entry.advisory or not moves:
            result.append(0)
        elif isinstance(entry.price, int):
            result.append(entry.price)
        elif entry.price.mode == "each":
            result.append(-min(rounded(entry.price.points * entry.missing), clause_points))
        elif entry.price.mode == "proportional":
            before = rounded(clause_points * missing_so_far / asked)
            missing_so_far += entry.missing
            result.append(before - rounded(clause_points * missing_so_far / asked))
        elif (entry.rule, entry.group) in paid:
            result.append(0)
        else:
            paid.add((entry.rule, entry.group))
            result.append(-(clause_points if entry.price.mode == "all" else entry.price.points))
    return result


def plain(number: Fraction | None) -> str | None:
    """A number of units as text: 1, 31.5."""
    if number is None:
        return None
    text = print_points(rounded(number * 100))
    return text.rstrip("0").rstrip(".")


def printed(entry: Entry, points: int) -> dict[str, Any]:
    """The entry as a replay answers it."""
    return {
        "state": entry.state,
        "points": print_points(points),
        "cause": entry.cause,
        "window": entry.window.label if entry.window else None,
        "due_on": entry.due_on.isoformat(),
        "required": plain(entry.required),
        "done": plain(entry.done),
        "member": entry.member,
        "advisory": entry.advisory,
        "events": [fact.id for fact in entry.events],
    }


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.order)
